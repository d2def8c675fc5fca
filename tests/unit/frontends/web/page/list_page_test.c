#include "frontends/web/page/list_page.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

static void write_list(const struct list_page *list, struct buffer *out)
{
	struct site site;
	struct http_reply reply = {0};
	site_open(&site, "static:A", NULL);
	struct visit visit = {.visits = &site.visits,
		.reply = &reply,
		.request = {.path = "/", .base = "https://a.example"}};
	list_page_begin(&visit, list);
	list_page_add_groups(&visit, "author/", &(struct ask_group){"A & B", 5, 3}, 1);
	list_page_end(&visit, list);
	buffer_append(out, reply.content.data, reply.content.length);
	http_reply_finish(&reply);
	site_close(&site);
}

Test(list_page, table)
{
	static const struct {
		struct list_page list;
		const char *part;
	} rows[] = {
		{{"A <b>", "D", "authors", NULL, {1, 20, 1}}, "<h1>A &lt;b&gt;</h1>"},
		{{"A", "D", "authors", NULL, {1, 20, 1}},
			"canonical href=\"https://a.example/authors\">"},
		{{"A", "D", "authors", NULL, {1, 20, 1}},
			"<ul class=g><li><a href=author/A%20%26%20B>A &amp; B</a> "
			"<small>3</small></ul>"
			"</main>"},
		{{"A", "D", "authors", NULL, {50, 20, 2}},
			"canonical href=\"https://a.example/authors?page=2\">"},
		{{"A", "D", "authors", NULL, {50, 20, 2}}, "<title>A (page 2) | Title</title>"},
		{{"A", "D", "authors", "x&y", {50, 20, 1}}, "<title>A: x&amp;y | Title</title>"},
		{{"A", "D", "authors", "x&y", {50, 20, 1}},
			"canonical href=\"https://a.example/authors?prefix=x%26y&amp;page=1\">"},
		{{"A", "D", "authors", "x&y", {50, 20, 1}},
			"<a href=\"authors?prefix=x%26y&amp;page=2\" rel=next>"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct buffer out = {0};
		write_list(&rows[i].list, &out);
		cr_expect_not_null(strstr(out.data, rows[i].part), "%s in %s", rows[i].part,
			strstr(out.data, "</script>"));
		buffer_finish(&out);
	}
}

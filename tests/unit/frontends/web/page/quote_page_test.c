#include "frontends/web/page/quote_page.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/scratch.h"
#include "tests/support/site.h"

static void write_page(struct site *site, const char *id, const char *base,
	const struct quote_page *page, struct buffer *out)
{
	struct quote quote;
	struct http_reply reply = {0};
	struct visit visit = {
		.visits = &site->visits, .reply = &reply, .request = {.path = "/", .base = base}};
	struct ask ask = {.kind = ASK_KIND_ID, .text = id};
	cr_assert_eq(asker_find(site->visits.asker, &ask, &quote), ASK_OUTCOME_FOUND);
	quote_page_write(&visit, &quote, page);
	buffer_append(out, reply.content.data, reply.content.length);
	http_reply_finish(&reply);
}

Test(quote_page, has_what_stands_around_the_quote)
{
	static const char *const parts[] = {
		"<title>quote 451 | Title</title>",
		"<meta name=description content=\"quote 451\">",
		"<h1 class=k>A quote</h1><figure",
		"<li><a href=q/1 rel=prev>Before</a> <li class=p><a href=random>Another quote</a>",
		"Another quote</a> <li><a href=q/2 rel=next>After</a> </ul></nav>",
		"<input readonly value=\"https://a.example/b/q/870c",
		"in <a href=browse/quotes>quotes</a>",
		".txt>Text</a>",
		"<code>curl https://a.example/b</code>",
	};
	struct site site;
	struct buffer out = {0};
	struct quote_page page = {"", NULL, "q/1", "Before", "q/2", "After", true};
	site_open(&site, "static:quote 451", NULL);
	write_page(&site, "870c", "https://a.example/b", &page, &out);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		cr_expect_not_null(strstr(out.data, parts[i]), "%s in %s", parts[i],
			strstr(out.data, "</script>"));
	buffer_finish(&out);
	site_close(&site);
}

Test(quote_page, an_address_is_relative_if_nothing_says_where_we_are)
{
	struct site site;
	struct buffer out = {0};
	site_open(&site, "static:quote 451", NULL);
	write_page(&site, "870c", NULL, &(struct quote_page){.hints = true}, &out);
	cr_expect_not_null(strstr(out.data, "<input readonly value=\"q/870c"));
	cr_expect_null(strstr(out.data, "rel=prev"));
	cr_expect_null(strstr(out.data, "<code>curl"));
	buffer_finish(&out);
	site_close(&site);
}

Test(quote_page, links_tags_to_searches, .init = scratch_enter, .fini = scratch_leave)
{
	static const char text[] =
		"[{\"text\": \"quote 451\", \"tags\": [\"life\", \"a & b\", \"x*\"]}]";
	struct site site;
	struct buffer out = {0};
	scratch_write("tagged", text, sizeof text - 1);
	site_open(&site, "json:tagged", NULL);
	write_page(&site, "870c", NULL, &(struct quote_page){.path = ""}, &out);
	cr_expect_not_null(strstr(out.data, " <li>Tags <a href=search?q=tag:%22life%22>life</a>,"
					    " <a href=search?q=tag:%22a%20%26%20b%22>a &amp; b</a>,"
					    " <a href=search?q=tag:%22x%2A%22>x*</a> <li>"),
		"%s", strstr(out.data, "<section"));
	buffer_finish(&out);
	site_close(&site);
}

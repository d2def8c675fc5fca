#include "frontends/web/page.h"

#include <string.h>

#include <criterion/criterion.h>

/* A quote whose body is its first line if it has an author, else all of it. */
static struct quote quote_of(const char *text, const char *author)
{
	struct quote quote = {.text = text, .length = strlen(text), .body_length = strlen(text)};
	if (author != NULL) {
		quote.author = strstr(text, author);
		quote.author_length = strlen(author);
		quote.body_length = (size_t)(strchr(text, '\n') - text);
	}
	return quote;
}

static void write_page(struct buffer *out, const char *text, const char *author, const char *base)
{
	struct page *page = page_create("A & B", 1717);
	struct quote quote = quote_of(text, author);
	page_write_quote(page, &(struct http_request){.path = "/", .base = base}, &quote, out);
	page_destroy(page);
}

Test(page, quote_with_author)
{
	struct buffer out = {0};
	write_page(&out, "Be <careful>.\n    -- Mark \"M\"\nTwain", "Mark \"M\"\nTwain",
		"http://a.example:80");
	cr_assert_not_null(strstr(out.data, "<title>A &amp; B</title>"));
	cr_assert_not_null(strstr(out.data, "<h1>A &amp; B</h1>"));
	cr_assert_not_null(strstr(out.data, "<figure class=\"s\"><blockquote lang=\"\" "
					    "dir=auto><p>Be &lt;careful&gt;.</blockquote>"));
	cr_assert_not_null(
		strstr(out.data, "<figcaption dir=auto>Mark &quot;M&quot; Twain</figcaption>"));
	cr_assert_not_null(strstr(out.data, "href=random>Another one</a>"));
	cr_assert_leq(out.length, 14 * 1024);
	buffer_finish(&out);
}

Test(page, quote_without_author)
{
	struct buffer out = {0};
	write_page(&out, "Be careful.", NULL, NULL);
	cr_assert_null(strstr(out.data, "<figcaption dir"));
	cr_assert_null(strstr(out.data, "<code>"), "no base, no hint");
	buffer_finish(&out);
}

Test(page, a_quote_has_its_language)
{
	struct page *page = page_create("T", 0);
	struct quote quote = quote_of("Immer mit der Ruhe.", NULL);
	int length = 4;
	struct page_results results = {.words = "ruhe",
		.page = 1,
		.limit = 10,
		.total = 1,
		.count = 1,
		.quotes = &quote,
		.id_lengths = &length};
	struct buffer out = {0};
	quote.language = "de-AT";
	page_write_quote(page, &(struct http_request){.path = "/", .base = NULL}, &quote, &out);
	cr_expect_not_null(strstr(out.data, "<blockquote lang=\"de-AT\" dir=auto><p>Immer"));
	buffer_clear(&out);
	page_write_results(page, &results, &out);
	cr_expect_not_null(strstr(out.data, "<blockquote lang=\"de-AT\" dir=auto><pre>\nImmer"));
	buffer_finish(&out);
	page_destroy(page);
}

Test(page, an_attribution_alone_is_the_quote)
{
	struct page *page = page_create("T", 0);
	struct quote quote = {
		.text = "-- Nobody", .length = 9, .author = "Nobody", .author_length = 6};
	struct buffer out = {0};
	page_write_quote(page, &(struct http_request){.path = "/", .base = NULL}, &quote, &out);
	cr_assert_not_null(strstr(out.data, "<p>-- Nobody</blockquote></figure>"));
	buffer_finish(&out);
	page_destroy(page);
}

Test(page, size_follows_length)
{
	static const struct {
		size_t length;
		const char *expected;
	} rows[] = {{90, "figure class=\"s\""}, {91, "figure class=\"m\""},
		{281, "figure class=\"l\""}, {701, "figure class=\"x\""},
		{26000, "figure class=\"x\""}};
	static char text[26001];
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		memset(text, 'a', rows[i].length);
		text[rows[i].length] = '\0';
		write_page(&out, text, NULL, NULL);
		cr_assert_not_null(strstr(out.data, rows[i].expected), "%zu", rows[i].length);
		buffer_finish(&out);
	}
}

Test(page, art_keeps_its_columns)
{
	struct buffer out = {0};
	write_page(&out, "  /\\_/\\\n ( o.o )\n  > ^ <", NULL, NULL);
	cr_assert_not_null(strstr(out.data, "<figure class=\"a c48\">"));
	cr_assert_not_null(strstr(out.data, "<pre role=img aria-label=\"ASCII art\">\n  /\\_/\\\n "
					    "( o.o )\n  &gt; ^ &lt;</pre>"));
	buffer_finish(&out);
}

Test(page, hints)
{
	static const struct {
		const char *base;
		const char *expected;
	} rows[] = {
		{"http://localhost:8017", "<code>curl http://localhost:8017</code>"
					  "<li><code>nc localhost 1717</code>"},
		{"http://[::1]:8017",
			"<code>curl http://[::1]:8017</code><li><code>nc ::1 1717</code>"},
		{"https://a.example/b",
			"<code>curl https://a.example/b</code><li><code>nc a.example 1717</code>"},
		{NULL, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		write_page(&out, "x", NULL, rows[i].base);
		if (rows[i].expected != NULL)
			cr_assert_not_null(strstr(out.data, rows[i].expected), "%s", rows[i].base);
		else
			cr_assert_null(strstr(out.data, "<code>"));
		buffer_finish(&out);
	}
}

Test(page, no_hint_for_nc_without_a_port)
{
	struct page *page = page_create("T", 0);
	struct quote quote = quote_of("x", NULL);
	struct buffer out = {0};
	page_write_quote(page, &(struct http_request){.path = "/", .base = "http://localhost"},
		&quote, &out);
	cr_assert_not_null(strstr(out.data, "curl http://localhost"));
	cr_assert_null(strstr(out.data, "nc localhost"));
	buffer_finish(&out);
	page_destroy(page);
}

Test(page, an_error_is_text)
{
	struct page *page = page_create("T", 0);
	struct buffer out = {0};
	page_write_error(page, 0, 404, "Not Found", "No quote matches '<b>&\"'.", &out);
	cr_assert_not_null(strstr(out.data, "<h2>404 Not Found</h2><p>No quote matches "
					    "&#39;&lt;b&gt;&amp;&quot;&#39;.</figure>"));
	buffer_finish(&out);
	page_destroy(page);
}

Test(page, links_hold_below_any_path)
{
	static const struct {
		size_t depth;
		const char *base;
	} rows[] = {
		{0, NULL},
		{1, "<base href=../>"},
		{2, "<base href=../../>"},
	};
	struct page *page = page_create("T", 0);
	struct quote quote = quote_of("Be careful.", NULL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		struct http_request request = {.depth = rows[i].depth};
		page_write_quote(page, &request, &quote, &out);
		cr_expect_eq(strstr(out.data, "<base") != NULL, rows[i].base != NULL);
		if (rows[i].base != NULL)
			cr_expect_not_null(strstr(out.data, rows[i].base), "row %zu", i);
		cr_expect_eq(page_front(page, &request) == NULL, rows[i].base != NULL);
		cr_expect_null(strstr(out.data, "href=/"));
		buffer_clear(&out);
		page_write_error(page, rows[i].depth, 404, "Not Found", "None.", &out);
		cr_expect_null(strstr(out.data, "href=/"));
		buffer_finish(&out);
	}
	page_destroy(page);
}

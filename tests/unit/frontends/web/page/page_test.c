#include "frontends/web/page/page.h"

#include <string.h>

#include <criterion/criterion.h>

/* Writes a page with the word "content". */
static void write_page(const struct page_head *head, const struct http_request *request,
	const char *title, struct buffer *out)
{
	struct page *page = page_create(title, 1717);
	page_begin(page, request, head, out);
	buffer_add(out, "content");
	page_end(out);
	const struct gzip_part *front = page_front(page);
	cr_assert_eq(out->data[front->length], '<');
	cr_assert_eq(strncmp(out->data + front->length - 9, "</script>", 9), 0);
	page_destroy(page);
}

static const struct http_request top = {.path = "/", .query = ""};

Test(page, says_what_it_is)
{
	struct buffer out = {0};
	struct page_head head = {"Q & \"A\"", "About <it>", "q/1"};
	write_page(&head, &top, "A & B", &out);
	static const char *const parts[] = {
		"<title>Q &amp; &quot;A&quot; | A &amp; B</title>",
		"<meta property=og:title content=\"Q &amp; &quot;A&quot;\">",
		"<meta name=description content=\"About &lt;it&gt;\">",
		"<meta property=og:description content=\"About &lt;it&gt;\">",
		"<meta property=og:site_name content=\"A &amp; B\">",
		"<link rel=alternate type=application/atom+xml title=\"A &amp; B\" href=feed>",
		"type=application/opensearchdescription+xml",
		"<a class=b href=\"./\">A &amp; B</a>",
		"<main>content</main><footer>",
	};
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		cr_expect_not_null(strstr(out.data, parts[i]), "%s", parts[i]);
	buffer_finish(&out);
}

Test(page, has_its_address_only_if_it_is_known)
{
	static const struct {
		const char *base, *path, *expected;
	} rows[] = {
		{"https://a.example/b", "q/1",
			"<link rel=canonical href=\"https://a.example/b/q/1\">"},
		{"https://a.example/b", "q/1",
			"type=application/json+oembed href=\"https://a.example/b/api/v1/oembed?url="
			"https%3A%2F%2Fa.example%2Fb/q/1\">"},
		{"https://a.example/b", "",
			"<meta property=og:url content=\"https://a.example/b/\">"},
		{"https://a.example", "search?q=a&page=2",
			"<link rel=canonical href=\"https://a.example/search?q=a&amp;page=2\">"},
		{"https://a.example", NULL, NULL},
		{NULL, "q/1", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct buffer out = {0};
		struct page_head head = {.title = "T", .path = rows[i].path};
		struct http_request request = {.path = "/", .base = rows[i].base};
		write_page(&head, &request, "S", &out);
		bool has = strstr(out.data, "rel=canonical") != NULL &&
			   strstr(out.data, "og:url") != NULL;
		cr_expect_eq(has, rows[i].expected != NULL, "row %zu", i);
		if (rows[i].expected != NULL)
			cr_expect_not_null(strstr(out.data, rows[i].expected), "row %zu", i);
		bool is_quote = rows[i].expected != NULL && strcmp(rows[i].path, "q/1") == 0;
		cr_expect_eq(strstr(out.data, "oembed") != NULL, is_quote, "row %zu", i);
		buffer_finish(&out);
	}
}

Test(page, leads_to_all_parts_of_the_site)
{
	static const char *const links[] = {"./", "today", "random", "search", "browse", "about",
		"days", "authors", "feed", "api"};
	struct buffer out = {0};
	struct page_head head = {.title = "T", .path = "search?q=a"};
	write_page(&head, &top, "S", &out);
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++)
		cr_expect_not_null(strstr(out.data, links[i]), "%s", links[i]);
	cr_expect_not_null(strstr(out.data, "<a href=search aria-current=page>"));
	cr_expect_null(strstr(out.data, "<a href=today aria-current"));
	buffer_finish(&out);
}

Test(page, links_hold_below_any_path)
{
	static const struct {
		size_t depth;
		const char *base;
	} rows[] = {
		{0, NULL},
		{1, "<base href=\"../\">"},
		{2, "<base href=\"../../\">"},
	};
	struct page *page = page_create("T", 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		struct http_request request = {.depth = rows[i].depth};
		page_write_error(page, &request, 404, "Not Found", "None.", &out);
		const char *base = strstr(out.data, "<base");
		cr_expect_eq(base != NULL, rows[i].base != NULL);
		if (base != NULL) {
			cr_expect_not_null(strstr(out.data, rows[i].base), "row %zu", i);
			cr_expect_lt(base, strstr(out.data, "href=favicon"), "before all links");
		}
		cr_expect_null(strstr(out.data, "href=/"));
		buffer_finish(&out);
	}
	page_destroy(page);
}

Test(page, hints)
{
	static const struct {
		const char *base;
		long port;
		const char *expected;
	} rows[] = {
		{"http://localhost:8017", 1717,
			"<p class=h><code>curl http://localhost:8017</code> "
			"<code>nc localhost 1717</code>"},
		{"http://[::1]:8017", 1717,
			"<p class=h><code>curl http://[::1]:8017</code> <code>nc ::1 1717</code>"},
		{"https://a.example/b", 1717,
			"<p class=h><code>curl https://a.example/b</code> "
			"<code>nc a.example 1717</code>"},
		{"http://localhost", 0, "<p class=h><code>curl http://localhost</code>"},
		{NULL, 1717, ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct page *page = page_create("T", rows[i].port);
		struct buffer out = {0};
		buffer_add(&out, "");
		page_write_hints(page, rows[i].base, &out);
		cr_expect_str_eq(out.data, rows[i].expected);
		buffer_finish(&out);
		page_destroy(page);
	}
}

Test(page, an_error_is_text_and_keeps_the_words)
{
	struct page *page = page_create("T", 0);
	struct buffer out = {0};
	struct http_request request = {.path = "/search", .query = "q=%22a%3Cb"};
	page_write_error(page, &request, 404, "Not Found", "No quote matches '<b>&\"'.", &out);
	cr_expect_not_null(strstr(out.data, "<h1>404 Not Found</h1><p>No quote matches "
					    "&#39;&lt;b&gt;&amp;&quot;&#39;.</p>"));
	cr_expect_not_null(strstr(out.data, "value=\"&quot;a&lt;b\">"));
	cr_expect_not_null(strstr(out.data, "<a href=browse>Browse</a> </ul></nav>"));
	cr_expect_null(strstr(out.data, "canonical"));
	buffer_finish(&out);
	page_destroy(page);
}

Test(page, the_policy_allows_its_own_sheet_and_script_alone)
{
	struct page *page = page_create("T", 0);
	const char *policy = page_policy(page);
	cr_expect_eq(strncmp(policy, "default-src 'none'; style-src 'sha256-", 38), 0);
	cr_expect_not_null(strstr(policy, "; script-src 'sha256-"));
	cr_expect_null(strstr(policy, "unsafe"));
	page_destroy(page);
}

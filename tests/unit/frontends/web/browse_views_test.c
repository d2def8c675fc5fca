#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <criterion/criterion.h>

#include "tests/support/scratch.h"
#include "tests/support/site.h"

static const struct {
	const char *path, *query;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{"/browse", "", 200, "<title>Browse | Title</title>"},
	{"/browse", "", 200, "<li><a href=browse/quotes>quotes</a> <small>25</small>"},
	{"/browse", "", 200, "<a href=authors>By author</a> <li><a href=days>By day</a>"},
	{"/browse.txt", "", 200, "25 quotes\n"},
	{"/browse.json", "", 200,
		"{\"total\":1,\"page\":1,\"limit\":100,\"collections\":[{\"name\":\"quotes\","
		"\"count\":25}]}\n"},
	{"/browse", "page=2", 404, "The list has fewer pages."},
	{"/browse/quotes", "", 200, "<title>quotes | Title</title>"},
	{"/browse/quotes", "", 200, "<p>25 quotes</p><ol class=q start=1><li><a href=q/"},
	{"/browse/quotes", "", 200,
		"<a href=\"browse/quotes?page=2\" rel=next>Next</a> </ul><p>Page 1 of 2</p>"},
	{"/browse/quotes", "page=2", 200, "<title>quotes (page 2) | Title</title>"},
	{"/browse/quotes", "page=2", 200, "<ol class=q start=21><li>"},
	{"/browse/quotes", "page=3", 404, "The list has fewer pages."},
	{"/browse/quotes", "page=0", 400, "page must be a whole number from 1 to 10000000."},
	{"/author/Mark Twain", "page=x", 400, "page must be a whole number"},
	{"/authors", "page=", 200, "<title>Authors | Title</title>"},
	{"/browse/quotes.txt", "page=2", 200, "quote 24\n"},
	{"/browse/quotes.json", "page=2", 200,
		"{\"total\":25,\"page\":2,\"limit\":20,\"quotes\":["},
	{"/browse/quotes.json", "page=-1", 400, "\"parameter\":\"page\""},
	{"/browse.txt", "prefix=a", 400, "There is no parameter 'prefix'"},
	{"/authors.json", "limit=3", 400, "\"parameter\":\"limit\""},
	{"/author/Mark Twain.txt", "x", 400, "There is no parameter 'x'"},
	{"/browse", "utm_source=x", 200, "<ul class=g>"},
	{"/browse/quots", "", 404, "did you mean &#39;quotes&#39;?"},
	{"/authors", "", 200, "<li><a href=author/Mark%20Twain>Mark Twain</a> <small>1</small>"},
	{"/authors", "", 200, "<li><a href=\"authors?prefix=A\">A</a>"},
	{"/authors", "prefix=mark", 200, "<a href=author/Mark%20Twain>"},
	{"/authors", "prefix=x", 200, "<p>There are none.</p>"},
	{"/authors.txt", "prefix=x", 404, "# There are none.\n"},
	{"/authors.json", "prefix=x", 200, "{\"total\":0,\"page\":1,\"limit\":100,\"authors\":[]}"},
	{"/authors", "prefix=%FF", 400, "The value of prefix is not UTF-8."},
	{"/authors.txt", "", 200, "1 Mark Twain\n"},
	{"/authors.json", "", 200, "\"authors\":[{\"name\":\"Mark Twain\",\"count\":1}]"},
	{"/author/mark twain", "", 200, "<title>Quotes by Mark Twain | Title</title>"},
	{"/author/Mark Twain", "", 200, "<p>1 quote</p>"},
	{"/author/Mark Twain.txt", "", 200, "Be careful."},
	{"/author/Mark Twin", "", 404, "did you mean &#39;Mark Twain&#39;?"},
};

/* "quote 1" to "quote 24", and one with an author. */
static void open_many(struct site *site)
{
	static char specs[24][32];
	*site = (struct site){0};
	for (int i = 0; i < 24; i++) {
		snprintf(specs[i], sizeof specs[i], "static:quote %d", i + 1);
		quotes_add(&site->quotes, "quotes", specs[i]);
	}
	site_open_more(site, "static:Be careful.\n\t\t-- Mark Twain, on books");
}

Test(browse_views, table)
{
	struct site site;
	open_many(&site);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		site_check(&site, rows[i].path, rows[i].query, rows[i].status, rows[i].content);
	site_close(&site);
}

Test(browse_views, a_list_is_asked_for_again_and_has_its_address)
{
	struct site site;
	open_many(&site);
	struct http_request request = {.method = "GET",
		.path = "/browse/quotes",
		.query = "page=2",
		.accept = "text/html",
		.base = "https://a.example"};
	struct http_reply reply = site_request(&site, &request);
	cr_expect_str_eq(site_field(&reply, "Cache-Control"), "no-cache");
	cr_expect_not_null(strstr(reply.content.data,
		"<link rel=canonical href=\"https://a.example/browse/quotes?page=2\">"));
	http_reply_finish(&reply);
	site_close(&site);
}

Test(browse_views, a_collection_of_several_files_names_them, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const char two[] = "An apple\n%\nA pear\n%\n";
	static const char one[] = "A plum\n%\n";
	struct site site = {0};
	cr_assert_eq(mkdir("f", 0700), 0);
	scratch_write("f/sweet & sour", two, sizeof two - 1);
	scratch_write("f/stones", one, sizeof one - 1);
	quotes_add(&site.quotes, "fruit", "fortune:f");
	site_open_more(&site, "static:And one that is in no file");
	static const char link[] =
		"<li><a href=\"search?q=in:%22fruit/sweet%20%26%20sour%22\">sweet &amp; sour "
		"<small>2</small></a>";
	site_check(&site, "/browse/fruit", "", 200, link);
	struct http_reply reply = site_get(&site, "/browse/quotes", "");
	cr_expect_null(strstr(reply.content.data, "Files"));
	http_reply_finish(&reply);
	site_close(&site);
}

Test(browse_views, a_collection_alone_shows_its_files_at_once, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const char text[] = "An apple\n%\nA pear\n%\n";
	static const char other[] = "A plum\n%\n";
	struct site site = {0};
	cr_assert_eq(mkdir("f", 0700), 0);
	scratch_write("f/sweet", text, sizeof text - 1);
	scratch_write("f/stones", other, sizeof other - 1);
	site_open(&site, "fortune:f", NULL);
	site_check(&site, "/browse", "", 200,
		"<li><a href=\"search?q=in:%22quotes/sweet%22\">sweet <small>2</small></a>");
	site_close(&site);
}

Test(browse_views, of_many_files_some_are_named, .init = scratch_enter, .fini = scratch_leave)
{
	static const char text[] = "An apple\n%\n";
	struct site site;
	cr_assert_eq(mkdir("f", 0700), 0);
	for (int i = 0; i < 102; i++) {
		char path[16];
		char quote[32];
		snprintf(path, sizeof path, "f/%d", i);
		int length = snprintf(quote, sizeof quote, "%d: %s", i, text);
		scratch_write(path, quote, (size_t)length);
	}
	site_open(&site, "fortune:f", NULL);
	site_check(&site, "/browse", "", 200, "<summary>102 files</summary>");
	site_check(&site, "/browse", "", 200, "<li>and 2 more</ul>");
	site_close(&site);
}

Test(browse_views, without_authors_there_are_no_letters)
{
	struct site site;
	site_open(&site, "static:An apple", NULL);
	site_check(&site, "/authors", "", 200, "<h1>Authors</h1><p>There are none.</p>");
	site_close(&site);
}

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

static const struct {
	const char *path, *query;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{"/search.txt", "q=451", 200, "quote 451\n"},
	{"/search.json", "q=quote&limit=1&page=3", 200, "\"total\":2,\"page\":3,\"limit\":1"},
	{"/search.json", "q=apple", 200, "\"total\":0,\"page\":1,\"limit\":20,\"quotes\":[]"},
	{"/search.json", "q=quote&page=-1", 400, "\"parameter\":\"page\""},
	{"/search.json", "", 400, "There are no search words"},
	{"/search.txt", "q=apple", 404, "# No quote matches 'apple'.\n"},
	{"/search", "q=apple", 200, "value=\"apple\""},
	{"/search.txt", "q=in:", 400, "Write the name of a collection right after \"in:\".\n"},
	{"/search.txt", "q=lang:", 400,
		"Write a language right after \"lang:\", as in \"lang:de\".\n"},
	{"/search.txt", "q=%FF", 400, "q must have 1 to 256 characters, in UTF-8.\n"},
	{"/search.txt", "q=quote&limit=abc", 400, "limit must be a whole number from 1 to 100.\n"},
	{"/search.txt", "q=quote&page=-1", 400, "page must be a whole number from 1 to 1000.\n"},
	{"/search.txt", "q=quote&author=x", 400, "There is no parameter 'author' here"},
	{"/search", "q=%3F", 400, "<p role=status>Give a word to search for.</p><section class=h>"},
	{"/search", "q=in:&page=2", 400, "Write the name of a collection"},
	{"/search", "q=%FF", 400, "The value of q is not UTF-8."},
	{"/search", "q=quote&utm_source=x", 200, "1267"},
	{"/search.txt", "", 400, "There are no search words; add ?q=words to the address.\n"},
	{"/search", "q=QUOT*+451", 200, "<p><mark>quote</mark> <mark>451</mark></blockquote>"},
	{"/search", "q=quote+-451", 200, "<p><mark>quote</mark> 1267</blockquote>"},
	{"/search", "", 200, "<form action=search"},
	{"/search", "q=%3Cb%3E%26%22", 200, "value=\"&lt;b&gt;&amp;&quot;\""},
	{"/search", "q=author:%3Cb%3E%26%22", 200, "value=\"author:&lt;b&gt;&amp;&quot;\""},
};

Test(search_views, table)
{
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		site_check(&site, rows[i].path, rows[i].query, rows[i].status, rows[i].content);
	site_close(&site);
}

Test(search_views, no_words_become_markup)
{
	struct site site;
	site_open(&site, "static:quote 451", NULL);
	struct http_reply reply = site_get(&site, "/search", "q=author:%3Cb%3E%26%22");
	cr_assert_null(strstr(reply.content.data, "<b>"));
	http_reply_finish(&reply);
	site_close(&site);
}

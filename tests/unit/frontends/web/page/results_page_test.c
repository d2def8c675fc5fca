#include "frontends/web/page/results_page.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

static void check(struct site *site, const char *query, const char *part, bool has)
{
	struct http_reply reply = site_get(site, "/search", query);
	cr_expect_eq(strstr(reply.content.data, part) != NULL, has, "%s: %s", query,
		strstr(reply.content.data, "</script>"));
	http_reply_finish(&reply);
}

Test(results_page, table)
{
	static const struct {
		const char *query, *part;
		bool has;
	} rows[] = {
		{"", "<title>Search | Title</title>", true},
		{"", "How to search", true},
		{"", "role=status", false},
		{"", "<h2>A random quote</h2><ul class=q><li><a href=q/", true},
		{"", " autofocus>", true},
		{"q=quote", "<title>Search: quote | Title</title>", true},
		{"q=quote", "<p role=status>2 quotes found.</p><ol class=q start=1><li>", true},
		{"q=quote", "How to search", false},
		{"q=quote", "value=\"quote\" autofocus>", true},
		{"q=quote", "aria-label=Pages", false},
		{"q=451", ">1 quote found.<", true},
		{"q=a+b&limit=1", "How to search", true},
		{"q=quote&limit=1&page=2", "<title>Search: quote (page 2) | Title</title>", true},
		{"q=quote&limit=1&page=2", "<ol class=q start=2>", true},
		{"q=quote&limit=1&page=2",
			"<a href=\"search?q=quote&amp;limit=1&amp;page=1\" rel=prev>", true},
		{"q=quote&limit=1&page=3", "There are none on this page.", true},
		{"q=apple", "<p role=status>No quote matches &#39;apple&#39;.</p>", true},
		{"q=apple", "<h2>A random quote</h2>", true},
		{"q=%22quote", "2 quotes found. A quotation mark is not closed", true},
		{"q=quote+in:quots",
			"<p role=status>There is no collection &#39;quots&#39;; did you mean "
			"&#39;quotes&#39;?</p>",
			true},
	};
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		check(&site, rows[i].query, rows[i].part, rows[i].has);
	site_close(&site);
}

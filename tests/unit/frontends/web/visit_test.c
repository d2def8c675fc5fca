#include "frontends/web/visit.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/support/site.h"

Test(visit, says_that_there_is_no_quote_now)
{
	struct site site;
	site_open(&site, "command:true", NULL);
	site_check(&site, "/random.txt", "", 503,
		"503 Service Unavailable: No quote is available now; try again in a moment.\n");
	site_check(&site, "/random", "", 503,
		"<p>No quote is available now; try again in a moment.</p>");
	site_check(&site, "/today.txt", "", 503, "There is no quote of the day.\n");
	site_close(&site);
}

Test(visit, a_view_that_fails_writes_nothing_else)
{
	struct site site;
	site_open(&site, "static:A", NULL);
	struct http_reply reply = site_get(&site, "/q/abc.txt", "");
	cr_assert_str_eq(
		reply.content.data, "404 Not Found: An id has 4 to 12 letters and digits.\n");
	http_reply_finish(&reply);
	site_close(&site);
}

Test(visit, serves_what_is_below_the_path_of_its_base)
{
	static const char quotes[] = "https://example.org/quotes";
	static const struct {
		const char *base, *target, *path;
		size_t depth;
		unsigned status;
		const char *location; /* NULL: none */
		const char *part;
	} rows[] = {
		{quotes, "/quotes", "/quotes", 0, 301, "./quotes/", ""},
		{quotes, "/quotes/", "/quotes", 1, 200, NULL, "Apples keep"},
		{quotes, "/quotes/today", "/quotes/today", 1, 200, NULL, "Apples keep"},
		{quotes, "/quotes/q/abc", "/quotes/q/abc", 2, 404, NULL, "<base href=\"../\">"},
		/* What is a page here is not below. */
		{"https://example.org/q", "/q/abc", "/q/abc", 1, 404, NULL, "An id has 4"},
	};
	struct site site;
	site_open(&site, "static:Apples keep", NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct http_reply reply =
			site_request(&site, &(struct http_request){.method = "GET",
						    .base = rows[i].base,
						    .target = rows[i].target,
						    .path = rows[i].path,
						    .depth = rows[i].depth,
						    .accept = "text/html"});
		cr_expect_eq(reply.status, rows[i].status, "%s: %u", rows[i].target, reply.status);
		cr_expect_not_null(strstr(reply.content.data, rows[i].part), "%s lacks %s",
			rows[i].target, rows[i].part);
		if (rows[i].location != NULL)
			cr_expect_str_eq(reply.location, rows[i].location);
		http_reply_finish(&reply);
	}
	site_close(&site);
}

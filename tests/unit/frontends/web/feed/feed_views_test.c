#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

static size_t count(const char *text, const char *part)
{
	size_t found = 0;
	for (; (text = strstr(text, part)) != NULL; text++)
		found++;
	return found;
}

Test(feed_views, have_an_entry_for_each_of_thirty_days)
{
	static const char *const paths[] = {"/feed", "/feed/quotes", "/feed/Quotes"};
	struct site site;
	site_open(&site, "static:A", "static:B");
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		struct http_reply reply = site_get(&site, paths[i], "");
		cr_expect_eq(reply.status, 200);
		cr_expect_eq(count(reply.content.data, "<entry>"), 30);
		cr_expect_eq(count(reply.content.data, "<title>A<"), 15, "each comes in turn");
		cr_expect_str_eq(
			site_field(&reply, "Content-Type"), "application/atom+xml; charset=utf-8");
		cr_expect(reply.max_age > 0 && reply.max_age <= 90000 && reply.validate);
		cr_expect_str_eq(site_field(&reply, "Cache-Control"), "", "max_age says it");
		http_reply_finish(&reply);
	}
	site_close(&site);
}

Test(feed_views, refuse_what_is_not_there)
{
	struct site site;
	site_open(&site, "static:A", NULL);
	site_check(&site, "/feed/quotas", "", 404, "did you mean 'quotes'?");
	site_check(&site, "/feed", "count=3", 400, "There is no parameter 'count'");
	site_close(&site);
	site_open(&site, "command:true", NULL);
	site_check(&site, "/feed", "", 503, "There is no quote of the day.");
	site_close(&site);
}

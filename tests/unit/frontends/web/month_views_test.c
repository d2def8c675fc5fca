#include <string.h>

#include <criterion/criterion.h>

#include "core/base/day.h"
#include "tests/support/site.h"

static const struct {
	const char *path;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{"/days", 200, "<title>Quotes of "},
	{"/days/2026-02", 200, "<h1>Quotes of February 2026</h1>"},
	{"/days/2026-02", 200,
		"<li><a href=day/2026-02-28><time datetime=2026-02-28>Sat 28</time> "
		"<span dir=auto>quote "},
	{"/days/2026-02.txt", 200, "2026-02-01 quote "},
	{"/days/2026-02.json", 200, "\"date\":\"2026-02-28\"}]}\n"},
	{"/days/2026-13", 404, "There is no such month"},
	{"/days/2026-2", 404, "There is no such month"},
	{"/days/2026-02-01", 404, "There is no such month"},
	{"/days/9999-12", 404, "That month has not come yet."},
};

Test(month_views, table)
{
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		site_check(&site, rows[i].path, "", rows[i].status, rows[i].content);
	site_close(&site);
}

Test(month_views, this_month_ends_today)
{
	char today[DAY_TEXT_SIZE];
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	int64_t day = day_today();
	day_format(day, today);
	struct http_reply reply = site_get(&site, "/days.txt", "");
	cr_expect_not_null(strstr(reply.content.data, today));
	day_format(day + 1, today);
	cr_expect_null(strstr(reply.content.data, today));
	cr_expect(reply.max_age > 0 && reply.max_age <= 90000);
	http_reply_finish(&reply);
	struct http_reply past = site_get(&site, "/days/2026-02", "");
	cr_expect_str_eq(site_field(&past, "Cache-Control"), "public, max-age=86400");
	cr_expect_null(strstr(past.content.data, "day/2026-03-01"));
	http_reply_finish(&past);
	struct http_reply future = site_get(&site, "/days/9999-12", "");
	cr_expect_str_eq(site_field(&future, "Cache-Control"), "no-store");
	http_reply_finish(&future);
	site_close(&site);
}

Test(month_views, says_that_no_day_has_a_quote)
{
	struct site site;
	site_open(&site, "command:true", NULL);
	site_check(&site, "/days", "", 503, "There is no quote of the day.");
	site_close(&site);
}

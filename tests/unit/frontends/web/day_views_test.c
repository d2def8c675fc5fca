#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "tests/support/site.h"

static const struct {
	const char *path;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{"/", 200, "<h1 class=k>Today, <time datetime="},
	{"/", 200, "rel=prev>Yesterday</a>"},
	{"/", 200, "<a href=random>Another quote</a>"},
	{"/", 200, "<title>quote "},
	{"/index.txt", 200, "quote "},
	{"/index.html", 200, "<h1 class=k>Today, <time"},
	{"/today.json", 200, "\"date\":\""},
	{"/today", 200, "<a href=today aria-current=page>Today</a>"},
	{"/day/2026-01-31", 200,
		"<h1 class=k><time datetime=2026-01-31>Saturday, 31 January 2026</time></h1>"},
	{"/day/2026-01-31.json", 200, "\"date\":\"2026-01-31\"}\n"},
	{"/day/2026-01-31.txt", 200, "quote "},
	{"/day/1000-01-01", 200, "Wednesday, 1 January 1000"},
	{"/day/2026-02-29", 400, "write it as 2026-11-24."},
	{"/day/9999-12-31", 404, "has not come yet"},
};

Test(day_views, table)
{
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		site_check(&site, rows[i].path, "", rows[i].status, rows[i].content);
	site_close(&site);
}

static struct http_reply get_day(struct site *site, int64_t day)
{
	char date[DAY_TEXT_SIZE];
	day_format(day, date);
	char *path = mem_format("/day/%s", date);
	struct http_reply reply = site_get(site, path, "");
	free(path);
	return reply;
}

/* Checks which links a day has, so many days before today; NULL: none. */
static void check_links(struct site *site, int64_t before, const char *previous, const char *next)
{
	struct http_reply reply = get_day(site, day_today() - before);
	const char *has_previous = strstr(reply.content.data, " rel=prev>");
	const char *has_next = strstr(reply.content.data, " rel=next>");
	cr_expect_eq(has_previous != NULL, previous != NULL, "%ld", (long)before);
	cr_expect_eq(has_next != NULL, next != NULL, "%ld", (long)before);
	if (has_previous != NULL)
		cr_expect_eq(strncmp(has_previous + 10, previous, strlen(previous)), 0);
	if (has_next != NULL)
		cr_expect_eq(strncmp(has_next + 10, next, strlen(next)), 0);
	http_reply_finish(&reply);
}

Test(day_views, lead_back_a_year)
{
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	check_links(&site, 0, "Yesterday<", NULL);
	check_links(&site, 1, "The day before<", "Today<");
	check_links(&site, 2, "The day before<", "The day after<");
	check_links(&site, 365, "The day before<", "The day after<");
	check_links(&site, 366, NULL, "The day after<");
	check_links(&site, 367, NULL, "The day after<");
	check_links(&site, 5000, NULL, NULL);
	site_close(&site);
}

Test(day_views, may_be_kept_as_long_as_the_day_is_what_it_is)
{
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	int64_t day = day_today();
	struct http_reply today = get_day(&site, day);
	struct http_reply yesterday = get_day(&site, day - 1);
	struct http_reply first = site_get(&site, "/", "");
	cr_expect(today.max_age > 0 && today.max_age <= 90000, "%u", today.max_age);
	cr_expect_str_eq(site_field(&today, "Cache-Control"), "");
	cr_expect(today.validate);
	cr_expect_eq(yesterday.max_age, 0);
	cr_expect_str_eq(site_field(&yesterday, "Cache-Control"), "public, max-age=86400");
	cr_expect_str_eq(site_field(&first, "Cache-Control"), "no-cache");
	cr_expect(first.validate);
	http_reply_finish(&today);
	http_reply_finish(&yesterday);
	http_reply_finish(&first);
	site_close(&site);
}

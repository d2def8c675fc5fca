#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "tests/support/site.h"

#define DAYS "/api/v1/days"

static const struct {
	const char *path, *query;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{DAYS "/2026-01-31", "", 200, "\"date\":\"2026-01-31\"}\n"},
	{DAYS "/2026-02-29", "", 400, "'2026-02-29' is not a date; write it as 2026-11-24."},
	{DAYS "/9999-12-31", "", 404, "has not come yet"},
	{DAYS "/2026-01-31", "x=1", 400, "\"parameter\":\"x\""},
	{DAYS, "from=2024-01-01&to=2024-12-31", 200, "\"date\":\"2024-12-31\"}]}\n"},
	{DAYS, "from=2024-01-01&to=2025-01-01", 400, "from must be at most 365 days before to."},
	{DAYS, "from=2024-01-02&to=2024-01-01", 400, "from must not be after to"},
	{DAYS, "to=9999-12-31", 400, "to must not be after today."},
	{DAYS, "from=9999-12-31", 400, "\"parameter\":\"from\""},
	{DAYS, "from=yesterday", 400, "from must be a date; write it as 2026-11-24."},
	{"/api/v1/quotes/today", "count=3", 400, "\"parameter\":\"count\""},
};

Test(api_day_views, table)
{
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		site_check(&site, rows[i].path, rows[i].query, rows[i].status, rows[i].content);
	site_close(&site);
}

Test(api_day_views, todays_quote_is_that_of_its_date)
{
	struct site site;
	char day[DAY_TEXT_SIZE];
	site_open(&site, "static:quote 451", "static:quote 1267");
	day_format(day_today(), day);
	char *path = mem_format(DAYS "/%s", day);
	struct http_reply today = site_get(&site, "/api/v1/quotes/today", "");
	struct http_reply same = site_get(&site, path, "");
	cr_assert_str_eq(today.content.data, same.content.data);
	cr_assert_not_null(strstr(today.content.data, day));
	buffer_finish(&today.content);
	buffer_finish(&same.content);
	free(path);
	site_close(&site);
}

static size_t count_of(const char *text, const char *part)
{
	size_t count = 0;
	for (; (text = strstr(text, part)) != NULL; text++)
		count++;
	return count;
}

Test(api_day_views, a_range_has_a_quote_for_each_day)
{
	static const struct {
		const char *query;
		size_t days;
	} ranges[] = {{"", 30}, {"to=2024-03-01", 30}, {"from=2024-03-01&to=2024-03-01", 1},
		{"from=2024-01-01&to=2024-12-31", 366}};
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		struct http_reply reply = site_get(&site, DAYS, ranges[i].query);
		cr_expect_eq(count_of(reply.content.data, "\"date\":"), ranges[i].days, "%s",
			ranges[i].query);
		buffer_finish(&reply.content);
	}
	site_close(&site);
}

Test(api_day_views, says_that_no_day_has_a_quote)
{
	struct site site;
	site_open(&site, "command:true", NULL);
	site_check(&site, DAYS, "", 503, "There is no quote of the day.");
	site_close(&site);
}

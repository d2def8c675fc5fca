#include "core/base/day.h"

#include <string.h>

enum { SECONDS_A_DAY = 86400 };

/* Counted in UTC, where midnight is always a multiple of a day. */
static int64_t days_of_date(const struct tm *date)
{
	struct tm midnight = {
		.tm_year = date->tm_year, .tm_mon = date->tm_mon, .tm_mday = date->tm_mday};
	return timegm(&midnight) / SECONDS_A_DAY;
}

int64_t day_of(time_t when)
{
	struct tm local;
	return localtime_r(&when, &local) != NULL ? days_of_date(&local) : 0;
}

static time_t now_of(const struct day_clock *clock)
{
	return clock->now != NULL ? clock->now(clock->data) : time(NULL);
}

int64_t day_today(const struct day_clock *clock)
{
	return day_of(now_of(clock));
}

time_t day_begin(int64_t day)
{
	time_t seconds = (time_t)(day * SECONDS_A_DAY);
	struct tm date = {0};
	gmtime_r(&seconds, &date);
	date.tm_isdst = -1;
	return mktime(&date);
}

unsigned day_seconds_left(const struct day_clock *clock)
{
	time_t now = now_of(clock);
	time_t end = day_begin(day_of(now) + 1);
	return end > now ? (unsigned)(end - now) : 1;
}

bool day_parse(const char *text, int64_t *ret_day)
{
	char again[DAY_TEXT_SIZE];
	struct tm date = {0};
	const char *end = strptime(text, "%Y-%m-%d", &date);
	if (end == NULL || *end != '\0' || strlen(text) != strlen("2026-11-24"))
		return false;
	*ret_day = days_of_date(&date);
	/* timegm() turned a date such as 30 February into another day. */
	day_format(*ret_day, again);
	return strcmp(text, again) == 0;
}

void day_format(int64_t day, char ret_text[DAY_TEXT_SIZE])
{
	time_t seconds = (time_t)(day * SECONDS_A_DAY);
	struct tm date = {0};
	gmtime_r(&seconds, &date);
	strftime(ret_text, DAY_TEXT_SIZE, "%F", &date);
}

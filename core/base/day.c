#include "core/base/day.h"

#include <string.h>

enum {
	SECONDS_A_DAY = 86400,
	MINUTES_AN_HOUR = 60,
	DAYS_BEFORE_1970 = 719162, /* from the year 1 */
};

/* In UTC, where midnight is always a multiple of a day. */
struct tm day_date(int64_t day)
{
	time_t seconds = (time_t)(day * SECONDS_A_DAY);
	struct tm date = {0};
	gmtime_r(&seconds, &date);
	return date;
}

int64_t day_of(time_t when)
{
	struct tm local;
	if (localtime_r(&when, &local) == NULL)
		return 0;
	/* timegm() takes ten times as long. */
	int64_t years = local.tm_year + 1899L;
	int64_t leap_days = years / 4 - years / 100 + years / 400;
	return years * 365 + leap_days + local.tm_yday - DAYS_BEFORE_1970;
}

int64_t day_today(void)
{
	return day_of(time(NULL));
}

time_t day_begin(int64_t day)
{
	struct tm date = day_date(day);
	date.tm_isdst = -1;
	return mktime(&date);
}

static int minute_of(time_t when)
{
	struct tm local = {0};
	localtime_r(&when, &local);
	return local.tm_hour * MINUTES_AN_HOUR + local.tm_min;
}

/* The clock is only set forward on a day on which it skips the minute, so it can be halved. */
static time_t moment_of_skip(int64_t day, int minute)
{
	time_t low = day_begin(day);
	time_t high = day_begin(day + 1) - 1;
	while (low < high) {
		time_t middle = low + (high - low) / 2;
		if (minute_of(middle) >= minute)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

time_t day_moment(int64_t day, int minute)
{
	time_t first = 0;
	bool found = false;
	for (int dst = 0; dst <= 1; dst++) {
		struct tm date = day_date(day);
		date.tm_hour = minute / MINUTES_AN_HOUR;
		date.tm_min = minute % MINUTES_AN_HOUR;
		date.tm_isdst = dst;
		time_t when = mktime(&date);
		bool exists = day_of(when) == day && minute_of(when) == minute;
		if (exists && (!found || when < first))
			first = when;
		found |= exists;
	}
	return found ? first : moment_of_skip(day, minute);
}

time_t day_moment_after(time_t when, int minute)
{
	int64_t day = day_of(when);
	time_t moment = day_moment(day, minute);
	while (moment <= when || day_of(moment) != day)
		moment = day_moment(++day, minute);
	return moment;
}

bool day_parse_minute(const char *text, int *ret_minute)
{
	char again[sizeof "07:30"];
	struct tm time = {0};
	const char *end = strptime(text, "%H:%M", &time);
	/* strptime() also takes blanks, and numbers of one digit. */
	if (end == NULL || strftime(again, sizeof again, "%H:%M", &time) == 0 ||
		strcmp(text, again) != 0)
		return false;
	*ret_minute = time.tm_hour * MINUTES_AN_HOUR + time.tm_min;
	return true;
}

unsigned day_seconds_left(time_t when)
{
	time_t end = day_begin(day_of(when) + 1);
	return end > when ? (unsigned)(end - when) : 1;
}

bool day_parse(const char *text, int64_t *ret_day)
{
	char again[DAY_TEXT_SIZE];
	struct tm date = {0};
	const char *end = strptime(text, "%Y-%m-%d", &date);
	if (end == NULL || *end != '\0' || strlen(text) != strlen("2026-11-24"))
		return false;
	*ret_day = timegm(&date) / SECONDS_A_DAY;
	/* timegm() turned a date such as 30 February into another day. */
	day_format(*ret_day, again);
	return strcmp(text, again) == 0;
}

static char *add_digits(char *text, long number, int least)
{
	if (number > 9 || least > 1)
		text = add_digits(text, number / 10, least - 1);
	*text = (char)('0' + number % 10);
	return text + 1;
}

/* strftime() takes four times as long. */
void day_format(int64_t day, char ret_text[DAY_TEXT_SIZE])
{
	struct tm date = day_date(day);
	char *end = add_digits(ret_text, date.tm_year + 1900L, 1);
	*end++ = '-';
	end = add_digits(end, date.tm_mon + 1, 2);
	*end++ = '-';
	*add_digits(end, date.tm_mday, 2) = '\0';
}

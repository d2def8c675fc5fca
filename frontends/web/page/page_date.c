#include "frontends/web/page/page_date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const weekdays[] = {
	"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"};

struct date {
	long year, month, day;
	const char *weekday;
};

static struct date date_of(int64_t day)
{
	char text[DAY_TEXT_SIZE];
	struct date date;
	char *at;
	day_format(day, text);
	date.year = strtol(text, &at, 10);
	date.month = strtol(at + 1, &at, 10);
	date.day = strtol(at + 1, &at, 10);
	/* 1970-01-01 was a Thursday. */
	date.weekday = weekdays[((day + 4) % 7 + 7) % 7];
	return date;
}

bool page_date_has_link(int64_t day, int64_t today)
{
	return day <= today && today - day <= PAGE_DATE_BACK;
}

void page_date_add(int64_t day, struct buffer *out)
{
	struct date date = date_of(day);
	buffer_format(
		out, "%s, %ld %s %ld", date.weekday, date.day, months[date.month - 1], date.year);
}

void page_date_add_short(int64_t day, struct buffer *out)
{
	struct date date = date_of(day);
	buffer_format(out, "%.3s %ld", date.weekday, date.day);
}

void page_date_add_month(int64_t day, struct buffer *out)
{
	struct date date = date_of(day);
	buffer_format(out, "%s %ld", months[date.month - 1], date.year);
}

void page_date_format_month(int64_t day, char ret_text[DAY_TEXT_SIZE])
{
	day_format(day, ret_text);
	ret_text[strlen(ret_text) - strlen("-26")] = '\0';
}

bool page_date_parse_month(const char *text, int64_t *ret_first)
{
	char day[DAY_TEXT_SIZE];
	int length = snprintf(day, sizeof day, "%s-01", text);
	return length > 0 && (size_t)length < sizeof day && day_parse(day, ret_first);
}

int64_t page_date_first(int64_t day)
{
	return day - date_of(day).day + 1;
}

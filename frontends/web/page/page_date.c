#include "frontends/web/page/page_date.h"

#include <stdio.h>
#include <string.h>

static const char *const weekdays[] = {
	"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"};

bool page_date_has_link(int64_t day, int64_t today)
{
	return day <= today && today - day <= PAGE_DATE_BACK;
}

void page_date_add(int64_t day, struct buffer *out)
{
	struct tm date = day_date(day);
	buffer_format(out, "%s, %zu %s %zu", weekdays[date.tm_wday], (size_t)date.tm_mday,
		months[date.tm_mon], (size_t)date.tm_year + 1900);
}

void page_date_add_short(int64_t day, struct buffer *out)
{
	struct tm date = day_date(day);
	buffer_format(out, "%.3s %d", weekdays[date.tm_wday], date.tm_mday);
}

void page_date_add_month(int64_t day, struct buffer *out)
{
	struct tm date = day_date(day);
	buffer_format(out, "%s %zu", months[date.tm_mon], (size_t)date.tm_year + 1900);
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
	return day - day_date(day).tm_mday + 1;
}

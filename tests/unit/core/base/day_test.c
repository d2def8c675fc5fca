#include "core/base/day.h"

#include <stdlib.h>

#include <criterion/criterion.h>

static time_t now;

static time_t get_now(void *data)
{
	(void)data;
	return now;
}

Test(day, reads_dates)
{
	static const struct {
		const char *text;
		bool valid;
		int64_t day;
	} rows[] = {
		{"1970-01-01", true, 0},
		{"1969-12-31", true, -1},
		{"2000-02-29", true, 11016},
		{"2026-11-24", true, 20781},
		{"1900-02-29", false, 0},
		{"2026-02-30", false, 0},
		{"2026-13-01", false, 0},
		{"2026-1-1", false, 0},
		{"2026-11-24 ", false, 0},
		{"today", false, 0},
		{"", false, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t day = 0;
		char again[DAY_TEXT_SIZE];
		cr_assert_eq(day_parse(rows[i].text, &day), rows[i].valid, "%s", rows[i].text);
		if (!rows[i].valid)
			continue;
		cr_assert_eq(day, rows[i].day, "%s: %ld", rows[i].text, (long)day);
		day_format(day, again);
		cr_assert_str_eq(again, rows[i].text);
	}
}

Test(day, changes_at_local_midnight)
{
	static const struct {
		const char *zone;
		time_t now;
		const char *day;
	} rows[] = {
		{"UTC", 1795478399, "2026-11-23"},
		{"UTC", 1795478400, "2026-11-24"},
		{"Europe/Berlin", 1795474799, "2026-11-23"},
		{"Europe/Berlin", 1795474800, "2026-11-24"},
		{"Pacific/Kiritimati", 1795428000, "2026-11-24"},
		/* The days that summer time begins and ends. */
		{"Europe/Berlin", 1774738800, "2026-03-29"},
		{"Europe/Berlin", 1792879200, "2026-10-25"},
	};
	struct day_clock clock = {.now = get_now};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[DAY_TEXT_SIZE];
		setenv("TZ", rows[i].zone, 1);
		tzset();
		now = rows[i].now;
		day_format(day_today(&clock), text);
		cr_assert_str_eq(text, rows[i].day, "row %zu: %s", i, text);
	}
}

Test(day, begins_and_ends_at_local_midnight)
{
	static const struct {
		const char *zone;
		time_t now;
		const char *day;
		unsigned left;
	} rows[] = {
		{"UTC", 1795478400, "2026-11-24", 86400},
		{"UTC", 1795564799, "2026-11-24", 1},
		{"Europe/Berlin", 1795474800, "2026-11-24", 86400},
		/* The days that summer time begins and ends. */
		{"Europe/Berlin", 1774738800, "2026-03-29", 82800},
		{"Europe/Berlin", 1792879200, "2026-10-25", 90000},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t day;
		setenv("TZ", rows[i].zone, 1);
		tzset();
		cr_assert(day_parse(rows[i].day, &day));
		cr_expect_eq(day_of(day_begin(day)), day);
		cr_expect_eq(day_of(day_begin(day) - 1), day - 1);
		now = rows[i].now;
		cr_expect_eq(day_seconds_left(&(struct day_clock){get_now, NULL}), rows[i].left);
	}
}

#include "core/base/day.h"

#include <stdlib.h>

#include <criterion/criterion.h>

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
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[DAY_TEXT_SIZE];
		setenv("TZ", rows[i].zone, 1);
		tzset();
		day_format(day_of(rows[i].now), text);
		cr_assert_str_eq(text, rows[i].day, "row %zu: %s", i, text);
	}
}

Test(day, counts_every_day)
{
	int64_t first, last, again;
	cr_assert(day_parse("1000-01-01", &first) && day_parse("9999-12-31", &last));
	setenv("TZ", "UTC", 1);
	tzset();
	for (int64_t day = first; day <= last; day++) {
		char text[DAY_TEXT_SIZE];
		day_format(day, text);
		cr_assert(day_parse(text, &again) && again == day, "%s", text);
		cr_assert_eq(day_of((time_t)day * 86400), day, "%s", text);
		cr_assert_eq(day_of((time_t)day * 86400 + 86399), day, "%s", text);
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
		cr_expect_eq(day_seconds_left(rows[i].now), rows[i].left);
	}
}

Test(day, reads_minutes)
{
	static const struct {
		const char *text;
		int minute; /* -1: refused */
	} rows[] = {{"00:00", 0}, {"07:30", 450}, {"23:59", 1439}, {"24:00", -1}, {"07:60", -1},
		{"7:30", -1}, {"07.30", -1}, {"07:3x", -1}, {"07:301", -1}, {"", -1}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int minute = -2;
		bool good = day_parse_minute(rows[i].text, &minute);
		cr_expect_eq(good, rows[i].minute >= 0, "%s", rows[i].text);
		cr_expect(!good || minute == rows[i].minute, "%s: %d", rows[i].text, minute);
	}
}

static void expect_moment(const char *zone, time_t when, const char *text)
{
	char again[64];
	struct tm local;
	localtime_r(&when, &local);
	strftime(again, sizeof again, "%F %T %z", &local);
	cr_expect_str_eq(again, text, "%s: %s, not %s", zone, again, text);
}

Test(day, finds_the_moment_of_a_minute)
{
	static const struct {
		const char *zone;
		const char *day;
		int minute;
		const char *moment;
	} rows[] = {
		{"UTC", "2026-11-24", 450, "2026-11-24 07:30:00 +0000"},
		{"Europe/Berlin", "2026-11-24", 0, "2026-11-24 00:00:00 +0100"},
		/* 02:30 does not exist, */
		{"Europe/Berlin", "2026-03-29", 150, "2026-03-29 03:00:00 +0200"},
		{"Europe/Berlin", "2026-03-29", 180, "2026-03-29 03:00:00 +0200"},
		/* or exists twice. */
		{"Europe/Berlin", "2026-10-25", 150, "2026-10-25 02:30:00 +0200"},
		{"Europe/Berlin", "2026-10-25", 180, "2026-10-25 03:00:00 +0100"},
		/* Midnight does not exist; half an hour exists twice. */
		{"America/Havana", "2026-03-08", 0, "2026-03-08 01:00:00 -0400"},
		{"Australia/Lord_Howe", "2026-04-05", 105, "2026-04-05 01:45:00 +1100"},
		{"Pacific/Apia", "2011-12-29", 1439, "2011-12-29 23:59:00 -1000"},
		{"Pacific/Apia", "2011-12-31", 0, "2011-12-31 00:00:00 +1400"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t day = 0;
		setenv("TZ", rows[i].zone, 1);
		tzset();
		cr_assert(day_parse(rows[i].day, &day));
		expect_moment(rows[i].zone, day_moment(day, rows[i].minute), rows[i].moment);
	}
}

Test(day, finds_the_next_moment_of_a_minute)
{
	static const struct {
		const char *zone;
		time_t when;
		int minute;
		const char *moment;
	} rows[] = {
		{"UTC", 1795478399, 0, "2026-11-24 00:00:00 +0000"},
		{"UTC", 1795478400, 0, "2026-11-25 00:00:00 +0000"},
		{"UTC", 1795478400, 1, "2026-11-24 00:01:00 +0000"},
		/* After the first 02:30, not again at the second, but the day after. */
		{"Europe/Berlin", 1792888200, 150, "2026-10-26 02:30:00 +0100"},
		/* Samoa had no 30 December 2011. */
		{"Pacific/Apia", 1325224800, 420, "2011-12-31 07:00:00 +1400"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		setenv("TZ", rows[i].zone, 1);
		tzset();
		expect_moment(rows[i].zone, day_moment_after(rows[i].when, rows[i].minute),
			rows[i].moment);
	}
}

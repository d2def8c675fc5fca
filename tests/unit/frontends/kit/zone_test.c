#include "frontends/kit/zone.h"

#include <stdlib.h>

#include <criterion/criterion.h>

enum { WINTER = 1767225600, SUMMER = 1782864000 }; /* 2026-01-01 and 2026-07-01 in UTC */

Test(zone, knows_the_rules_of_a_zone)
{
	static const struct {
		const char *name;
		long winter, summer;
	} rows[] = {
		{"UTC", 0, 0},
		{"Europe/Berlin", 3600, 7200},
		{"America/New_York", -18000, -14400},
		{"Asia/Kolkata", 19800, 19800},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct zone *zone = zone_open(rows[i].name);
		cr_assert_not_null(zone, "%s", rows[i].name);
		cr_expect_eq(zone_ahead(zone, WINTER), rows[i].winter, "%s", rows[i].name);
		cr_expect_eq(zone_ahead(zone, SUMMER), rows[i].summer, "%s", rows[i].name);
		zone_close(zone);
	}
	zone_close(NULL);
}

Test(zone, refuses_what_is_not_one)
{
	static const char *const names[] = {"", "Europe/Berlni", "../zoneinfo/UTC",
		"/etc/localtime", "+01:00", "topic", "Europe"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		cr_expect_null(zone_open(names[i]), "%s", names[i]);
}

Test(zone, none_is_that_of_the_process)
{
	setenv("TZ", "Asia/Tokyo", 1);
	tzset();
	cr_expect_eq(zone_ahead(NULL, WINTER), 32400);
}

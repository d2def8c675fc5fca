#include "frontends/keeper/settling.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

enum { EVENTS_MAX = 8 };

#define W SETTLING_EVENT_WRITTEN
#define C SETTLING_EVENT_CHANGED
#define T SETTLING_EVENT_TOUCHED

Test(settling, knows_when_to_tell)
{
	static const struct {
		struct {
			int directory;
			const char *name;
			enum settling_event event;
			double at;
		} events[EVENTS_MAX];
		double due;
		size_t left; /* names that have not settled then */
	} rows[] = {
		{{{0, NULL, C, 0}}, -1, 0},
		{{{1, "a", C, 5}}, 5.3, 0},
		{{{1, "a", C, 5}, {1, "a", C, 5.2}}, 5.5, 0},
		{{{1, "a", W, 5}}, 15, 0},
		{{{1, "a", W, 5}, {1, "a", C, 7}}, 7.3, 0},
		{{{1, "a", W, 5}, {1, "a", T, 7}}, 15, 0},
		{{{1, "a", T, 5}}, 5.3, 0},
		{{{1, "a", C, 5}, {1, "a", W, 14}, {1, "a", C, 14.9}}, 15, 0},
		{{{1, "a", C, 5}, {1, "b", C, 5.2}}, 5.5, 0},
		{{{1, "a", C, 5}, {1, "b", W, 5.2}}, 6.3, 1},
		{{{1, "a", C, 5}, {1, "b", W, 5.2}, {1, "b", C, 6}}, 6.3, 0},
		{{{1, "log", W, 1}, {1, "a", C, 5}}, 6.3, 1},
		{{{1, "log", W, 1}, {1, "a", C, 10.5}}, 11, 0},
		/* What stands for all settles after the rest. */
		{{{-1, "", C, 5}, {1, "a", W, 6}}, 16, 0},
		{{{-1, "", C, 5}, {1, "a", W, 6}, {1, "a", C, 8}}, 8.3, 0},
		{{{-1, "", C, 5}, {1, "log", W, 5}, {1, "a", C, 6}}, 7.3, 2},
		{{{1, "", C, 5}, {1, "a", W, 6}}, 6.3, 1},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct settling settling = {0};
		for (size_t j = 0; j < EVENTS_MAX && rows[i].events[j].name != NULL; j++)
			settling_note(&settling, rows[i].events[j].directory,
				rows[i].events[j].name, rows[i].events[j].event,
				rows[i].events[j].at);
		double due = settling_due(&settling);
		cr_assert_lt(fabs(due - rows[i].due), 1e-6, "row %zu: %f", i, due);
		cr_assert_not(settling_take(&settling, due - 1.1), "row %zu", i);
		cr_assert_eq(settling_take(&settling, due), rows[i].due > 0, "row %zu", i);
		cr_assert_eq(settling.count, rows[i].left, "row %zu", i);
		settling_finish(&settling);
	}
}

Test(settling, tells_again_of_what_is_written_for_ever)
{
	struct settling settling = {0};
	int told = 0;
	for (int i = 0; i < 1000; i++) {
		double now = i * 0.1;
		settling_note(&settling, 1, "log", W, now);
		if (settling_due(&settling) <= now)
			told += settling_take(&settling, now);
	}
	cr_assert(told >= 9 && told <= 10, "%d", told);
	settling_finish(&settling);
}

Test(settling, has_room_for_everything)
{
	struct settling settling = {0};
	char name[16];
	for (int i = 0; i < 10 * SETTLING_MAX; i++) {
		snprintf(name, sizeof name, "name%d", i);
		settling_note(&settling, i % 3, name, W, 5);
	}
	cr_assert_eq(settling.count, SETTLING_MAX + 1);
	cr_assert_not(settling_take(&settling, 7));
	cr_assert(settling_take(&settling, 15));
	cr_assert_lt(settling_due(&settling), 0);
}

Test(settling, drops_what_is_closed)
{
	struct settling settling = {0};
	settling_note(&settling, 1, "a", C, 5);
	settling_note(&settling, 1, "b", W, 5);
	settling_note(&settling, 1, "c", T, 5);
	settling_drop(&settling);
	cr_assert_eq(settling.count, 1);
	cr_assert_str_eq(settling.names[0].name, "b");
	settling_finish(&settling);
}

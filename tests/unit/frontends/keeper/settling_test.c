#include "frontends/keeper/settling.h"

#include <math.h>

#include <criterion/criterion.h>

enum { EVENTS_MAX = 8 };

enum { C, W }; /* closed, or another file; written */

Test(settling, knows_when_changes_have_settled)
{
	static const struct {
		struct {
			const char *name;
			bool is_written;
			double at;
		} events[EVENTS_MAX];
		double due;
	} rows[] = {
		{{{"a", C, 5}}, 5.3},
		{{{"", C, 5}}, 5.3},
		{{{"a", C, 5}, {"a", C, 5.2}}, 5.5},
		{{{"a", C, 5}, {"b", C, 5.2}}, 5.5},
		{{{"a", W, 5}}, 10},
		{{{"a", W, 5}, {"a", C, 7}}, 7.3},
		{{{"a", W, 5}, {"a", W, 6}, {"a", C, 7}}, 7.3},
		{{{"a", W, 5}, {"", C, 7}}, 10},
		{{{"a", W, 5}, {"b", C, 7}}, 10},
		{{{"a", W, 5}, {"b", W, 6}, {"a", C, 7}}, 10},
		{{{"a", W, 5}, {"b", W, 6}, {"a", C, 7}, {"b", C, 8}}, 8.3},
		{{{"a", W, 5}, {"b", W, 6}, {"b", C, 7}, {"a", C, 8}}, 8.3},
		/* However long it goes on. */
		{{{"a", C, 5}, {"a", C, 9.8}}, 10},
		{{{"a", C, 5}, {"a", W, 9}, {"a", C, 9.9}}, 10},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct settling settling = {0};
		for (size_t j = 0; j < EVENTS_MAX && rows[i].events[j].name != NULL; j++)
			settling_note(&settling, rows[i].events[j].name,
				rows[i].events[j].is_written, rows[i].events[j].at);
		double due = settling_due(&settling);
		cr_assert_lt(fabs(due - rows[i].due), 1e-6, "row %zu: %f", i, due);
		cr_assert_not(settling_take(&settling, due - 0.01), "row %zu", i);
		cr_assert(settling_take(&settling, due), "row %zu", i);
		cr_assert(isinf(settling_due(&settling)), "row %zu", i);
		settling_finish(&settling);
	}
}

Test(settling, has_nothing_to_tell_without_a_change)
{
	struct settling settling = {0};
	cr_assert(isinf(settling_due(&settling)));
	cr_assert_not(settling_take(&settling, 1e9));
}

/* Time and again, as it may be done soon. */
Test(settling, tells_again_of_what_goes_on_for_ever)
{
	struct settling settling = {0};
	int told = 0;
	for (int i = 0; i < 1000; i++) {
		settling_note(&settling, "log", W, i * 0.1);
		told += settling_take(&settling, i * 0.1);
	}
	cr_assert(told >= 18 && told <= 20, "%d", told);
	settling_finish(&settling);
}

/* It would hold up every edit beside it. */
Test(settling, waits_only_once_for_a_file_that_stays_open)
{
	struct settling settling = {0};
	settling_note(&settling, "log", W, 5);
	cr_assert(settling_take(&settling, 10));
	settling_note(&settling, "a", C, 20);
	cr_assert(settling_take(&settling, 20.31));
	settling_note(&settling, "log", C, 30);
	cr_assert(settling_take(&settling, 30.31));
}

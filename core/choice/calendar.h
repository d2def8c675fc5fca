/** Which quotes can be a day's, on a wire. */
#ifndef QUOTED_CORE_CHOICE_CALENDAR_H
#define QUOTED_CORE_CHOICE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/choice/render.h"
#include "core/library/library.h"
#include "core/library/selection.h"

/** A quote of the day is short enough for any wire: so many octets and lines at the most, laid out
 * with its attribution and CRLF line ends. */
enum { CALENDAR_BYTES_MAX = 400, CALENDAR_LINES_MAX = 10 };

/** The short quotes that a wire shows, or all of them if none is short. */
struct calendar {
	uint32_t *indices;
	uint32_t count;
	bool only_short;
};

/**
 * Makes the calendar of what \p selection shows of \p library. Its order is that of the files and
 * of the quotes in them, each quote at its first place in a file that is shown: so it depends on
 * nothing but the files that are shown, and wires that show the same files have the same quote on
 * every day.
 */
void calendar_init(struct calendar *calendar, const struct library *library,
	const struct selection *selection);

/** Returns whether a quote of the library can be a day's; \p selection is that of the calendar. */
bool calendar_has(const struct calendar *calendar, const struct library *library,
	const struct selection *selection, uint32_t quote);

/** Returns whether a wire with that fit takes every quote of the day that is short. */
bool calendar_suits(const struct quote_fit *fit);

/** Frees it. */
void calendar_finish(struct calendar *calendar);

#endif

/** Which quotes can be a wire's quote of the day. */
#ifndef QUOTED_CORE_CHOICE_CALENDAR_H
#define QUOTED_CORE_CHOICE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/choice/render.h"
#include "core/library/library.h"
#include "core/library/selection.h"

/** A quote of the day is short enough for any wire: at most this many octets and lines, laid out
 * with its attribution and CRLF line ends. */
enum { CALENDAR_BYTES_MAX = 400, CALENDAR_LINES_MAX = 10 };

/** The short quotes that a wire shows, or all of them if none is short. */
struct calendar {
	uint32_t *indices;
	uint32_t count;
	bool only_short;
};

/**
 * Makes the calendar of what \p selection shows of \p library. It is in the order of the files and
 * of the quotes in them; a quote that several of these files have is at its first place. So the
 * calendar depends only on the files that are shown, and wires that show the same files have the
 * same quote every day.
 */
void calendar_init(struct calendar *calendar, const struct library *library,
	const struct selection *selection);

/** Returns whether \p quote can be a quote of the day; \p selection must be the calendar's. */
bool calendar_has(const struct calendar *calendar, const struct library *library,
	const struct selection *selection, uint32_t quote);

/** Returns whether every short quote of the day fits a wire with \p fit. */
bool calendar_suits(const struct quote_fit *fit);

/** Frees the calendar. */
void calendar_finish(struct calendar *calendar);

#endif

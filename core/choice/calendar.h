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

/**
 * Returns the calendar of what \p selection shows of \p library, the caller's to free: the indices
 * of the short quotes, or of all if none is short. It is in the order of the files and of the
 * quotes in them; a quote that several of these files have is at its first place. So the calendar
 * depends only on the files that are shown, and wires that show the same files have the same quote
 * every day.
 */
uint32_t *calendar_make(
	const struct library *library, const struct selection *selection, uint32_t *ret_count);

/** Returns whether \p quote is in the \p calendar of what \p selection shows. */
bool calendar_has(const uint32_t *calendar, const struct library *library,
	const struct selection *selection, uint32_t quote);

/** Returns whether every short quote of the day fits a wire with \p fit. */
bool calendar_suits(const struct quote_fit *fit);

#endif

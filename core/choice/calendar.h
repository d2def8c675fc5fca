/** Which quotes can be a day's: one calendar for all wires that can share one. */
#ifndef QUOTED_CORE_CHOICE_CALENDAR_H
#define QUOTED_CORE_CHOICE_CALENDAR_H

#include <stdint.h>

#include "core/choice/quote_wire.h"
#include "core/library/library.h"
#include "core/library/selection.h"

/** The quotes that some wires all show, ascending. */
struct calendar {
	uint32_t *indices;
	uint32_t count;
};

/** The calendars of all wires; all zero is none yet. */
struct calendars {
	struct calendar *items;
	size_t count;
	size_t *of_wire; /* of each wire: its calendar */
};

/**
 * Makes the calendars of \p wires, which show \p selections of \p library: wires share one as long
 * as there are files that they all show, the first wires first and nobody's last, and it has the
 * quotes in these that fit every one of them. So what one wire shows alone is not its quote of the
 * day.
 */
void calendar_make(struct calendars *calendars, const struct library *library,
	const struct selection *selections, const struct quote_wires *wires);

/** Returns whether a quote is in it. */
bool calendar_has(const struct calendar *calendar, uint32_t quote);

/** Frees them; there is none afterwards. */
void calendar_finish(struct calendars *calendars);

#endif

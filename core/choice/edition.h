/** A library made ready for the wires that serve it: loaded and measured away from the loop, then
 * put in place of the one before at once. */
#ifndef QUOTED_CORE_CHOICE_EDITION_H
#define QUOTED_CORE_CHOICE_EDITION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/choice/calendar.h"
#include "core/choice/quote_round.h"
#include "core/choice/quote_views.h"
#include "core/choice/quote_wire.h"
#include "core/library/library.h"
#include "core/library/selection.h"

/** Used by one thread at a time. */
struct edition {
	struct library *library; /* a reference */
	size_t wire_count;
	struct selection *selections; /* of each wire */
	struct quote_views *views;    /* of each wire */
	struct quote_round *rounds;   /* of each wire */
	struct calendars calendars;   /* made when the first is asked for */
};

/**
 * Makes \p library ready; takes over the caller's reference, on failure too. Returns NULL with
 * "collections: ..." where a wire shows a collection that is not in the library.
 */
struct edition *edition_create(
	struct library *library, const struct quote_wires *wires, struct error *reterr);

/** Adds a wire behind those there are. Returns false, with nothing changed, as edition_create(). */
bool edition_add_wire(struct edition *edition, const struct quote_wire *wire, struct error *reterr);

/** Returns what can be drawn on a wire for \p key. Measures every quote the first time. */
struct quote_view *edition_view(
	struct edition *edition, unsigned wire, const struct quote_view_key *key);

/** Returns the calendars of all wires. Measures every quote the first time. */
const struct calendars *edition_calendars(struct edition *edition, const struct quote_wires *wires);

/** Returns the calendar of a wire, as edition_calendars(). */
const struct calendar *edition_calendar(
	struct edition *edition, const struct quote_wires *wires, unsigned wire);

/** Frees it; NULL is a no-op. */
void edition_destroy(struct edition *edition);

#endif

/** A library prepared for the wires that show it. A reload prepares one on a thread of its own, and
 * the loop then swaps it in at once. */
#ifndef QUOTED_CORE_CHOICE_EDITION_H
#define QUOTED_CORE_CHOICE_EDITION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/choice/catalogue.h"
#include "core/choice/quote_view.h"
#include "core/choice/quote_wire.h"
#include "core/library/library.h"
#include "core/library/selection.h"

/** What one wire shows. */
struct edition_wire {
	struct selection selection;
	uint32_t *calendar; /* see calendar_make() */
	uint32_t calendar_count;
	bool shares_calendar;       /* it belongs to an earlier wire that shows the same */
	struct catalogue catalogue; /* empty unless the wire is browsed */
	struct quote_view *views;   /* one for each fit that is prepared */
	size_t view_count;
};

/** Once it is served, only the rounds of its views change; during set-up, wires and views are
 * added. */
struct edition {
	struct library *library; /* a reference */
	struct edition_wire *wires;
	size_t wire_count;
};

/**
 * Prepares \p library, whose reference it takes over even on failure, for \p count wires. Lays out
 * every quote for every fit that they have prepared, and blocks as long as that takes. Returns NULL
 * with "collections: ..." if a wire shows a collection or file that is not in the library, or with
 * "quotes: ..." soon after \p cancel (may be NULL) becomes true.
 */
struct edition *edition_create(struct library *library, const struct quote_wire *wires,
	size_t count, const atomic_bool *cancel, struct error *reterr);

/** Adds a wire after the others. Returns false with "collections: ...", and nothing changed, if it
 * shows an unknown collection or file. */
bool edition_add_wire(struct edition *edition, const struct quote_wire *wire, struct error *reterr);

/** Makes the catalogue of a wire that has none yet. */
void edition_add_catalogue(struct edition *edition, size_t wire);

/** Adds a view of what fits after the others of a wire. */
void edition_add_view(struct edition *edition, size_t wire, const struct quote_fit *fit);

/** Appends to \p warnings a sentence on each of its wires that no quote fits, and on each that is
 * too narrow for some quotes of the day. */
void edition_check(
	const struct edition *edition, const struct quote_wire *wires, struct strings *warnings);

/** Frees the edition and drops its reference to the library; NULL is a no-op. */
void edition_destroy(struct edition *edition);

#endif

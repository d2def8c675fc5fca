/** A library made ready for the wires that serve it: loaded and measured away from the loop, then
 * put in place of the one before at once. */
#ifndef QUOTED_CORE_CHOICE_EDITION_H
#define QUOTED_CORE_CHOICE_EDITION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/choice/calendar.h"
#include "core/choice/quote_view.h"
#include "core/choice/quote_wire.h"
#include "core/library/library.h"
#include "core/library/selection.h"

/** What one wire shows. */
struct edition_wire {
	struct selection selection;
	struct calendar calendar;
	bool shares_calendar;     /* it is an earlier wire's, which shows the same */
	struct quote_view *views; /* of each request of the wire */
	size_t view_count;
};

/** Never changes once it is served. */
struct edition {
	struct library *library; /* a reference */
	struct edition_wire *wires;
	size_t wire_count;
};

/**
 * Makes \p library ready; takes over the caller's reference, on failure too. Lays out every quote
 * for every request of the wires: blocks as long as that takes. Returns NULL with "collections:
 * ..." if a wire shows a collection that is not in the library, or once \p cancel (may be NULL) is
 * true.
 */
struct edition *edition_create(struct library *library, const struct quote_wires *wires,
	const atomic_bool *cancel, struct error *reterr);

/** Adds a wire behind those there are. Returns false, with nothing changed, as edition_create(). */
bool edition_add_wire(struct edition *edition, const struct quote_wire *wire, struct error *reterr);

/** Adds the view of a request behind those of its wire. */
void edition_add_view(struct edition *edition, const struct quote_request *request);

/** Frees it; NULL is a no-op. */
void edition_destroy(struct edition *edition);

#endif

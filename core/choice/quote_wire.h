/** The wires that show quotes, and their requests. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_WIRE_H
#define QUOTED_CORE_CHOICE_QUOTE_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/strings.h"
#include "core/choice/quote_filter.h"
#include "core/choice/render.h"

/** What is asked for. All zero: any quote that is not private. */
struct quote_request {
	struct quote_fit fit;
	struct quote_filter filter;
	unsigned wire; /* from quoter_add_wire(); 0: no front end, and all that is not private */
};

/** A wire and what it shows. The strings are borrowed. */
struct quote_wire {
	const char *name;                  /* "irc.libera" */
	const struct strings *collections; /* shown there; empty: all that are not private; NULL:
					      nothing */
	bool browsed;                      /* it has a catalogue; see quoter_browse() */
	bool no_repeat;                    /* a random quote comes again only after all others */
	struct quote_fit fit;              /* what every quote shown there must fit */
	struct quote_request *requests;    /* owned by the quoter: those of quoter_prepare() */
	size_t request_count;
};

/** All wires; at least one. */
struct quote_wires {
	struct quote_wire *items;
	size_t count;
};

#endif

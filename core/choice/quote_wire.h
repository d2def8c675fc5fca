/** Where quotes are shown, and what is asked there. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_WIRE_H
#define QUOTED_CORE_CHOICE_QUOTE_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/strings.h"
#include "core/choice/quote_filter.h"
#include "core/choice/render.h"

/** What a wire asks for. All 0: any quote that is not private. */
struct quote_request {
	struct quote_fit fit;
	struct quote_filter filter;
	unsigned wire; /* of quoter_add_wire(); 0: no front end's, everything that is not private */
};

/** One wire and what it shows. */
struct quote_wire {
	const char *name;                  /* "irc.libera" */
	const struct strings *collections; /* shown there; empty: all that are not private */
	bool no_repeat;                    /* random quotes come again only after all others */
	struct quote_fit fit;              /* what every quote that is shown there must fit */
	struct quote_request *requests;    /* the quoter's: those that quoter_prepare() was told */
	size_t request_count;
};

/** All wires; at least one. */
struct quote_wires {
	struct quote_wire *items;
	size_t count;
};

#endif

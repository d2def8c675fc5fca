/** Where quotes are shown. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_WIRE_H
#define QUOTED_CORE_CHOICE_QUOTE_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/strings.h"
#include "core/choice/render.h"

/** One wire and what it shows. */
struct quote_wire {
	const char *name;                  /* "irc.libera" */
	const struct strings *collections; /* shown there; empty: all that are not private */
	bool no_repeat;                    /* random quotes come again only after all others */
	bool apart;                        /* its quote of the day is nobody else's */
	struct quote_fit fit;              /* what today's quote must fit to be shown there */
};

/** All wires; at least one. */
struct quote_wires {
	struct quote_wire *items;
	size_t count;
};

#endif

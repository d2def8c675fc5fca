/** A wire that shows quotes. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_WIRE_H
#define QUOTED_CORE_CHOICE_QUOTE_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/strings.h"
#include "core/choice/render.h"

/** A wire and what it shows. The strings are borrowed. */
struct quote_wire {
	const char *name;                  /* "irc.libera" */
	const struct strings *collections; /* shown there; empty: all that are not private; NULL:
					      nothing */
	bool browsed;                      /* it has a catalogue; see quoter_browse() */
	bool no_repeat;                    /* a random quote comes again only after all others */
	struct quote_fit fit;              /* what every quote shown there must fit */
	struct quote_fit *prepared;        /* owned by the quoter: those of quoter_prepare() */
	size_t prepared_count;
};

#endif

/** What a kind of source of quotes implements; quoter.c holds the table of kinds. */
#ifndef QUOTED_CORE_SOURCE_H
#define QUOTED_CORE_SOURCE_H

#include <stdbool.h>

#include "core/error.h"
#include "core/quote_store.h"
#include "core/strings.h"

/** One kind of source: what a spec starts with, and how it is loaded. */
struct source_ops {
	const char *scheme; /* with its colon, as a spec starts */

	/**
	 * Adds the quotes of \p name, the spec after its scheme; a sentence to \p warnings for each
	 * thing passed over. Returns false with a reason where \p name itself is no use.
	 */
	bool (*load)(const char *name, struct quote_store *store, struct strings *warnings,
		struct error *reterr);
};

#endif

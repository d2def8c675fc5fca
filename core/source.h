/** What a kind of source of quotes implements; library.c holds the table of kinds. */
#ifndef QUOTED_CORE_SOURCE_H
#define QUOTED_CORE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/collection.h"
#include "core/error.h"
#include "core/library.h"
#include "core/strings.h"

/** One kind of source: what a spec starts with, and how it is loaded. */
struct source_ops {
	const char *scheme; /* with its colon, as a spec starts */

	/**
	 * Adds the quotes of \p name, the spec after its scheme, to the library; a sentence to
	 * \p warnings for each thing passed over. Returns false with a reason where \p name itself
	 * is no use.
	 */
	bool (*load)(const char *name, const struct collection_options *options,
		struct library *library, struct strings *warnings, struct error *reterr);

	/** As library_look() for one source, unsorted: returns \p mark mixed with the state of its
	 * files. NULL: it has no files. */
	uint64_t (*look)(const char *name, const struct collection_options *options, uint64_t mark,
		struct strings *ret_watched);
};

/** Returns the source of \p spec and in \p ret_name what follows its scheme; NULL with a reason
 * where there is none. */
const struct source_ops *source_find(const char *spec, const char **ret_name, struct error *reterr);

#endif

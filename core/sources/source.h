/** What a kind of source of quotes implements; source.c has the table of kinds. */
#ifndef QUOTED_CORE_SOURCES_SOURCE_H
#define QUOTED_CORE_SOURCES_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/library/collection.h"
#include "core/sources/loader.h"

/** One kind of source: what a spec starts with, and how it is loaded. */
struct source_ops {
	const char *scheme; /* with its colon, as a spec starts */

	/**
	 * Adds the quotes of \p name, the spec after its scheme, to the loader's library and a
	 * sentence to its warnings for each thing passed over. Returns false with a reason if \p
	 * name itself is no use.
	 */
	bool (*load)(const char *name, struct loader *loader, struct error *reterr);

	/** As loader_look() for one source, unsorted: returns \p mark mixed with the state of its
	 * files. NULL: it has no files. */
	uint64_t (*look)(const char *name, const struct collection_options *options, uint64_t mark,
		struct strings *ret_watched);
};

/** Returns the source of \p spec and in \p ret_name what follows its scheme; NULL with a reason
 * where there is none. */
const struct source_ops *source_find(const char *spec, const char **ret_name, struct error *reterr);

#endif

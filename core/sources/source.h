/** The kinds of sources; source.c has the table. */
#ifndef QUOTED_CORE_SOURCES_SOURCE_H
#define QUOTED_CORE_SOURCES_SOURCE_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/sources/loader.h"

/**
 * Adds the quotes of \p name, a spec after its scheme, to the loader's library, and to its warnings
 * a sentence for each thing that was skipped; looks at its files first, and does no more if
 * loader->only_looks. Returns false with a reason if \p name itself is malformed or cannot be read,
 * or if a file was lost (see struct loader).
 */
typedef bool source_load(const char *name, struct loader *loader, struct error *reterr);

/** Returns the function that loads the kind of source that \p spec names, and in \p ret_name the
 * rest of \p spec, after the scheme. Returns NULL with a reason if there is no such kind. */
source_load *source_find(const char *spec, const char **ret_name, struct error *reterr);

#endif

/** Removes duplicate quotes once all are loaded. */
#ifndef QUOTED_CORE_LIBRARY_LIBRARY_WEED_H
#define QUOTED_CORE_LIBRARY_LIBRARY_WEED_H

#include "core/base/strings.h"
#include "core/library/library.h"

/**
 * Indexes the quotes of \p library by id and former id, and keeps only the first of equal ones;
 * other files that held one get a share of it. Its tags are those of the first that has any. If two
 * different texts have the same id, the later one is left out, with a sentence in \p warnings.
 */
void library_weed(struct library *library, struct strings *warnings);

#endif

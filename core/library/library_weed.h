/** Takes out the quotes that are there twice, once all are loaded. */
#ifndef QUOTED_CORE_LIBRARY_LIBRARY_WEED_H
#define QUOTED_CORE_LIBRARY_LIBRARY_WEED_H

#include "core/base/strings.h"
#include "core/library/library.h"

/**
 * Indexes the quotes of \p library by id and keeps the first of those that are the same; the files
 * that held the others share it from then on. Of two texts with one id the later is left out, with
 * a sentence in \p warnings.
 */
void library_weed(struct library *library, struct strings *warnings);

#endif

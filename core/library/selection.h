/** Which files and commands of a library a wire shows. */
#ifndef QUOTED_CORE_LIBRARY_SELECTION_H
#define QUOTED_CORE_LIBRARY_SELECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/library/library.h"

/** All zero selects nothing. */
struct selection {
	unsigned char *files;    /* one octet per file of the library: not 0 if it is shown */
	unsigned char *commands; /* one octet per collection: not 0 if its command is shown */
};

/**
 * Selects what \p names name: collections and, if there is none of that name, files, either as
 * "file", if their collection is not private, or as "collection/file". An empty list selects
 * everything that is not private, NULL nothing. Returns false with "collections: ..." and nothing
 * to free if a name is unknown.
 */
bool selection_init(struct selection *selection, const struct library *library,
	const struct strings *names, struct error *reterr);

/** Returns whether a selected file has \p quote, also by a share. */
bool selection_has(
	const struct selection *selection, const struct library *library, uint32_t quote);

/** Finds a quote of the selected files whose id is from \p first to \p last. Returns how many there
 * are: 0, 1, or 2 for more. */
int selection_find(const struct selection *selection, const struct library *library, uint64_t first,
	uint64_t last, struct quote *ret_quote);

/** Frees the selection; it selects nothing afterwards. */
void selection_finish(struct selection *selection);

#endif

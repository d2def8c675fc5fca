/** Which files of a library somebody is shown. */
#ifndef QUOTED_CORE_LIBRARY_SELECTION_H
#define QUOTED_CORE_LIBRARY_SELECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/library/library.h"

/** All zero is nothing. */
struct selection {
	unsigned char *files;    /* of each file of the library: not 0 where it is shown */
	unsigned char *commands; /* of each collection: not 0 where its command is */
};

/**
 * Selects what \p names name: collections, else files, as "file" where they are not private or as
 * "collection/file"; without names everything that is not private. Returns false with "collections:
 * ..." where a name is unknown.
 */
bool selection_init(struct selection *selection, const struct library *library,
	const struct strings *names, struct error *reterr);

/** Returns whether a quote is in one of the files. */
bool selection_has(
	const struct selection *selection, const struct library *library, uint32_t quote);

/** Frees it; it is nothing afterwards. */
void selection_finish(struct selection *selection);

#endif

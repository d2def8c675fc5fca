/** Finds quotes by id, in constant time on average. */
#ifndef QUOTED_CORE_LIBRARY_ID_INDEX_H
#define QUOTED_CORE_LIBRARY_ID_INDEX_H

#include <stdint.h>

#include "core/library/quote_store.h"

/** The quotes of a store in the order of their ids; 6 to 8 octets per quote. All zero is empty. */
struct id_index {
	uint32_t *order;  /* indices into the store, sorted by id, then by index */
	uint32_t *starts; /* where the ids with given upper bits begin; ids are uniform, so each has
			     few */
	uint32_t count;
	unsigned bits;
};

/** Fills an empty index with the quotes of \p store, which must not change while it is in use. */
void id_index_build(struct id_index *index, const struct quote_store *store);

/** Returns the position in index->order of the first id that is not below \p id (60 bits, or 2^60),
 * or index->count if all are below. */
uint32_t id_index_position(
	const struct id_index *index, const struct quote_store *store, uint64_t id);

/** Returns how many letters of \p id, at least 4, tell it apart from every other id. */
int id_index_prefix(const struct id_index *index, const struct quote_store *store, uint64_t id);

/** Frees it; it is empty afterwards. */
void id_index_finish(struct id_index *index);

#endif

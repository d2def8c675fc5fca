/** Finds quotes by their id, in constant time. */
#ifndef QUOTED_CORE_LIBRARY_ID_INDEX_H
#define QUOTED_CORE_LIBRARY_ID_INDEX_H

#include <stdint.h>

#include "core/library/quote_store.h"

/** The quotes of a store in the order of their ids; 4 to 8 octets a quote. All zero is empty. */
struct id_index {
	uint32_t *order;  /* indices into the store, by id, those of one id by index */
	uint32_t *starts; /* of the ids whose upper bits are this: ids are uniform, so there are few
			   */
	uint32_t count;
	unsigned bits;
};

/** Fills an empty index with all of \p store, which does not change while the index is used. */
void id_index_build(struct id_index *index, const struct quote_store *store);

/**
 * Returns the position in the order of the first id that is not below \p id; index->count where
 * all are.
 */
uint32_t id_index_position(
	const struct id_index *index, const struct quote_store *store, uint64_t id);

/** Frees it; it is empty afterwards. */
void id_index_finish(struct id_index *index);

#endif

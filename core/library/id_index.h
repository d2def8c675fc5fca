/** Finds quotes by id, in constant time on average. */
#ifndef QUOTED_CORE_LIBRARY_ID_INDEX_H
#define QUOTED_CORE_LIBRARY_ID_INDEX_H

#include <stdint.h>

#include "core/library/quote_store.h"

/** Indexes the quotes of \p store, again if it has an index. They must not change while that is in
 * use. */
void id_index_build(struct quote_store *store);

/** Returns the position in store->order of the first id that is not below \p id (60 bits, or 2^60),
 * or store->count if all are below or there is no index. */
uint32_t id_index_position(const struct quote_store *store, uint64_t id);

/** Returns how many letters of \p id, at least 4, tell it apart from every other id; \p store must
 * have an index. */
int id_index_prefix(const struct quote_store *store, uint64_t id);

#endif

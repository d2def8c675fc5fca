/** All quotes in memory: their texts end to end, a small record for each, and their order by id. */
#ifndef QUOTED_CORE_LIBRARY_QUOTE_STORE_H
#define QUOTED_CORE_LIBRARY_QUOTE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/library/quote.h"

/** Where a quote is in the texts: 32 octets per quote in addition to its text and NUL. */
struct stored_quote {
	uint64_t id;
	uint64_t offset;
	uint32_t length;
	uint32_t body_length;
	uint32_t author; /* from the start of the quote; 0: none */
	uint32_t author_length;
};

/** All zero is empty. */
struct quote_store {
	struct buffer texts;
	struct stored_quote *quotes;
	uint32_t count;
	uint32_t capacity;
	/* Made by id_index_build(), 6 to 8 octets per quote: */
	uint32_t *order;  /* indices of the quotes, sorted by id, then by index */
	uint32_t *starts; /* where the ids with given upper bits begin; ids are uniform, so each has
			     few */
	unsigned bits;
};

/** Adds a copy of \p text, which must be as struct quote requires, with its attribution and id.
 * Returns false if it is longer than 2^32 - 1 octets or there are 2^32 - 1 quotes already. */
bool quote_store_add(struct quote_store *store, const char *text, size_t length);

/** Adds \p count quotes to a store that has no others; nothing is known of them, and they take no
 * memory. Such a store can only be counted. Returns false if there would be more than 2^32 - 1
 * quotes. */
bool quote_store_add_unread(struct quote_store *store, size_t count);

/** Returns the quote at \p index, without language and tags; the view is valid until the store
 * changes. */
struct quote quote_store_get(const struct quote_store *store, uint32_t index);

/** Removes the quotes whose octet in \p removed is not 0. Later ones move down; the order stays. */
void quote_store_remove(struct quote_store *store, const unsigned char *removed);

/** Removes the quotes from index \p count on. */
void quote_store_cut(struct quote_store *store, uint32_t count);

/** Releases memory that was reserved for more quotes. */
void quote_store_trim(struct quote_store *store);

/** Frees everything; the store is empty afterwards. */
void quote_store_finish(struct quote_store *store);

#endif

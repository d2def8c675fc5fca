/** All quotes in memory: their texts end to end, and a few octets on each. */
#ifndef QUOTED_CORE_LIBRARY_QUOTE_STORE_H
#define QUOTED_CORE_LIBRARY_QUOTE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/library/quote.h"

/** Where a quote lies in the texts; 32 octets a quote beside its text and NUL. */
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
};

/**
 * Adds a copy of \p text, which satisfies the contract of struct quote, finds its attribution and
 * its id. Returns false where it is over 4 GiB long or there are 2^32 - 1 quotes already.
 */
bool quote_store_add(struct quote_store *store, const char *text, size_t length);

/** Returns the quote with that index; the view holds until the next quote_store_add. */
struct quote quote_store_get(const struct quote_store *store, uint32_t index);

/**
 * Takes out the quotes whose octet in \p removed is not 0 and closes the gaps; indices move, the
 * order stays.
 */
void quote_store_remove(struct quote_store *store, const unsigned char *removed);

/** Takes out the quotes from index \p count on. */
void quote_store_cut(struct quote_store *store, uint32_t count);

/** Gives back the memory that was reserved for quotes to come. */
void quote_store_trim(struct quote_store *store);

/** Frees everything; it is empty afterwards. */
void quote_store_finish(struct quote_store *store);

#endif

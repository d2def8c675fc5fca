/** The tags of those quotes that have any. */
#ifndef QUOTED_CORE_LIBRARY_TAG_STORE_H
#define QUOTED_CORE_LIBRARY_TAG_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"

/** Where the tags of a quote are in the texts. */
struct tag_row {
	uint64_t id; /* of the quote, see quote_id.h */
	size_t offset;
};

/** All zero is empty; 16 octets per quote with tags, in addition to these and a NUL. */
struct tag_store {
	struct buffer texts;
	struct tag_row *rows;
	size_t count; /* of quotes */
};

/** Adds \p tags, as struct quote has them, of the quote with \p id. */
void tag_store_add(struct tag_store *store, const char *tags, uint64_t id);

/** Removes the quotes from number \p count on; not once they are sorted. */
void tag_store_cut(struct tag_store *store, size_t count);

/** Prepares for tag_store_find(), once all are added. */
void tag_store_sort(struct tag_store *store);

/** Returns the tags of the quote with \p id, those added first if there are several, or NULL; in
 * logarithmic time. Borrowed. */
const char *tag_store_find(const struct tag_store *store, uint64_t id);

/** Returns the tag that \p tags, as struct quote has them, begin with, and its length, and moves
 * them behind it; NULL if there is none. It does not end in NUL. */
const char *tag_store_next(const char **tags, size_t *ret_length);

/** Frees everything; the store is empty afterwards. */
void tag_store_finish(struct tag_store *store);

#endif

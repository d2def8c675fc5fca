/** The ids that quotes had in another program, so that they are still found by them. */
#ifndef QUOTED_CORE_LIBRARY_FORMER_IDS_H
#define QUOTED_CORE_LIBRARY_FORMER_IDS_H

#include <stddef.h>
#include <stdint.h>

/** A former id, by its hash, and the quote that had it. */
struct former_id {
	uint64_t hash;
	uint64_t id; /* of the quote, see quote_id.h */
	size_t order;
};

/** All zero is empty; 24 octets per former id. */
struct former_ids {
	struct former_id *items;
	size_t count;
};

/** Adds the former id \p text, \p length octets, of the quote with \p id. */
void former_ids_add(struct former_ids *ids, const char *text, size_t length, uint64_t id);

/** Prepares for former_ids_find(), once all are added. */
void former_ids_sort(struct former_ids *ids);

/** Returns the quotes that had the former id \p text, in the order in which they were added, and
 * their number; borrowed. */
const struct former_id *former_ids_find(
	const struct former_ids *ids, const char *text, size_t *ret_count);

/** Frees it; it is empty afterwards. */
void former_ids_finish(struct former_ids *ids);

#endif

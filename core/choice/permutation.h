/** Permutations that need no memory, as they are computed from a key. Pure. */
#ifndef QUOTED_CORE_CHOICE_PERMUTATION_H
#define QUOTED_CORE_CHOICE_PERMUTATION_H

#include <stdint.h>

/** Returns the item at \p position, below \p count, in the permutation of the items 0 to count - 1
 * that belongs to \p key. Takes about the same time for any count. */
uint32_t permutation_at(uint64_t key, uint32_t count, uint32_t position);

/**
 * Returns the item, below \p count (at least 1), that is due on \p day in the calendar of \p key.
 *
 * Let 2^k be the largest power of two up to count. No item comes twice in a cycle, the 2^k days
 * from a multiple of 2^k on, and every item comes in the two cycles from a multiple of 2^(k+1) on.
 * An item that is appended takes one day in 2^(k+1), and no other day changes, whatever the count
 * was (as a table grows in linear hashing, Litwin 1980).
 */
uint32_t permutation_due(uint64_t key, uint32_t count, int64_t day);

#endif

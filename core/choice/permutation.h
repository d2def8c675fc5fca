/** Orders that need no memory: a key and a number give the place of each item. Pure. */
#ifndef QUOTED_CORE_CHOICE_PERMUTATION_H
#define QUOTED_CORE_CHOICE_PERMUTATION_H

#include <stdint.h>

/**
 * Returns the item at \p position, below \p count, in the order that belongs to \p key: every item
 * from 0 to count - 1 stands at one position. Takes about the same time for any count.
 */
uint32_t permutation_at(uint64_t key, uint32_t count, uint32_t position);

/**
 * Returns the item, below \p count (at least 1), that is due on \p day in the calendar of \p key.
 *
 * With 2^k the largest power of two up to count: each run of 2^k days that starts at a multiple of
 * it, a cycle, shows no item twice, and two cycles from a multiple of 2^(k+1) show every item. An
 * item that is appended takes one day in 2^(k+1) or 2^(k+2) for itself, and no other day changes,
 * whatever the count was (as a table grows in linear hashing, Litwin 1980).
 */
uint32_t permutation_due(uint64_t key, uint32_t count, int64_t day);

#endif

/** "Did you mean ...?" */
#ifndef QUOTED_CORE_BASE_SUGGEST_H
#define QUOTED_CORE_BASE_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

/** The candidate that a word most likely stands for. Set the word, and offer all candidates. */
struct suggestion {
	const char *word;
	const char *nearest; /* borrowed; NULL: none is close */
	size_t distance;     /* how many octets of it differ */
};

/**
 * Takes \p candidate if it is closer than those before; returns whether it is. One octet in three
 * of the word, and one in a word of two, may be missing, added, wrong or swapped with its
 * neighbour. A word of one octet has no match, nor has a word or candidate of more than 63.
 */
bool suggest_offer(struct suggestion *suggestion, const char *candidate);

/** Offers each candidate, and returns the nearest or NULL. */
const char *suggest_nearest(const char *word, const char *const *candidates, size_t count);

#endif

/** "Did you mean ...?" */
#ifndef QUOTED_CORE_BASE_SUGGEST_H
#define QUOTED_CORE_BASE_SUGGEST_H

#include <stddef.h>

/**
 * Returns the candidate that \p word most likely stands for, or NULL if none is close. One octet in
 * three of \p word, and one in a word of two, may be missing, added, wrong or swapped with its
 * neighbour. Of equally close candidates the first wins. A word of one octet has no match, nor has
 * a word or candidate of more than 63.
 */
const char *suggest_nearest(const char *word, const char *const *candidates, size_t count);

#endif

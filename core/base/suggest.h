/** "Did you mean ...?" */
#ifndef QUOTED_CORE_BASE_SUGGEST_H
#define QUOTED_CORE_BASE_SUGGEST_H

#include <stddef.h>

/**
 * Returns that candidate which \p word was most likely meant to be, or NULL where none is near: at
 * most one letter in three may be added, left out, replaced or exchanged with its neighbour, and
 * one in any word of two letters or more. The first of equals wins. Words over 63 octets are near
 * none.
 */
const char *suggest_nearest(const char *word, const char *const *candidates, size_t count);

#endif

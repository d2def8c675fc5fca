/** Finds the quotes that a query could match, so that an index for one query can leave out the
 * rest. Pure. */
#ifndef QUOTED_CORE_SEARCH_SEARCH_CANDIDATES_H
#define QUOTED_CORE_SEARCH_SEARCH_CANDIDATES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/library/library.h"

/**
 * Sets to 1 the octet in \p ret_candidates, one for each quote of \p library and 0 at first, of
 * each quote that the valid \p query can match; it may set more, but never fewer. A quote must
 * have the letters of each word of the query in its text as it is indexed, those after "author:" in
 * its author. Folding all texts would take longer than the rest, so text between two blanks is
 * folded only if it has a character other than ASCII that can belong to an ASCII word (see below).
 * A query without words, such as "-x", can match every quote. Returns false soon after \p cancel
 * (may be NULL) becomes true.
 */
bool search_candidates_find(const struct library *library, const char *query,
	const atomic_bool *cancel, unsigned char *ret_candidates);

/** Returns whether a code point, wherever it stands, neither becomes an ASCII letter or digit by
 * utf8_fold() nor disappears, so that no ASCII word of a folded text goes through it. False if that
 * is not known. */
bool search_candidates_is_apart(unsigned code_point);

/** Returns whether a code point, if an ASCII letter or digit stands right before it, gives no ASCII
 * letter or digit that begins another word in the folded text. False if that is not known. */
bool search_candidates_is_joined(unsigned code_point);

#endif

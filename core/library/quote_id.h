/** The id of a quote: made from its text alone, and the same on every wire. Pure. */
#ifndef QUOTED_CORE_LIBRARY_QUOTE_ID_H
#define QUOTED_CORE_LIBRARY_QUOTE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	QUOTE_ID_BITS = 60,
	QUOTE_ID_LENGTH = 12,    /* letters of a whole id */
	QUOTE_ID_PREFIX_MIN = 4, /* letters of the shortest prefix that is accepted */
};

/** Returns the id of a cleaned text: the upper 60 bits of its XXH3 hash. It depends on nothing but
 * the text. */
uint64_t quote_id_of(const char *text, size_t length);

/** Writes \p id as 12 letters and digits (Crockford's base 32, lower case: no i, l, o, u). */
void quote_id_format(uint64_t id, char ret_text[QUOTE_ID_LENGTH + 1]);

/**
 * Reads an id or a prefix of 4 letters or more, in either case, with i and l read as 1 and o as 0.
 * The ids that begin with it are those from \p ret_first to \p ret_last. Returns false if \p text
 * is anything else.
 */
bool quote_id_parse(const char *text, uint64_t *ret_first, uint64_t *ret_last);

/** Returns how many leading letters two ids have in common. */
int quote_id_common(uint64_t left, uint64_t right);

#endif

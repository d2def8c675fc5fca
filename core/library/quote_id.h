/** The name of a quote on every wire: made from its text alone. Pure. */
#ifndef QUOTED_CORE_LIBRARY_QUOTE_ID_H
#define QUOTED_CORE_LIBRARY_QUOTE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	QUOTE_ID_BITS = 60,
	QUOTE_ID_LENGTH = 12,    /* letters of a whole id */
	QUOTE_ID_PREFIX_MIN = 4, /* letters of the shortest one that is taken */
};

/**
 * Returns the id of a cleaned text: the upper 60 bits of its XXH3 hash. The same text has the same
 * id in every file, order, version and place.
 */
uint64_t quote_id_of(const char *text, size_t length);

/** Writes \p id as 12 letters and digits (Crockford's base 32, lower case: no i, l, o, u). */
void quote_id_format(uint64_t id, char ret_text[QUOTE_ID_LENGTH + 1]);

/**
 * Reads 4 to 12 letters of an id, in any case, with i and l for 1 and o for 0; \p ret_first and
 * \p ret_last are the ids that begin so. Returns false where the text is something else.
 */
bool quote_id_parse(const char *text, uint64_t *ret_first, uint64_t *ret_last);

/** Returns how many letters two ids have in common from the start. */
int quote_id_common(uint64_t left, uint64_t right);

#endif

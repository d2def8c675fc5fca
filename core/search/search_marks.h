/** Which parts of a quote a query found. Pure. */
#ifndef QUOTED_CORE_SEARCH_SEARCH_MARKS_H
#define QUOTED_CORE_SEARCH_SEARCH_MARKS_H

#include <stddef.h>

#include "core/library/quote.h"

/** A part of a text, in octets: whole grapheme clusters. */
struct search_mark {
	size_t start;
	size_t length;
};

/** Parts in the order of the text; they do not overlap. All zero is none. */
struct search_marks {
	struct search_mark *items;
	size_t count;
};

/**
 * Finds the words and phrases of the valid \p query in \p quote, as a search does: folded, words
 * as they are indexed, the whole of a word that "word*" finds, and "author:" in the author alone.
 * Terms that follow a "-" and those that name a place have no marks. Takes time in proportion to
 * the length of the text.
 */
void search_marks_find(
	const char *query, const struct quote *quote, struct search_marks *ret_marks);

/** Frees them; there are none afterwards. */
void search_marks_finish(struct search_marks *marks);

#endif

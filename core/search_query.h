/** The one grammar of searches, on every wire. Pure. */
#ifndef QUOTED_CORE_SEARCH_QUERY_H
#define QUOTED_CORE_SEARCH_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"
#include "core/error.h"

enum {
	SEARCH_QUERY_BYTES_MAX = 256,
	SEARCH_QUERY_TERMS_MAX = 16,
};

/**
 * Appends to \p out what \p query asks for, as a MATCH expression of SQLite's FTS5 over the columns
 * text, author and tags, which is never a syntax error:
 *
 *   word  "some words"  prefix*  -not  author:name  author:"some name"  in:collection
 *
 * A quote has to match all; -, before any of them, means that it must not. Text of Chinese,
 * Japanese and Korean is found by any part of it. \p collections, \p count of them (0: all), are
 * those that may be found. Returns false with a sentence for the person who asked.
 */
bool search_query_compile(const char *query, const char *const *collections, size_t count,
	struct buffer *out, struct error *reterr);

/** Appends UTF-8 text as it is indexed: with blanks around each character of Chinese, Japanese and
 * Korean. */
void search_query_segment(const char *text, size_t length, struct buffer *out);

/** Appends the tag of a collection's name, a word of its own; case does not matter. */
void search_query_tag(const char *name, size_t length, struct buffer *out);

/** The tag that every quote has. */
extern const char search_query_tag_all[];

#endif

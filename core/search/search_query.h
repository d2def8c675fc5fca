/** The one grammar of searches, on every wire. Pure. */
#ifndef QUOTED_CORE_SEARCH_SEARCH_QUERY_H
#define QUOTED_CORE_SEARCH_SEARCH_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/search/search_scope.h"

enum {
	SEARCH_QUERY_BYTES_MAX = 256,
	SEARCH_QUERY_TERMS_MAX = 16,
};

/**
 * Appends to \p out what \p query asks for, as a MATCH expression of SQLite's FTS5 over the columns
 * text, author and tags, which is never a syntax error:
 *
 *   word  "some words"  prefix*  -not  author:name  author:"some name"  in:collection  lang:de
 *   tag:name
 *
 * A quote must match every term, and must not match one that follows a "-". Korean text, and text
 * without spaces (utf8_is_unspaced), is found by any part of it. "in:" knows only the places of
 * \p scope, as a collection, a file or "collection/file", ignoring the case of ASCII letters, and
 * "lang:" only their languages, with their varieties: "lang:de" is "de-AT" too. "tag:" finds quotes
 * with the whole tag, without regard to case and accents. Outside a confined scope nothing is
 * found. Returns false with a sentence for the person who asked.
 */
bool search_query_compile(const char *query, const struct search_scope *scope, struct buffer *out,
	struct error *reterr);

/** As search_query_compile() for the quotes that \p selection shows of \p library. */
bool search_query_compile_for(const char *query, const struct library *library,
	const struct selection *selection, struct buffer *out, struct error *reterr);

/** A term that a quote must match with its text. */
struct search_query_term {
	const char *text; /* in the query */
	size_t length;
	bool prefix;    /* its last word may be the beginning of a longer one */
	bool of_author; /* only in the author */
};

/** Reads the next such term of a valid query, from \p query on, and moves that behind it. Passes
 * over terms that exclude quotes or name places. Returns false if there is none. */
bool search_query_next_term(const char **query, struct search_query_term *ret_term);

/** Returns whether any term of a valid query, also one that excludes quotes, has words: whether it
 * is about more than places, languages and tags. */
bool search_query_needs_words(const char *query);

/** Returns whether something in a valid query is likely a mistake, and writes a sentence on it: a
 * quotation mark is not closed, or "in:" or "lang:" names no place or language of \p scope. */
bool search_query_doubt(
	const char *query, const struct search_scope *scope, struct error *ret_sentence);

/** As search_query_doubt() for the quotes that \p selection shows of \p library. */
bool search_query_doubt_for(const char *query, const struct library *library,
	const struct selection *selection, struct error *ret_sentence);

/** Appends the words that a quote must have to match the valid \p query, or with \p of_author those
 * that its author must have, folded except for the case of ASCII letters. One that ends in "*" is
 * the start of a word. */
void search_query_words(const char *query, bool of_author, struct strings *ret_words);

#endif

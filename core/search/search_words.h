/** The words of texts, places and tags as the index has them, and where they stand in a text. Pure.
 */
#ifndef QUOTED_CORE_SEARCH_SEARCH_WORDS_H
#define QUOTED_CORE_SEARCH_SEARCH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/search/search_scope.h"

/** A word: a run of letters, digits and marks, or one character of Korean or of a
 * script without spaces (utf8_is_unspaced). */
struct search_word {
	size_t key; /* offset of the folded word in keys */
	size_t key_length;
	size_t start; /* octets of the text that became the word: whole grapheme clusters */
	size_t end;
};

/** All zero has none. */
struct search_words {
	struct buffer keys; /* all words, folded (utf8_fold), in small letters */
	struct search_word *items;
	size_t count;
};

/** Finds the words of valid UTF-8; \p words is all zero or finished. */
void search_words_find(const char *text, size_t length, struct search_words *words);

/** Returns whether word \p index begins with word \p other of another text or, without \p prefix,
 * is equal to it. */
bool search_words_match(const struct search_words *words, size_t index,
	const struct search_words *others, size_t other, bool prefix);

/** Frees them; there are none afterwards. */
void search_words_finish(struct search_words *words);

/** Appends UTF-8 text as it is indexed: folded (utf8_fold), with blanks around each character
 * that is a word of its own. */
void search_words_segment(const char *text, size_t length, struct buffer *out);

/** Appends the tag of the quotes in a place, a word of its own. */
void search_words_tag(const struct search_place *place, struct buffer *out);

/** Appends the tag of the quotes in a place that has a language: that of a collection, or one of a
 * file and its language, as other files of its collection may have the same name. */
void search_words_language_tag(const struct search_place *place, struct buffer *out);

/** Appends what stands in the index for a tag of a quote (struct quote), a word of its own, or
 * the beginning of one if the tag is. */
void search_words_quote_tag(const char *tag, size_t length, struct buffer *out);

/** The tag that every quote has. */
extern const char search_words_tag_all[];

#endif

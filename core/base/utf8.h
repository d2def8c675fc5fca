/** Questions about UTF-8 and its characters. The only files that use libunistring. */
#ifndef QUOTED_CORE_BASE_UTF8_H
#define QUOTED_CORE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"

/** Returns whether the octets are well-formed UTF-8 (RFC 3629: no surrogates, no over-long forms).
 */
bool utf8_is_valid(const char *text, size_t length);

/**
 * Appends valid UTF-8 as searches compare it: without case, accents, vowel points and invisible
 * characters, with ae for U+00E6, l for U+0142 and the like, and in one normal form (UAX 15 NFKC
 * with UAX 44 casefolding). Text that is all ASCII is appended unchanged, so callers must still
 * ignore the case of ASCII letters.
 */
void utf8_fold(const char *text, size_t length, struct buffer *out);

/** Returns whether all octets are ASCII. */
bool utf8_is_ascii(const char *text, size_t length);

/** Returns how many octets from the start are valid UTF-8. */
size_t utf8_valid_prefix(const char *text, size_t length);

/** Returns the size in octets of the first code point of valid UTF-8; \p length is at least 1. */
size_t utf8_code_point(const char *text, size_t length);

/** Returns the number of the first code point of valid UTF-8; \p length is at least 1. */
uint32_t utf8_number(const char *text, size_t length);

/** Appends the code point with that number; returns false, having appended nothing, if there is
 * none, or if it is 0 or a surrogate. */
bool utf8_append(uint32_t number, struct buffer *out);

/** Returns the size in octets of the last code point of valid UTF-8; \p length is at least 1. */
size_t utf8_last_code_point(const char *text, size_t length);

/** Returns the longest length, at most \p room, at which the text can be cut between code points;
 * \p room if the octets there are not UTF-8. */
size_t utf8_cut(const char *text, size_t length, size_t room);

/** Returns the size in octets of the first grapheme cluster (UAX 29); \p length is at least 1. */
size_t utf8_cluster(const char *text, size_t length);

/** Returns the size in octets of the first code point, or 0 if it is a control character, turns the
 * direction of the text (U+202A to U+202E, U+2066 to U+2069: what follows is shown in another order
 * than it is written), or is not well-formed UTF-8; \p length is at least 1. */
size_t utf8_visible(const char *text, size_t length);

/** Appends the string \p text. Octets that utf8_visible() refuses become \xHH, as do those of
 * characters that are not seen or look like a blank, such as U+FEFF and U+00A0. */
void utf8_escape(const char *text, struct buffer *out);

/** Returns whether the first code point of valid UTF-8 is one that is not shown: joiners, direction
 * marks, variation selectors, fillers and tags (UAX 44, Default_Ignorable_Code_Point); \p length is
 * at least 1. */
bool utf8_is_ignorable(const char *text, size_t length);

/** Returns the columns that valid UTF-8 takes on a terminal. */
size_t utf8_columns(const char *text, size_t length);

/**
 * Appends valid UTF-8 with lines of at most \p columns columns, broken where UAX 14 allows it and
 * without blanks before the break. A word that is longer stays whole.
 */
void utf8_wrap(const char *text, size_t length, size_t columns, struct buffer *out);

/** Returns whether the first code point is of a script that has no spaces between words, Chinese,
 * Japanese, Thai, Lao, Khmer or Burmese, or is Hangul. */
bool utf8_is_unspaced(const char *text, size_t length);

/** Returns whether the first code point is part of words: a letter, digit, mark or for private use.
 */
bool utf8_is_word(const char *text, size_t length);

/** Returns whether the first code point is a letter or a digit of any script. */
bool utf8_is_alphanumeric(const char *text, size_t length);

/** Returns whether the first code point is a small letter. */
bool utf8_is_lower(const char *text, size_t length);

#endif

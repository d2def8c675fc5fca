/** Compares the names of authors. Pure. */
#ifndef QUOTED_CORE_LIBRARY_AUTHOR_KEY_H
#define QUOTED_CORE_LIBRARY_AUTHOR_KEY_H

#include <stddef.h>

#include "core/base/buffer.h"

/** Returns how many octets of an attribution are the name: what stands before a comma, semicolon,
 * bracket or line feed, as in "Mark Twain, on lies". The whole if nothing stands there. */
size_t author_key_name(const char *author, size_t length);

/**
 * Appends the key of the name in an attribution, valid UTF-8: folded as searches do (utf8_fold), in
 * lower case, with each run of other ASCII than letters and digits as one blank between words.
 * Equal keys are one author, and strcmp() of the keys is the order. Appends nothing if the name has
 * no letter or digit.
 */
void author_key_append(const char *author, size_t length, struct buffer *out);

#endif

/** Recognises the names of authors. Pure. */
#ifndef QUOTED_CORE_LIBRARY_NAME_GUESS_H
#define QUOTED_CORE_LIBRARY_NAME_GUESS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Returns whether \p text (valid UTF-8, one line) is likely to name an author. It begins with 1 to
 * 5 words of letters that do not begin with a small letter or, at the very front, a digit;
 * particles such as "von" may stand between them. After a comma, a parenthesis or a quotation mark
 * there may be anything, as in "Mark Twain, on lies". But it has at most 120 octets and does not
 * end as a sentence does.
 */
bool name_guess(const char *text, size_t length);

#endif

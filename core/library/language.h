/** Tags of languages (BCP 47). Pure, but for the links of a path. */
#ifndef QUOTED_CORE_LIBRARY_LANGUAGE_H
#define QUOTED_CORE_LIBRARY_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

/** Returns whether \p text is a well-formed tag, such as "de" or "pt-BR" (RFC 5646, section 2.1);
 * whether there is such a language is not checked. */
bool language_is_tag(const char *text);

/** Returns whether \p tag is the language that the \p length octets of \p range name, or one of its
 * varieties: "de" and "DE" name "de-AT" too (RFC 4647, section 3.3.1). */
bool language_matches(const char *tag, const char *range, size_t length);

/**
 * Guesses the language of a fortune file by where its package has it, links resolved: below a
 * directory "fortunes" or "fortune", in a directory named after the language ("de", "zh_TW",
 * "eo-ascii"; "cz" is Czech), or by the name of a file of Debian's packages right there; or below a
 * directory named like the package, "fortunes-de". Returns a tag, the caller's to free, or NULL if
 * nothing tells it.
 */
char *language_guess(const char *path);

#endif

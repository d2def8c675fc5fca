/** Why something failed, in words for the person who reads it. */
#ifndef QUOTED_CORE_BASE_ERROR_H
#define QUOTED_CORE_BASE_ERROR_H

enum { ERROR_TEXT_SIZE = 512 };

/** Set only by a function that returns failure; undefined after success. No trailing newline. */
struct error {
	char text[ERROR_TEXT_SIZE];
};

/** Writes the text as printf does, cut to fit on a code point. \p error may be NULL. */
void error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

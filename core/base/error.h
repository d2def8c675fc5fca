/** Why something failed, in words for the person who reads it. */
#ifndef QUOTED_CORE_BASE_ERROR_H
#define QUOTED_CORE_BASE_ERROR_H

#include <stdbool.h>

enum { ERROR_TEXT_SIZE = 512 };

/** Set only by a function that returns failure; undefined after success. */
struct error {
	char text[ERROR_TEXT_SIZE]; /* no trailing newline */
	bool temporary;             /* the cause is elsewhere and may go away by itself */
};

/** Writes the text as printf does, cut to fit on a code point, of an error that is not temporary.
 * \p error may be NULL. */
void error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

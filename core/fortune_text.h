/** The quotes in the octets of a fortune file. Pure. */
#ifndef QUOTED_CORE_FORTUNE_TEXT_H
#define QUOTED_CORE_FORTUNE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/** Walks over the octets; set text and length, leave the rest 0. */
struct fortune_text {
	const char *text; /* borrowed; need not end in NUL and may hold NULs */
	size_t length;
	size_t position; /* what was read so far */
};

/**
 * Finds the next quote: the lines up to a delimiter, which is a line of "%" alone with LF, CRLF or
 * the end of the file behind it. What is empty or blank is passed over; "%%" and "% " are text; the
 * last quote needs neither a delimiter nor a line end.
 * \p ret_quote points into the text, \p ret_length counts all lines with their line ends.
 * Returns false at the end.
 */
bool fortune_text_next(struct fortune_text *walk, const char **ret_quote, size_t *ret_length);

#endif

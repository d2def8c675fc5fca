/** Reads a file of quotes for a test, and writes down all that is said of it. */
#ifndef QUOTED_TESTS_SUPPORT_READINGS_H
#define QUOTED_TESTS_SUPPORT_READINGS_H

#include "core/formats/quote_file.h"

/**
 * Writes \p text to "file" in the current directory and reads it in \p format, \p chunk
 * octets at once (0: as many as usual). Returns "LINE:QUOTE|" for each quote, "(LINE ANOMALY)" for
 * each anomaly, and "[SENTENCE]" for each warning and the error, in buffer \p out, which is
 * cleared.
 */
const char *readings_of(enum format format, const struct quote_file *options, size_t chunk,
	const char *text, struct buffer *out);

#endif

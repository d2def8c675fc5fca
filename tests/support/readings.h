/** Reads a file of quotes for a test, and writes down all that is said of it. */
#ifndef QUOTED_TESTS_SUPPORT_READINGS_H
#define QUOTED_TESTS_SUPPORT_READINGS_H

#include "core/formats/quote_file.h"

/** What the formats have in common, such as csv_file_read(). */
typedef bool readings_read(const char *path, const struct quote_file_reader *reader,
	struct file_report *ret_report, struct strings *warnings, struct error *reterr);

/**
 * Writes \p text to "file" in the current directory and has \p read read it, \p chunk octets at
 * once (0: as many as usual). Returns "LINE:QUOTE|" for each quote, "(LINE ANOMALY)" for each
 * anomaly, and "[SENTENCE]" for each warning and the error, in buffer \p out, which is cleared.
 */
const char *readings_of(readings_read *read, const struct quote_file_reader *options, size_t chunk,
	const char *text, struct buffer *out);

#endif

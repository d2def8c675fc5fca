/** Reads a fortune file quote by quote. The memory it takes depends on the longest quote and the
 * .dat file, not on the size of the file. */
#ifndef QUOTED_CORE_FORMATS_FORTUNE_FILE_H
#define QUOTED_CORE_FORMATS_FORTUNE_FILE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/library/file_report.h"

/** How to read a file, and where its quotes go. Only on_quote and on_restart must be set. */
struct fortune_file_reader {
	const char *charset; /* as iconv names it; NULL or empty: detect it */
	bool comments;       /* leave out lines that start with "%%" even if no .dat file says so */
	const atomic_bool *cancel; /* once true, reading soon fails; NULL: never */
	/** Takes the text of a quote, cleaned as struct quote requires and valid during the call,
	 * and the number of its first line, from 1. Returns false to stop reading. */
	bool (*on_quote)(void *data, const char *text, size_t length, size_t line);
	/** Called if the file turns out not to be UTF-8: drop all quotes so far, as it is read
	 * again. May be NULL if charset is set. */
	void (*on_restart)(void *data);
	/** Takes a description of something odd and its line, 0 for the whole file. May be NULL. */
	void (*on_anomaly)(void *data, size_t line, const char *what);
	void *data;
};

/**
 * Reads the file \p path and, if it exists, "PATH.dat". The charset is the one in \p reader; else
 * UTF-8 if the whole file is valid in it or "PATH.u8" exists; else what charset_guess() says. A
 * .dat file tells the delimiter and whether the text is rotated or has comments, even if it no
 * longer matches the text; a damaged one is ignored. Appends to \p warnings a sentence on each of
 * these two, on undecodable octets, on a file without quotes, and if on_quote stopped the reading.
 * Returns false with "PATH: REASON" if the file cannot be read, its charset is unknown or reading
 * was cancelled.
 */
bool fortune_file_read(const char *path, const struct fortune_file_reader *reader,
	struct file_report *ret_report, struct strings *warnings, struct error *reterr);

/** For tests: sets how many octets are read at once; 0 restores the default. */
void fortune_file_set_chunk(size_t octets);

#endif

/** One fortune file, read quote by quote; a file of any size needs room for its longest quote. */
#ifndef QUOTED_CORE_SOURCES_FORTUNE_FILE_H
#define QUOTED_CORE_SOURCES_FORTUNE_FILE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/library/file_report.h"

/** How a file is read, and where its quotes go. All zero but for on_quote reads it as it is. */
struct fortune_file_reader {
	const char *charset;       /* a name of iconv's; NULL or empty: found out */
	bool comments;             /* leave out lines of "%%" even if no .dat file says so */
	const atomic_bool *cancel; /* reading fails soon once it is true; NULL: never */
	/** Takes a quote, as struct quote wants its text, and its first line from 1. Returns false
	 * to read no further. */
	bool (*on_quote)(void *data, const char *text, size_t length, size_t line);
	/** The file is not UTF-8: forget all quotes so far, it is read again. May be NULL if the
	 * charset is named. */
	void (*on_restart)(void *data);
	/** Takes a thing that was mended or passed over, with its line; 0: the file. NULL: not
	 * wanted. */
	void (*on_anomaly)(void *data, size_t line, const char *what);
	void *data;
};

/**
 * Reads the file \p path, and "PATH.dat" if there is one. Its charset is the one that is named;
 * else UTF-8 if all of it is that or a "PATH.u8" says so; else the one its path speaks of
 * (charset_guess), else ISO 8859-1. A .dat file says the delimiter and whether the text is rotated
 * or has comments; one that is damaged is set aside; of one that does not match the text any more
 * these things still count. A sentence on each, and on undecodable octets, is appended to
 * \p warnings. Returns false with the path if the file cannot be read or its charset is unknown.
 */
bool fortune_file_read(const char *path, const struct fortune_file_reader *reader,
	struct file_report *ret_report, struct strings *warnings, struct error *reterr);

/** Sets how many octets are read at once, for tests; 0: the usual number. */
void fortune_file_set_chunk(size_t octets);

#endif

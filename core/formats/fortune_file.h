/** Reads a fortune file quote by quote. The memory it takes depends on the longest quote and the
 * .dat file, not on the size of the file. */
#ifndef QUOTED_CORE_FORMATS_FORTUNE_FILE_H
#define QUOTED_CORE_FORMATS_FORTUNE_FILE_H

#include "core/formats/quote_file.h"

/**
 * Reads the file \p path, as quote_file_read() does, and, if it exists, "PATH.dat". That tells the
 * delimiter and whether the text is rotated or has comments, even if it no longer matches the text;
 * a damaged one is ignored. Appends to \p warnings a sentence on each of these two, and on a file
 * that looks like another format, see format_guess().
 */
bool fortune_file_read(const char *path, const struct quote_file_reader *reader,
	struct file_report *ret_report, struct strings *warnings, struct error *reterr);

#endif

/** Reads a file with a quote on each line. */
#ifndef QUOTED_CORE_FORMATS_LINES_FILE_H
#define QUOTED_CORE_FORMATS_LINES_FILE_H

#include "core/formats/quote_file.h"

/**
 * Reads the file \p path, as quote_file_read() does. Blanks around a quote are not part of it.
 * Blank lines and those that start with "#" are passed over; a quote that starts with it has a
 * blank before it.
 */
bool lines_file_read(const char *path, const struct quote_file_reader *reader,
	struct file_report *ret_report, struct strings *warnings, struct error *reterr);

#endif

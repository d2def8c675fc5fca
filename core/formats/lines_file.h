/** Reads a file with a quote on each line. */
#ifndef QUOTED_CORE_FORMATS_LINES_FILE_H
#define QUOTED_CORE_FORMATS_LINES_FILE_H

#include "core/formats/quote_file.h"

/**
 * Reads \p file, which is open, as quote_file.h says. Blanks around a quote are not part of
 * it. Blank lines and those that start with "#" are passed over; a quote that starts with it has a
 * blank before it.
 */
bool lines_file_read(struct quote_file *file, struct error *reterr);

#endif

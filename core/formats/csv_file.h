/** Reads a CSV file (RFC 4180) of quotes. */
#ifndef QUOTED_CORE_FORMATS_CSV_FILE_H
#define QUOTED_CORE_FORMATS_CSV_FILE_H

#include "core/formats/quote_file.h"

/**
 * Reads \p file, which is open, as quote_file.h says. A first line such as "sep=|" names the
 * octet that separates fields; without it, they are separated by commas, semicolons, tabs or bars,
 * whichever the first record has most of. That record is a header if a field of it names a text
 * (see quote_fields.h); the columns are then found by their names. If not, the first column has the
 * text and the second, if there is one, the author, unless one of two is named as the author. A
 * record with more fields than the first one, not all of them empty, is left out: a text with a
 * separator that is not between quotation marks would lose its end. So is one with text behind the
 * mark that ends a field. Fails if the first record has no name for the text and more than two
 * fields, and if a quotation mark is missing.
 */
bool csv_file_read(struct quote_file *file, struct error *reterr);

#endif

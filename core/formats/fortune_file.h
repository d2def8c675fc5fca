/** Reads a fortune file quote by quote. The memory it takes depends on the longest quote and the
 * .dat file, not on the size of the file. */
#ifndef QUOTED_CORE_FORMATS_FORTUNE_FILE_H
#define QUOTED_CORE_FORMATS_FORTUNE_FILE_H

#include "core/formats/quote_file.h"

/**
 * Reads \p file, which is open, as quote_file.h says, and, if it exists, "PATH.dat". That
 * tells the delimiter and whether the text is rotated or has comments, even if it no longer matches
 * the text; a damaged one is ignored. Appends to the warnings a sentence on each of these two, and
 * on the first line that looks like a delimiter but has something beside it, unless a .dat file
 * says that it is text.
 *
 * A file is one of quotes if it has a .dat file that is not damaged, or a delimiter line in its
 * first QUOTE_FILE_PEEK octets; but not if these are binary or, if on_other is set, if its
 * name says that it is something else. If they have lines of two delimiters and none of one, both
 * are delimiters. A file without delimiters that is read anyway is one quote, and a warning
 * says what it looks like.
 */
bool fortune_file_read(struct quote_file *file, struct error *reterr);

/** Counts the quotes of the file \p path, blank ones too, by its .dat file alone. Returns false if
 * that is missing or damaged, or belongs to a text of another size. */
bool fortune_file_count(const char *path, size_t *ret_count);

#endif

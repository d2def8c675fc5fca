/** Finds oddities in the text of a quote, line by line. Pure. */
#ifndef QUOTED_CORE_FORMATS_FORTUNE_LINT_H
#define QUOTED_CORE_FORMATS_FORTUNE_LINT_H

#include "core/formats/quote_file.h"

/** Reports every oddity in a piece of \p file, in UTF-8, by the delimiter of its report. Set
 * \p comments if lines that start with two delimiters are left out. */
void fortune_lint(
	const struct quote_file *file, const struct quote_file_piece *piece, bool comments);

#endif

/** Finds oddities in the text of a quote, line by line. Pure. */
#ifndef QUOTED_CORE_FORMATS_FORTUNE_LINT_H
#define QUOTED_CORE_FORMATS_FORTUNE_LINT_H

#include "core/formats/fortune_file.h"
#include "core/formats/fortune_text.h"

/** Reports every oddity in a segment of UTF-8 text to reader->on_anomaly, which must be set. Set
 * \p comments if lines that start with two delimiters are left out. */
void fortune_lint(const struct fortune_segment *segment, char delimiter, bool comments,
	const struct fortune_file_reader *reader);

#endif

/** What is odd in the text of a quote, line by line. Pure. */
#ifndef QUOTED_CORE_SOURCES_FORTUNE_LINT_H
#define QUOTED_CORE_SOURCES_FORTUNE_LINT_H

#include "core/sources/fortune_file.h"
#include "core/sources/fortune_text.h"

/** Tells \p reader, whose on_anomaly is set, each thing that is odd in the lines of a segment of
 * UTF-8 text; \p comments: lines of two delimiters are left out. */
void fortune_lint(const struct fortune_segment *segment, char delimiter, bool comments,
	const struct fortune_file_reader *reader);

#endif

/** Finds line ends, whatever system wrote them: LF, CR LF, CR alone, and CR CR LF, which comes of
 * converting a text twice. Pure. */
#ifndef QUOTED_CORE_TEXT_LINE_END_H
#define QUOTED_CORE_TEXT_LINE_END_H

#include <stdbool.h>
#include <stddef.h>

/** Returns the number of octets before the first line end in \p text; \p length if it has none. */
size_t line_end_find(const char *text, size_t length);

/** Returns the number of octets of the line end that \p text begins with; 0 if it does not begin
 * with one, or if more text can follow (\p at_end is false) and it may belong to the line end. */
size_t line_end_length(const char *text, size_t length, bool at_end);

/** Returns the line that begins at octet \p at, and in \p ret_octets its length without the line
 * end, which the last line need not have; moves \p at behind it. Returns NULL at the end of the
 * text. */
const char *line_end_next(const char *text, size_t length, size_t *at, size_t *ret_octets);

/** Returns the number of lines that end in \p text. */
size_t line_end_count(const char *text, size_t length);

#endif

/** Tells from the beginning of a text whether it is a fortune file, and if not, why. Pure. */
#ifndef QUOTED_CORE_FORMATS_FORTUNE_PROBE_H
#define QUOTED_CORE_FORMATS_FORTUNE_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/formats/quote_file.h"

/** More lines than this without a delimiter are probably not one quote. */
enum { FORTUNE_PROBE_LINES = 10 };

/** Returns whether \p text is binary: it has a NUL, or of its first 8 KiB a third are control
 * characters that no text has, or one in fifty if it is not UTF-8. */
bool fortune_probe_is_binary(const char *text, size_t length);

/** Returns the number, from 1, of the first line of two delimiters, blanks behind it or not, if
 * there is none of one, so that these separate quotes; else 0. */
size_t fortune_probe_doubled_line(const char *text, size_t length, char delimiter);

/** Returns whether quotes can be read from such a text: it is not binary, or it is text that seems
 * damaged, as by a crash that left NULs: it is UTF-8, or at most one octet in fifty is odd, and it
 * is in no format that quoted does not read. */
bool fortune_probe_is_readable(const char *text, size_t length);

/** Returns the number, from 1, of the first line of a quote that looks like a delimiter to a person
 * but has blanks or characters that are not seen beside it; 0 if there is none. */
size_t fortune_probe_disguised_line(const char *text, size_t length, char delimiter);

/** Returns why \p file, whose text begins with \p text, in any superset of ASCII, is not a fortune
 * file, such as "no delimiter lines" or "looks like JSON: use json:PATH", for the caller to free;
 * NULL if it is one. */
char *fortune_probe_objection(const struct quote_file *file, const char *text, size_t length);

/** Returns the warning to append to the path if the file is read as a fortune file anyway, with a
 * remedy, for the caller to free; NULL if it is one, or probably one quote: of up to
 * FORTUNE_PROBE_LINES lines, with at most one blank line between them and no text behind an
 * attribution. */
char *fortune_probe_warning(const struct quote_file *file, const char *text, size_t length);

/** Returns whether that text is of several lines that nothing separates, so that it is one quote.
 */
bool fortune_probe_is_whole(const struct quote_file *file, const char *text, size_t length);

/** Returns what to append to the path of a file of lines, JSON or CSV if the \p length octets that
 * its text begins with are binary, or of a format that quoted does not read, for the caller to
 * free; else NULL. */
char *fortune_probe_other(const char *text, size_t length);

#endif

/** Guesses the format of a file of quotes. Pure. */
#ifndef QUOTED_CORE_FORMATS_FORMAT_GUESS_H
#define QUOTED_CORE_FORMATS_FORMAT_GUESS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/library/format.h"

/**
 * Returns the format of a file whose text, in any superset of ASCII and without a byte order mark,
 * is \p length octets of \p text, or begins with them unless they are the \p whole. Text with a
 * delimiter line is FORMAT_FORTUNE, whatever else it has, and so is text that looks like no other
 * format. JSON begins with a bracket or brace and what may follow it. The suffix of \p path makes
 * other text that is not blank JSON or CSV. CSV has a header row with a column for the text, or
 * with two columns of which one is for the author; or rows of quoted fields; or three rows or more,
 * all with the same number of fields. FORMAT_LINES has three lines or more, none indented, which
 * are all items of a list, with a number or bullet, or of which nine in ten are sentences by
 * themselves: they end as a sentence does, name an author behind a dash, are in quotation marks, or
 * are longer than wrapped text.
 */
enum format format_guess(const char *path, const char *text, size_t length, bool whole);

/** Returns what a text without delimiter lines is if it has a format that quoted does not read,
 * such as "HTML", judged by what it begins with and by the suffix of \p path; else NULL. */
const char *format_guess_foreign(const char *path, const char *text, size_t length);

#endif

/** Guesses the format of a file of quotes. Pure. */
#ifndef QUOTED_CORE_FORMATS_FORMAT_GUESS_H
#define QUOTED_CORE_FORMATS_FORMAT_GUESS_H

#include <stddef.h>

/** How much of a file is looked at: more than the longest known quote. */
enum { FORMAT_GUESS_OCTETS = 65536 };

/** The formats that files of quotes have. */
enum format {
	FORMAT_FORTUNE, /* quotes between lines of "%" */
	FORMAT_LINES,   /* a quote on each line */
	FORMAT_JSON,    /* an array, or a value on each line */
	FORMAT_CSV,     /* RFC 4180, also with semicolons or tabs */
};

enum { FORMAT_COUNT = FORMAT_CSV + 1 };

/**
 * Returns the format of a file whose text, in any superset of ASCII, begins with \p length octets
 * of \p text; up to FORMAT_GUESS_OCTETS are looked at. A delimiter line makes it FORMAT_FORTUNE,
 * whatever else is there, and so is text that looks like nothing else. JSON begins with a bracket
 * or brace and what may follow it. CSV has a header row with a column for the text, or rows of
 * quoted fields. One quote a line are three lines or more of which nine in ten are sentences by
 * themselves: they end as a sentence does, name an author behind a dash, or are longer than wrapped
 * text. The suffix of \p path decides only between CSV and JSON that both fit, and whether a header
 * of one column is one.
 */
enum format format_guess(const char *path, const char *text, size_t length);

/** Returns the scheme of a format without its colon: "json". */
const char *format_guess_scheme(enum format format);

/** Returns what a file in a format is called behind "looks like": "JSON", "one quote a line". */
const char *format_guess_title(enum format format);

#endif

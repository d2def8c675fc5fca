/** The formats of files of quotes. */
#ifndef QUOTED_CORE_LIBRARY_FORMAT_H
#define QUOTED_CORE_LIBRARY_FORMAT_H

enum format {
	FORMAT_FORTUNE, /* quotes between lines of "%" */
	FORMAT_LINES,   /* a quote on each line */
	FORMAT_JSON,    /* an array, or values one after the other */
	FORMAT_CSV,     /* RFC 4180, also with semicolons or tabs */
};

enum { FORMAT_COUNT = FORMAT_CSV + 1 };

/** Returns the name of a format, which is also the scheme of its source: "json". */
const char *format_name(enum format format);

/** Returns what such a file is called behind "looks like": "JSON", "one quote a line". */
const char *format_title(enum format format);

#endif

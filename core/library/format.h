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

/** Returns what a spec of a file in this format begins with: "json:". */
const char *format_scheme(enum format format);

/** Returns what such a file is called behind "looks like": "JSON", "one quote a line". */
const char *format_title(enum format format);

#endif

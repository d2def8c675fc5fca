/** What loading did to the text of a file, for people and for programs. Pure. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_REPORT_H
#define QUOTED_FRONTENDS_SHELL_SHELL_REPORT_H

#include "core/base/buffer.h"
#include "core/library/library.h"

enum { SHELL_REPORT_COUNTS = 11, SHELL_REPORT_DELIMITER_SIZE = sizeof "0x00" };

/** One kind of thing that was mended or left out. */
struct shell_report_count {
	const char *key;  /* for programs: "escapes" */
	const char *one;  /* for people: "escape sequence" */
	const char *many; /* "escape sequences" */
	size_t count;
};

/** Counts each kind, with 0 if there was none. */
void shell_report_counts(const struct file_report *report,
	struct shell_report_count ret_counts[SHELL_REPORT_COUNTS]);

/** Writes the delimiter as itself, or as "0xA7" if it is not printable ASCII. */
void shell_report_delimiter(
	const struct file_report *report, char ret_text[SHELL_REPORT_DELIMITER_SIZE]);

/** Returns what became of the .dat file: "none", "used" or "set aside". */
const char *shell_report_table(const struct file_report *report);

/**
 * Appends a line without its line feed: "PATH: 2626 quotes, ISO-8859-3, 12 duplicates; mended: 3
 * escape sequences, 2 overstrikes". Only what is unusual is named: another format, a delimiter
 * other than %, rot13, a .dat file, counts other than 0.
 */
void shell_report_add(struct buffer *out, const struct library_file *file);

#endif

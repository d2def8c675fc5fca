/** What loading a file found, and what it did to it. */
#ifndef QUOTED_CORE_LIBRARY_FILE_REPORT_H
#define QUOTED_CORE_LIBRARY_FILE_REPORT_H

#include <stdbool.h>
#include <stddef.h>

/** All zero at first. */
struct file_report {
	const char *charset; /* "UTF-8", ...; static, or that of the options */
	char delimiter;
	bool rotated;
	bool has_table;       /* a .dat file stands beside it */
	bool table_set_aside; /* and is damaged or does not match the text */
	size_t quotes;
	size_t blank;       /* between two delimiters, and no quote */
	size_t comments;    /* lines left out */
	size_t undecodable; /* octets that are nothing in the charset, now U+FFFD */
	size_t other_line;  /* the first that is not UTF-8, if the charset was found out; or 0 */
	/* What was mended, each thing by how often: */
	size_t escapes;  /* escape sequences */
	size_t controls; /* other control characters, NUL among them */
	size_t overstrikes;
	size_t tabs;
	size_t trailing_blanks;  /* lines that ended in blanks */
	size_t carriage_returns; /* before a line feed or elsewhere */
	size_t marks;            /* byte order marks */
};

#endif

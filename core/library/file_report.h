/** What loading found in a file, and what it mended. */
#ifndef QUOTED_CORE_LIBRARY_FILE_REPORT_H
#define QUOTED_CORE_LIBRARY_FILE_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/library/format.h"

/** All zero at first. */
struct file_report {
	enum format format;
	const char *charset; /* "UTF-8", ...; static, or borrowed from the options */
	char delimiter;
	bool rotated;         /* the text is in ROT13 */
	bool has_table;       /* there is a .dat file for it */
	bool table_set_aside; /* but it is damaged or does not match the text */
	size_t quotes;
	size_t blank;          /* segments without text */
	size_t comments;       /* comment lines, left out */
	size_t undecodable;    /* octets that are invalid in the charset, now U+FFFD */
	size_t disguised_line; /* the first that only looks like a delimiter; 0: none */
	size_t other_line; /* the first that is not UTF-8, if the charset was detected; else 0 */
	/* How often each of these was mended: */
	size_t escapes;  /* escape sequences */
	size_t controls; /* other control characters, NUL among them */
	size_t overstrikes;
	size_t tabs;
	size_t trailing_blanks;  /* lines that ended in blanks */
	size_t carriage_returns; /* in line ends */
	size_t breaks;           /* line ends of Unicode: VT, FF, NEL, LS and PS */
	size_t marks;            /* byte order marks */
};

#endif

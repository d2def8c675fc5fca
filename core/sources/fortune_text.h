/** The quotes in the octets of a fortune file. Pure. */
#ifndef QUOTED_CORE_SOURCES_FORTUNE_TEXT_H
#define QUOTED_CORE_SOURCES_FORTUNE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Walks over the octets; set the first four, leave the rest 0. Where more octets come later, drop
 * those before start, call fortune_text_dropped() and set text and length anew.
 */
struct fortune_text {
	const char *text; /* borrowed; need not end in NUL and may hold NULs */
	size_t length;
	bool at_end;    /* nothing comes behind them */
	char delimiter; /* '%' but where a .dat file says otherwise */

	size_t start;      /* of the quote that is being read */
	size_t position;   /* of the line that is read next */
	size_t searched;   /* no line ends before here */
	size_t lines;      /* read so far */
	size_t start_line; /* the line of start, from 0 */
};

/** What can end a segment. */
enum fortune_text_end {
	FORTUNE_TEXT_END_LF,
	FORTUNE_TEXT_END_CRLF, /* for strfile no delimiter */
	FORTUNE_TEXT_END_BARE, /* nothing behind the delimiter: for strfile text */
	FORTUNE_TEXT_END_FILE, /* no delimiter */
};

/** What a delimiter ends: a quote with its line ends, perhaps empty or blank. */
struct fortune_segment {
	const char *text;
	size_t length;
	size_t line; /* its first, from 1 */
	enum fortune_text_end end;
	size_t end_line; /* of the delimiter */
};

/**
 * Finds the next segment: the lines up to a delimiter, which is a line of that octet alone with LF,
 * CRLF or the end of the file behind it. The last segment needs neither a delimiter nor a line end.
 * Returns false where the octets end before it does, and at the end.
 */
bool fortune_text_next(struct fortune_text *walk, struct fortune_segment *ret_segment);

/** Takes the octets before walk->start, which were dropped, into account. */
void fortune_text_dropped(struct fortune_text *walk);

/** Returns whether a segment holds blanks and line ends alone, so that it is no quote. */
bool fortune_text_is_blank(const struct fortune_segment *segment);

#endif

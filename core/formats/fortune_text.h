/** Splits the text of a fortune file into quotes. Pure. */
#ifndef QUOTED_CORE_FORMATS_FORTUNE_TEXT_H
#define QUOTED_CORE_FORMATS_FORTUNE_TEXT_H

#include "core/formats/quote_file.h"

/** A walk over the text; the position is that of the next line. Set the first three fields and
 * leave the rest 0. */
struct fortune_text {
	struct quote_file_window *window; /* borrowed */
	char delimiter;                   /* '%' unless a .dat file says otherwise */
	bool doubled;                     /* a line of two delimiters is a delimiter too */

	size_t searched;   /* octets of the next line in which it does not end */
	size_t lines;      /* read so far */
	size_t start_line; /* the line of start, from 0 */
	bool after_return; /* the line before ended in CR alone */
};

/** What can end a segment; for strfile, all but the first are text. */
enum fortune_text_end {
	FORTUNE_TEXT_END_LF,
	FORTUNE_TEXT_END_RETURN,  /* a delimiter, with a CR before or after it */
	FORTUNE_TEXT_END_BLANKS,  /* with blanks behind it */
	FORTUNE_TEXT_END_DOUBLED, /* two delimiters */
	FORTUNE_TEXT_END_BARE,    /* no line end after it */
	FORTUNE_TEXT_END_FILE,    /* the file ends without a delimiter */
};

/** The text up to a delimiter: a quote with its line ends, unless it is blank or empty. */
struct fortune_segment {
	const char *text;
	size_t length;
	size_t line; /* its first line, from 1 */
	enum fortune_text_end end;
	size_t end_line; /* line of the delimiter */
};

/**
 * Finds the next segment: the lines up to a delimiter, which is a line with that octet and no more
 * than blanks and tabs behind it, ended as line_end.h says or by the end of the file. The last
 * segment needs neither a delimiter nor a line end. Returns false if the text ends before the
 * segment does, and after the last segment.
 */
bool fortune_text_next(struct fortune_text *walk, struct fortune_segment *ret_segment);

/** Makes the delimiter that ended \p segment, the last one found, text of the next segment. */
void fortune_text_undo(struct fortune_text *walk, const struct fortune_segment *segment);

/** Returns whether a segment has only blanks, tabs and line ends, and so is not a quote. */
bool fortune_text_is_blank(const struct fortune_segment *segment);

#endif

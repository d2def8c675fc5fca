/** Splits the text of a fortune file into quotes. Pure. */
#ifndef QUOTED_CORE_FORMATS_FORTUNE_TEXT_H
#define QUOTED_CORE_FORMATS_FORTUNE_TEXT_H

#include "core/formats/quote_file.h"

/** What can end a segment; for strfile, all but the first are text. */
enum fortune_text_end {
	FORTUNE_TEXT_END_LF,
	FORTUNE_TEXT_END_RETURN,  /* a delimiter, with a CR before or after it */
	FORTUNE_TEXT_END_BLANKS,  /* with blanks behind it */
	FORTUNE_TEXT_END_DOUBLED, /* two delimiters */
	FORTUNE_TEXT_END_BARE,    /* no line end after it */
	FORTUNE_TEXT_END_FILE,    /* the file ends without a delimiter */
};

/** A walk over the text; the position is that of the next line. Set the first three fields and
 * leave the rest 0. */
struct fortune_text {
	struct quote_file_window *window; /* borrowed */
	char delimiter;                   /* '%' unless a .dat file says otherwise */
	bool doubled;                     /* a line of two delimiters is a delimiter too */

	enum fortune_text_end end;    /* of the segment found last */
	enum fortune_text_end before; /* of the one before it */
	size_t searched;              /* octets of the next line in which it does not end */
	bool after_return;            /* the line before ended in CR alone */
};

/**
 * Finds the next segment, which is a quote with its line ends, unless it is blank or empty: the
 * lines up to a delimiter, which is a line with that octet and no more than blanks and tabs behind
 * it, ended as line_end.h says or by the end of the file. The last segment needs neither a
 * delimiter nor a line end. Returns false if the text ends before the segment does, and after the
 * last segment.
 */
bool fortune_text_next(struct fortune_text *walk, struct quote_file_piece *ret_segment);

/** Makes the delimiter that ended \p segment, the last one found, text of the next segment. */
void fortune_text_undo(struct fortune_text *walk, const struct quote_file_piece *segment);

/** Returns whether a segment has only blanks, tabs and line ends, and so is not a quote. */
bool fortune_text_is_blank(const struct quote_file_piece *segment);

#endif

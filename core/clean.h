/** From the octets of a file to the text of a quote. Pure. */
#ifndef QUOTED_CORE_CLEAN_H
#define QUOTED_CORE_CLEAN_H

#include <stddef.h>

#include "core/buffer.h"

/** What was mended, each thing by how often. */
struct clean_counts {
	size_t escapes;  /* escape sequences */
	size_t controls; /* other control characters, NUL among them */
	size_t overstrikes;
	size_t tabs;
	size_t trailing_blanks;  /* lines that ended in blanks */
	size_t carriage_returns; /* before a line feed or elsewhere */
	size_t marks;            /* byte order marks */
};

/** Turns each ASCII letter by 13 places, as files of offensive quotes are stored. */
void clean_rot13(char *text, size_t length);

/**
 * Appends \p text, valid UTF-8, as struct quote wants it: without control characters, escape
 * sequences (ECMA-48) and byte order marks, overstrikes ("x\bx", "_\bx") as the letter they show,
 * tabs as blanks up to the next multiple of 8 columns, without trailing blanks and without blank
 * lines at both ends. Appends nothing where nothing is left. Adds what was done to \p counts, which
 * may be NULL.
 */
void clean_quote(const char *text, size_t length, struct buffer *out, struct clean_counts *counts);

#endif

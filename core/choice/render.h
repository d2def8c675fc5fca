/** The layout of a quote on a wire, and whether the wire takes it. */
#ifndef QUOTED_CORE_CHOICE_RENDER_H
#define QUOTED_CORE_CHOICE_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/library/quote.h"

/** How a wire lays out a quote and how much of that it takes. All 0: every quote, lines as they
 * are. */
struct quote_fit {
	size_t max_bytes;  /* octets of all that is rendered, line ends included; 0: any number */
	size_t max_lines;  /* rendered lines; 0: any number */
	size_t line_bytes; /* a line over so many octets goes on in the next one; 0: lines stay
			      whole */
	bool fold;         /* first join the lines by " | " and make each run of blanks one space */
	bool crlf;         /* lines end in CRLF, else in LF */
};

/**
 * Appends \p quote to \p out as \p fit lays it out, every line with its line end, the last one too.
 * A long line is broken at a blank where there is one, else between grapheme clusters or, where
 * even one cluster is too long, between code points. Returns false, with \p out as it was, where
 * the result does not fit: a quote is never cut.
 */
bool render_quote(const struct quote *quote, const struct quote_fit *fit, struct buffer *out);

/** Returns whether both say the same. */
bool render_fit_equal(const struct quote_fit *left, const struct quote_fit *right);

/** Returns whether any quote fits, so that nothing need be rendered to know it. */
bool render_fit_takes_all(const struct quote_fit *fit);

#endif

/** Lays out a quote for a wire, if it fits. */
#ifndef QUOTED_CORE_CHOICE_RENDER_H
#define QUOTED_CORE_CHOICE_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/library/quote.h"

/** How a wire lays out a quote, and how much it can take. All zero takes every quote, with its
 * lines as they are. */
struct quote_fit {
	size_t max_bytes;  /* octets as rendered, line ends included; 0: any number */
	size_t max_lines;  /* rendered lines; 0: any number */
	size_t line_bytes; /* octets of a line without its end; longer ones are wrapped; 0: any
			      number */
	bool fold;         /* first join the lines with " | " and make each run of blanks one; a
			      drawing then does not fit */
	bool crlf;         /* lines end in CRLF, else in LF */
};

/**
 * Appends \p quote to \p out as \p fit lays it out; the last line has a line end too. A long line
 * is broken at a blank if there is one, else between grapheme clusters or, if one cluster is too
 * long, between code points. Returns false, with \p out as it was, if the result does not fit: a
 * quote is never cut.
 */
bool render_quote(const struct quote *quote, const struct quote_fit *fit, struct buffer *out);

/** Returns whether the two are equal. */
bool render_fit_equal(const struct quote_fit *left, const struct quote_fit *right);

/** Returns whether every quote fits, so that none need be rendered to find out. */
bool render_fit_takes_all(const struct quote_fit *fit);

#endif

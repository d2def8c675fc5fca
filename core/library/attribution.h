/** Finds a quote's author by the "-- name" convention of fortune files. Pure. */
#ifndef QUOTED_CORE_LIBRARY_ATTRIBUTION_H
#define QUOTED_CORE_LIBRARY_ATTRIBUTION_H

#include "core/library/quote.h"

/**
 * Sets body_length, author and author_length of \p quote, whose text is already set and cleaned.
 *
 * An attribution ends the quote: a line with "-- name" (or an em dash or horizontal bar), and up to
 * 8 lines below it that are indented at least as far. Without indentation, a blank must follow the
 * dashes; a lower-case word directly after them must be indented by 8 or more, as it could be an
 * option. There is no attribution if it would be the whole quote, or if a line above starts with
 * dashes at least as far to the right: that is a dialogue or a list.
 */
void attribution_find(struct quote *quote);

#endif

/** Who said it: the "-- name" convention of fortune files. Pure. */
#ifndef QUOTED_CORE_LIBRARY_ATTRIBUTION_H
#define QUOTED_CORE_LIBRARY_ATTRIBUTION_H

#include "core/library/quote.h"

/**
 * Sets body_length, author and author_length of a quote whose text and length are set and cleaned.
 *
 * An attribution is the end of a quote: a line of blanks and "-- name" (or a dash of Unicode's),
 * and lines below it that are indented as far. Without indentation a blank must follow the dashes;
 * a lower-case word right behind them counts only far to the right, as it may be an option. A quote
 * that is all attribution has none, nor has one where a line above starts with dashes as far to the
 * right: that is a dialogue or a list.
 */
void attribution_find(struct quote *quote);

#endif

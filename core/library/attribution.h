/** Finds a quote's author, as people write it at the end of a quote. Pure. */
#ifndef QUOTED_CORE_LIBRARY_ATTRIBUTION_H
#define QUOTED_CORE_LIBRARY_ATTRIBUTION_H

#include "core/library/quote.h"

/**
 * Sets body_length, author and author_length of \p quote, whose text is already set and cleaned.
 *
 * An attribution ends the quote. It is:
 * - a line with "-- name" (or em dashes or horizontal bars), and up to 8 lines below it that are
 *   indented at least as far. If no blank follows the dashes, the name must not begin with a small
 *   letter, as it could be an option, unless the line is indented by 8 or more; and if the line is
 *   not indented, it must look like a name (name_guess). It is speech, not an author, if it is
 *   indented by less than 8 and ends with "!" or "?" or follows a colon;
 * - a last line "- Name", "~ Name", "(Name)" or "(by Name)" that looks like a name, unless a line
 *   above begins with the same sign or names an author with dashes, or the line before "-" or "~"
 *   ends with "?" or ":";
 * - in a quote of one line, any of these after the end of a sentence, if it looks like a name.
 *
 * There is no attribution if it would be the whole quote, or if a line above starts with dashes at
 * least as far to the right: that is a dialogue or a list.
 */
void attribution_find(struct quote *quote);

#endif

/** Writes a quote as HTML for pages that are not ours: indentation is markup, since they do not
 * have our style sheet. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_FEED_QUOTE_MARKUP_H
#define QUOTED_FRONTENDS_WEB_FEED_QUOTE_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/library/quote.h"

/** Returns the octets of the text without the attribution. */
size_t quote_markup_body(const struct quote *quote);

/** Returns whether the attribution names an author, whom a page can show beside the body. */
bool quote_markup_has_author(const struct quote *quote);

/** Appends the quote: paragraphs or a drawing, then the author. */
void quote_markup_write(const struct quote *quote, struct buffer *out);

#endif

/** Writes a quote as HTML for pages that are not ours: indentation is markup, since they do not
 * have our style sheet. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_QUOTE_MARKUP_H
#define QUOTED_FRONTENDS_WEB_PAGE_QUOTE_MARKUP_H

#include "core/base/buffer.h"
#include "core/library/quote.h"

/** Appends the quote: paragraphs or a drawing, then the author. */
void quote_markup_write(const struct quote *quote, struct buffer *out);

#endif

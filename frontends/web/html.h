/** Text into HTML: nothing foreign becomes markup. */
#ifndef QUOTED_FRONTENDS_WEB_HTML_H
#define QUOTED_FRONTENDS_WEB_HTML_H

#include <stddef.h>

#include "core/base/buffer.h"

/**
 * Appends \p length octets of UTF-8 as character data; fit for an element's content and for an
 * attribute's value in either kind of quotes.
 */
void html_escape(struct buffer *out, const char *text, size_t length);

#endif

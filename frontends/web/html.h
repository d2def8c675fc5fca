/** Escapes text for HTML, so that none of it becomes markup. */
#ifndef QUOTED_FRONTENDS_WEB_HTML_H
#define QUOTED_FRONTENDS_WEB_HTML_H

#include <stddef.h>

#include "core/base/buffer.h"

/**
 * Appends \p length octets of UTF-8 as character data, safe as the content of an element and in an
 * attribute with single or double quotes. A NUL becomes U+FFFD.
 */
void html_escape(struct buffer *out, const char *text, size_t length);

#endif

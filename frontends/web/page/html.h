/** Escapes text for HTML and for addresses, so that none of it becomes markup. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_HTML_H
#define QUOTED_FRONTENDS_WEB_PAGE_HTML_H

#include <stddef.h>

#include "core/base/buffer.h"

/**
 * Appends \p length octets of UTF-8 as character data, safe as the content of an element and in an
 * attribute with single or double quotes. A NUL becomes U+FFFD.
 */
void html_escape(struct buffer *out, const char *text, size_t length);

/** Appends \p length octets percent-encoded, but for letters, digits and "-._~" (RFC 3986 section
 * 2.3): safe as a segment of a path, as a value of a query, and in an attribute without quotes. */
void html_encode(struct buffer *out, const char *text, size_t length);

#endif

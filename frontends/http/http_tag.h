/** Entity tags (RFC 9110 section 8.8.3). Pure. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTP_TAG_H
#define QUOTED_FRONTENDS_HTTP_HTTP_TAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Room for a tag with its NUL. */
enum { HTTP_TAG_SIZE = 40 };

/**
 * Writes the tag of a content that has \p length octets and is made of what \p hash stands for, as
 * W/"fa0102d539af29cc-2d49". It is weak, since the content is the same compressed and not. The
 * length is for a 304, which may have no other (section 8.6) and is made before any content.
 */
void http_tag_format(uint64_t hash, size_t length, char ret_tag[HTTP_TAG_SIZE]);

/** Returns whether If-None-Match, \p field or NULL, is "*" or names a tag of \p hash, by the weak
 * comparison (sections 8.8.3.2 and 13.1.2), and sets \p ret_length to the length in that tag;
 * SIZE_MAX for "*". A list that is malformed ends there. */
bool http_tag_match(const char *field, uint64_t hash, size_t *ret_length);

#endif

/** Reads fields of a request's header (RFC 9110). Pure. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTP_FIELDS_H
#define QUOTED_FRONTENDS_HTTP_HTTP_FIELDS_H

#include <stdbool.h>

/** Returns whether Accept-Encoding, \p field or NULL, allows gzip (section 12.5.3): by its name, or
 * else by "*", with a weight over 0. */
bool http_fields_accept_gzip(const char *field);

#endif

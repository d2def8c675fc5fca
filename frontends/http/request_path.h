/** Decodes the path of a request target (RFC 3986). Pure. */
#ifndef QUOTED_FRONTENDS_HTTP_REQUEST_PATH_H
#define QUOTED_FRONTENDS_HTTP_REQUEST_PATH_H

#include <stdbool.h>
#include <stddef.h>

/** Room for the path of any route, decoded, with its NUL. */
enum { REQUEST_PATH_SIZE = 1024 };

/** Returns the octet that the escape at \p text, such as "%2F", stands for; -1 if there is none in
 * \p length octets. */
int request_path_unescape(const char *text, size_t length);

/**
 * Decodes the \p length octets of \p path, and drops slashes from its end. Sets \p ret_improper if
 * there were any, or if letters, digits or "-._~" were percent-encoded, which changes nothing
 * (section 6.2.2.2). Returns false if an escape is malformed, or if what it gives is too long, not
 * UTF-8 or has control characters.
 */
bool request_path_decode(
	const char *path, size_t length, char ret_path[REQUEST_PATH_SIZE], bool *ret_improper);

/** Returns \p path with a single slash at its start, however many it has: a proxy adds one if the
 * path in its configuration has none at its end. */
const char *request_path_start(const char *path);

/** Returns how many folders below the top of the site the path of \p target is, as the client sees
 * it: an encoded slash counts for nothing. */
size_t request_path_depth(const char *target);

/**
 * Returns the proper form of \p target, whose path request_path_decode() has read, with its query,
 * in ASCII; the caller's to free(). It is relative, so that it holds below any path of a proxy, and
 * begins with "./" or "../", so that it never leads to another host.
 */
char *request_path_location(const char *target);

#endif

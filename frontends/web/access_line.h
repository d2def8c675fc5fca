/** Lays out a request and its reply as a line of the access log. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_ACCESS_LINE_H
#define QUOTED_FRONTENDS_WEB_ACCESS_LINE_H

#include <stdbool.h>
#include <time.h>

#include "core/base/buffer.h"
#include "frontends/http/http_request.h"

/** A request that is over. */
struct access_line {
	const struct http_request *request; /* its method may be NULL */
	const char *client;                 /* its address as it is to be shown */
	time_t time;
	unsigned status; /* 0: the client was gone before the reply */
	size_t bytes;    /* of content */
};

/**
 * Appends the line in Common Log Format, as in
 * 192.0.2.0 - - [26/Nov/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 55
 * with "-" for what is missing, or \p as_json with the members time, client, method, target,
 * protocol, status and bytes. Octets that are not printable ASCII are written as \xHH, and in the
 * common format the quote and the backslash too.
 */
void access_line_add(const struct access_line *line, bool as_json, struct buffer *out);

#endif

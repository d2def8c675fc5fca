/** The request of a connection, from its line until its reply is sent, and the refusals that the
 * library has no room for. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTPD_REQUEST_H
#define QUOTED_FRONTENDS_HTTP_HTTPD_REQUEST_H

#include "frontends/http/httpd_connection.h"

/** Begins a request for \p target, which is copied and checked. */
void httpd_request_begin(struct httpd_connection *connection, const char *target);

/** Takes over what a trusted proxy says of the client. */
void httpd_request_forward(
	struct httpd_connection *connection, const struct forwarded_fields *fields);

/** Asks the front end for the reply to \p request, unless the client has no request left, which is
 * a fault then. Returns false if the reply comes later. */
bool httpd_request_ask(struct httpd_connection *connection, struct http_request *request,
	struct http_reply *reply);

/** Counts the reply, by its status. */
void httpd_request_count(const struct httpd_connection *connection);

/** Reports the request to on_done and forgets it. */
void httpd_request_end(struct httpd_connection *connection);

/**
 * Replies past the library, for a header that leaves no room in its memory. The library cannot send
 * anything afterwards, and closes the connection.
 */
void httpd_request_refuse(struct httpd_connection *connection, enum request_fault fault);

/**
 * The library tells of an error right before it replies with \p status, but not for whom. If a
 * header (431) or a request line (414) has just filled its memory, refuses that, unless several
 * connections may be the one.
 */
void httpd_request_too_long(const struct httpd *httpd, unsigned status);

#endif

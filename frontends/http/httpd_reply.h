/** A part of httpd: hands replies to libmicrohttpd, and keeps the last of those that can be sent
 * again, so that a page that many ask for is written and compressed once. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTPD_REPLY_H
#define QUOTED_FRONTENDS_HTTP_HTTPD_REPLY_H

#include "frontends/http/httpd_connection.h"

/** Returns the hash of the reply that is kept, if it was to such a request as that of \p
 * connection; else 0. It is for the field \a kept of the reply. */
uint64_t httpd_reply_kept(const struct httpd_connection *connection);

/** Completes \p reply and queues it, or the one that is kept in its place. Frees what it owns.
 * Returns false if the library does not take it. */
bool httpd_reply_queue(
	struct httpd_connection *connection, struct MHD_Connection *mhd, struct http_reply *reply);

/** Frees the reply that is kept. */
void httpd_reply_forget(struct httpd *httpd);

#endif

/** The time limits of connections that the library does not keep. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTPD_TIMES_H
#define QUOTED_FRONTENDS_HTTP_HTTPD_TIMES_H

#include "frontends/http/httpd_connection.h"

/** Prepares the timers, and the list of no connections. */
void httpd_times_init(struct httpd *httpd);

/** Puts a new connection on the list. It is cut if no reply to it is sent within idle_timeout and
 * request_timeout together. */
void httpd_times_begin(struct httpd_connection *connection);

/** Begins the time of the next request, and soon notices if the client has closed its side. */
void httpd_times_replied(struct httpd_connection *connection);

/** Takes a connection off the list. */
void httpd_times_end(struct httpd_connection *connection);

/** Within a second, closes the connections that owe no reply; patience is active until then. */
void httpd_times_drain(struct httpd *httpd);

/** Returns the number of connections that are not cut. */
size_t httpd_times_count(const struct httpd *httpd);

/** Stops the timers. */
void httpd_times_stop(struct httpd *httpd);

#endif

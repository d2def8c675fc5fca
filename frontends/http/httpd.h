/** Runs libmicrohttpd on the loop: takes connections, hands out requests, sends replies, and keeps
 * time limits. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTPD_H
#define QUOTED_FRONTENDS_HTTP_HTTPD_H

#include <ev.h>

#include "core/base/error.h"
#include "frontends/http/http_reply.h"
#include "frontends/http/http_request.h"
#include "frontends/kit/address.h"
#include "frontends/net/listener.h"

struct httpd;

/** Rows for the table of a front end that is an HTTP server, right behind LISTENER_METRICS_ROWS. */
enum {
	HTTPD_METRICS_MALFORMED = LISTENER_METRICS_COUNT,
	HTTPD_METRICS_NOT_FOUND,
	HTTPD_METRICS_UNAVAILABLE,
	HTTPD_METRICS_FAILED,
	HTTPD_METRICS_RATE,
	HTTPD_METRICS_COUNT,
};

#define HTTPD_METRICS_ROWS                                                                         \
	METRICS_REFUSAL("malformed"), METRICS_REFUSAL("not_found"),                                \
		METRICS_REFUSAL("unavailable"), METRICS_REFUSAL("failed"),                         \
		METRICS_REFUSAL("requests_per_second")

/** A connection; it has one request at a time. */
struct httpd_connection;

/** For httpd_create(). A front end fills in the first half, http_server_create() the second. */
struct httpd_options {
	struct ev_loop *loop;
	const char *name; /* begins the log lines; borrowed */
	/* counts requests and what became of them, by status; NULL: nothing does */
	struct metrics *metrics;
	const struct strings *trusted_proxies; /* as forwarded.h; borrowed; NULL: none */
	/* Of absolute links, without a slash at its end; NULL: what a trusted proxy says. Like the
	 * name it is borrowed. */
	const char *base_url;
	long max_content; /* octets of the content of a POST; more get 413; 0: none are taken */
	/** Answers a request that is complete; request->fault is what is wrong with it.
	 * Returns true with \p reply filled, or false to call httpd_answer() with \p connection
	 * later, but not if there is a fault. */
	bool (*on_request)(void *data, const struct http_request *request,
		struct httpd_connection *connection, struct http_reply *reply);
	/** Called when a request is over: its reply had \p status and \p bytes of content, both 0
	 * if the client was gone before. NULL: do not call. */
	void (*on_done)(
		void *data, const struct http_request *request, unsigned status, size_t bytes);
	/** Called when the library has failed; httpd_stop() and httpd_start() restart it. */
	void (*on_failed)(void *data);
	void *data;

	struct listener *listener; /* its connections are released to it; borrowed */
	struct limits *limits;     /* of the requests of a client; borrowed */
	long max_connections;      /* that the caller may add; one more is tolerated */
	long connection_memory;    /* octets of a request's header; a longer one gets 431 */
	long max_target;           /* octets of a request target; a longer one gets 414 */
	long idle_timeout;    /* seconds without an octet, after which a connection is closed */
	long request_timeout; /* seconds that a request and its reply may take on top of that */
	long max_age;         /* seconds, after which the next reply is the connection's last */
};

/** Gives the answer that on_request put off, and takes over its content. Answer each request once,
 * and before httpd_stop(). */
void httpd_answer(struct httpd_connection *connection, struct http_reply *reply);

/** Copies \p options. */
struct httpd *httpd_create(const struct httpd_options *options);

/** Starts the library, before the first httpd_add(); also again after httpd_stop(). */
bool httpd_start(struct httpd *httpd, struct error *reterr);

/** Takes over the connected, non-blocking \p fd. */
void httpd_add(struct httpd *httpd, int fd, const struct address *peer);

/** Closes each connection with its next reply. One without a request is closed after a second, one
 * with a request that has begun when that is answered. */
void httpd_drain(struct httpd *httpd);

/** Returns the number of requests from which a line has come, and whose reply the system does not
 * have yet; in the first second of draining, that of connections. */
size_t httpd_in_flight(const struct httpd *httpd);

/** Closes every connection, and releases each to the listener. Idempotent. */
void httpd_stop(struct httpd *httpd);

/** Stops and frees; NULL is a no-op. */
void httpd_destroy(struct httpd *httpd);

#endif

/** libmicrohttpd in the loop: sockets in, requests and replies between, and limits in time. */
#ifndef QUOTED_FRONTENDS_WEB_HTTPD_H
#define QUOTED_FRONTENDS_WEB_HTTPD_H

#include <ev.h>

#include "core/base/error.h"
#include "frontends/kit/address.h"
#include "frontends/web/route.h"
#include "frontends/web/web_reply.h"

struct httpd;

/** A request that waits for its answer. */
struct httpd_ticket;

/** What httpd_create is told. */
struct httpd_options {
	struct ev_loop *loop;
	const char *name;       /* of the log lines; borrowed */
	long max_connections;   /* a connection beyond them is closed */
	long connection_memory; /* octets for a request's header and the reply's */
	long max_target;        /* octets of a request target; over them: 414 */
	long idle_timeout;      /* seconds without an octet */
	long request_timeout; /* seconds a request may take beyond idle_timeout, both ways together
			       */
	long max_age;         /* seconds; then the next reply is a connection's last */
	/** Answers a request whose header is complete and checked; request->fault says with what
	 * result. Returns false where httpd_answer() comes later, for \p ticket. */
	bool (*on_request)(void *data, const struct route_request *request,
		struct httpd_ticket *ticket, struct web_reply *reply);
	/** Tells that a connection that httpd_add took is gone. */
	void (*on_closed)(void *data, const struct address *peer);
	/** Tells that the library cannot go on; httpd_stop and httpd_start begin anew. */
	void (*on_failed)(void *data);
	void *data;
};

/** Gives the answer that on_request put off, whose content is taken over. Each ticket is answered
 * once, before httpd_stop(). */
void httpd_answer(struct httpd_ticket *ticket, struct web_reply *reply);

/** Copies \p options. */
struct httpd *httpd_create(const struct httpd_options *options);

/** Makes ready for connections. */
bool httpd_start(struct httpd *httpd, struct error *reterr);

/** Takes over the connected, non-blocking \p fd. */
void httpd_add(struct httpd *httpd, int fd, const struct address *peer);

/**
 * Lets each connection end: what a client has sent already is answered, what comes later is not.
 * Connections that owe nothing close at once.
 */
void httpd_drain(struct httpd *httpd);

/** Returns the number of requests whose reply is not handed to the system yet. */
size_t httpd_in_flight(const struct httpd *httpd);

/** Closes every connection; on_closed is called for each. Idempotent. */
void httpd_stop(struct httpd *httpd);

/** Stops and frees; NULL is a no-op. */
void httpd_destroy(struct httpd *httpd);

#endif

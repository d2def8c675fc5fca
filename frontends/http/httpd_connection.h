/** The structs of httpd, which its files share and no other file includes. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTPD_CONNECTION_H
#define QUOTED_FRONTENDS_HTTP_HTTPD_CONNECTION_H

#include <sys/queue.h>

#include "core/base/buffer.h"
#include "frontends/http/forwarded.h"
#include "frontends/http/httpd.h"

struct MHD_Connection;
struct MHD_Daemon;
struct MHD_Response;
struct gzip;

/** A connection and its request. */
struct httpd_connection {
	struct httpd *httpd;
	struct MHD_Connection *mhd;
	struct MHD_Connection *suspended; /* until it is answered, else NULL */
	struct http_reply *answer; /* of httpd_answer(), until the library fetches it, else NULL */
	char *target;              /* and behind its NUL the path, while there is a request */
	struct buffer content;     /* of a POST */
	struct forwarded *forwarded; /* from a trusted proxy, else NULL */
	TAILQ_ENTRY(httpd_connection) link;
	struct address peer;
	int fd;
	bool trusted; /* the peer is a proxy of ours */
	bool busy;    /* a request line came and its reply is not sent yet */
	bool checked; /* the header is complete */
	bool unseen;  /* its end of input, since the last reply */
	bool cut;     /* shut down by us, and off the list */
	ev_tstamp opened;
	ev_tstamp since; /* the last reply, or the opening */
	double begun;    /* the request, by metrics_turn() */
	unsigned status; /* of its reply; 0: none yet */
	size_t bytes;    /* of the content of that */
	struct http_request request;
};

/** In order of since. */
TAILQ_HEAD(httpd_connections, httpd_connection);

/** The last reply that had a hash, and to what request it was. */
struct httpd_kept {
	struct MHD_Response *response; /* NULL: none is kept */
	uint64_t hash;
	size_t length; /* of the content */
	char *target;
	char *base; /* NULL: unknown */
	bool gzip;  /* accepted */
};

/** The library and its connections. */
struct httpd {
	struct httpd_options options;
	struct MHD_Daemon *daemon;
	struct httpd_connections connections;
	struct httpd_connection *adding; /* during MHD_add_connection() */
	size_t in_flight;
	bool draining;
	ev_timer patience; /* while draining, with connections that owe no reply */
	ev_io io;
	ev_prepare prepare;
	ev_timer timeout;
	ev_idle idle;
	ev_timer deadline;
	ev_timer look; /* for the end of input */
	struct gzip *gzip;
	struct httpd_kept kept;
};

#endif

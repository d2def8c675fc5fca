/** An HTTP request as its header gives it. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTP_REQUEST_H
#define QUOTED_FRONTENDS_HTTP_HTTP_REQUEST_H

#include "frontends/http/request_check.h"
#include "frontends/kit/address.h"

/** What was requested. The strings are borrowed; a field that is missing is NULL, of one that
 * is repeated it is the last. */
struct http_request {
	const struct address *peer;
	const struct address *client; /* the peer, or whom a trusted proxy forwards for */
	const char *base;    /* of absolute links, as "https://example.org/quotes"; NULL: unknown */
	const char *target;  /* as it was sent */
	const char *version; /* "HTTP/1.1" */
	const char *method;
	const char *path;    /* decoded, without the query; "": not a route */
	size_t depth;        /* folders of the path below the top, as it was sent */
	const char *query;   /* percent-encoded, without the question mark */
	const char *content; /* of a POST, up to its first NUL; NULL: none */
	const char *accept;
	const char *accept_encoding;
	const char *if_none_match;
	const char *user_agent;
	enum request_fault fault; /* of the request, found by request_check */
	bool improper;            /* the target has another form of path, which
				     request_path_location() puts right */
};

/**
 * Makes \p request one for what is below the path of its base, for a proxy that leaves that path in
 * the target. Returns false, with nothing changed, if the target is not below it, or if the path
 * has escapes.
 */
bool http_request_enter(struct http_request *request);

/** If the target is the path of the base without a slash at its end, returns the address of the
 * top, such as "./quotes/", for the caller to free(); else NULL. */
char *http_request_entrance(const struct http_request *request);

#endif

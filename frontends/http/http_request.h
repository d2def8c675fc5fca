/** An HTTP request as its header gives it. */
#ifndef QUOTED_FRONTENDS_HTTP_HTTP_REQUEST_H
#define QUOTED_FRONTENDS_HTTP_HTTP_REQUEST_H

#include "frontends/http/request_check.h"
#include "frontends/kit/address.h"

/** What was requested. The strings are borrowed; a field that is missing is NULL. */
struct http_request {
	const struct address *peer;
	const char *target;  /* as it was sent */
	const char *version; /* "HTTP/1.1" */
	const char *method;
	const char *path;  /* percent-encoded, without the query; "": not a route */
	const char *query; /* percent-encoded, without the question mark */
	const char *host;
	const char *accept;
	const char *user_agent;
	enum request_fault fault; /* of the request, found by request_check */
};

#endif

/** Decides what answers a request. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_ROUTE_H
#define QUOTED_FRONTENDS_WEB_ROUTE_H

#include <stdbool.h>

#include "frontends/http/http_request.h"
#include "frontends/web/view.h"

enum { ROUTE_NAME_SIZE = 256 };

/** The answer to a request. */
struct route {
	const struct view *view; /* NULL: an error, a redirect or no content */
	unsigned status;
	const char *detail;         /* of an error: a sentence for people; borrowed */
	unsigned retry_after;       /* of a 429 or 503: seconds; 0: unknown */
	const char *parameter;      /* of the query that is to blame; borrowed; NULL: none */
	char name[ROUTE_NAME_SIZE]; /* what follows the view's path: UTF-8 */
	enum negotiate_form form;
	bool varies;       /* Accept and User-Agent chose the form */
	bool refused;      /* close the connection after the reply */
	const char *allow; /* the methods of the address, for the field Allow */
};

/** Decides on the answer; paths are compared octet by octet, decoded. */
struct route route_find(const struct http_request *request);

/** Returns the suffix of a form, as ".html". */
const char *route_suffix(enum negotiate_form form);

/** Makes the route an error; \p detail is borrowed. */
void route_fail(struct route *route, unsigned status, const char *detail);

#endif

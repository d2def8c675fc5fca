/** Decides what answers a request. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_ROUTE_H
#define QUOTED_FRONTENDS_WEB_ROUTE_H

#include <stdbool.h>

#include "frontends/http/http_request.h"
#include "frontends/keeper/ask.h"
#include "frontends/web/negotiate.h"

enum route_answer {
	ROUTE_ANSWER_QUOTES, /* asked for by the route's kind */
	ROUTE_ANSWER_HEALTH,
	ROUTE_ANSWER_ICON,
	ROUTE_ANSWER_OPTIONS,
	ROUTE_ANSWER_ERROR,
};

enum { ROUTE_ID_SIZE = 13 };

/** The answer to a request. */
struct route {
	enum route_answer answer;
	enum ask_kind kind; /* of QUOTES */
	unsigned status;
	const char *detail;     /* of ERROR: a sentence for people; borrowed */
	char id[ROUTE_ID_SIZE]; /* of the kind ID: as requested; only letters and digits */
	enum negotiate_form form;
	bool varies;  /* Accept and User-Agent chose the form */
	bool refused; /* close the connection after the reply */
};

/** The methods of every route, for the field Allow. */
#define ROUTE_ALLOW "GET, HEAD, OPTIONS"

/** Decides on the answer; paths are compared octet by octet. */
struct route route_find(const struct http_request *request);

#endif

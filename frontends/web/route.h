/** From a request to what answers it. */
#ifndef QUOTED_FRONTENDS_WEB_ROUTE_H
#define QUOTED_FRONTENDS_WEB_ROUTE_H

#include <stdbool.h>

#include "frontends/keeper/ask.h"
#include "frontends/web/negotiate.h"
#include "frontends/web/request_check.h"

/** What a request asked for; the strings are borrowed, the fields NULL where absent. */
struct route_request {
	const char *method;
	const char *path;  /* percent-encoded, without query; "": longer than any route */
	const char *query; /* percent-encoded, without its question mark */
	const char *host;
	const char *accept;
	const char *user_agent;
	enum request_fault fault;
};

enum route_answer {
	ROUTE_ANSWER_QUOTES, /* what the route's kind asks for */
	ROUTE_ANSWER_HEALTH,
	ROUTE_ANSWER_ICON,
	ROUTE_ANSWER_OPTIONS,
	ROUTE_ANSWER_ERROR,
};

enum { ROUTE_ID_SIZE = 13 };

/** What a request is answered with. */
struct route {
	enum route_answer answer;
	enum ask_kind kind; /* of QUOTES */
	unsigned status;
	const char *detail;     /* of an error, a sentence for people; borrowed */
	char id[ROUTE_ID_SIZE]; /* as the request has it, no more than letters and digits */
	enum negotiate_form form;
	bool varies;  /* the form was chosen by Accept and User-Agent */
	bool refused; /* the connection must not carry another request */
};

/** The methods of every route, as the field Allow says it. */
#define ROUTE_ALLOW "GET, HEAD, OPTIONS"

/** Decides; paths are compared octet by octet. */
struct route route_find(const struct route_request *request);

#endif

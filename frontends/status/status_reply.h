/** Answers a request for the status of the process. Pure. */
#ifndef QUOTED_FRONTENDS_STATUS_STATUS_REPLY_H
#define QUOTED_FRONTENDS_STATUS_STATUS_REPLY_H

#include "frontends/frontend.h"
#include "frontends/http/http_reply.h"
#include "frontends/http/http_request.h"

/**
 * Fills in the answer to \p request, with what \p context tells of the process: /metrics in
 * Prometheus' text format 0.0.4; /healthz, 200; /readyz, 200 if every front end that shows quotes
 * serves, else 503, with the state of each as JSON. Only GET and HEAD are allowed.
 */
void status_reply_fill(struct http_reply *reply, const struct http_request *request,
	const struct frontend_context *context);

#endif

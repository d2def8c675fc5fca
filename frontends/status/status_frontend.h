/** The status front end: metrics, health and readiness of the process, over HTTP. */
#ifndef QUOTED_FRONTENDS_STATUS_STATUS_FRONTEND_H
#define QUOTED_FRONTENDS_STATUS_STATUS_FRONTEND_H

#include "frontends/frontend.h"
#include "frontends/http/http_server.h"

/** The settings of a status section; status_frontend_ops.settings explains each. */
struct status_frontend_options {
	struct http_server_options http;
};

/** Shows no quotes. */
extern const struct frontend_ops status_frontend_ops;

#endif

/** The web front end: quotes as pages, plain text and JSON over HTTP/1.1. */
#ifndef QUOTED_FRONTENDS_WEB_WEB_FRONTEND_H
#define QUOTED_FRONTENDS_WEB_WEB_FRONTEND_H

#include "core/base/strings.h"
#include "frontends/frontend.h"

/** The settings of a web section; web_frontend_ops.settings explains each. */
struct web_frontend_options {
	struct wire_options wire;
	struct strings listen;
	char *title;
	long qotd_port;
	long max_connections;
	long max_per_prefix;
	long idle_timeout;
	long request_timeout;
	long max_age;
	long connection_memory;
	long max_target;
};

extern const struct frontend_ops web_frontend_ops;

#endif

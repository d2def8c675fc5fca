/** The web front end: quotes as pages, plain text and JSON over HTTP/1.1. */
#ifndef QUOTED_FRONTENDS_WEB_WEB_FRONTEND_H
#define QUOTED_FRONTENDS_WEB_WEB_FRONTEND_H

#include "frontends/frontend.h"
#include "frontends/http/http_server.h"

/** The settings of a web section; web_frontend_ops.settings explains each. */
struct web_frontend_options {
	struct wire_options wire;
	struct http_server_options http;
	char *base_url;
	struct strings trusted_proxies;
	char *title;
	long qotd_port;
	char *security_contact;
	char *access_log;
	char *access_log_format;
};

extern const struct frontend_ops web_frontend_ops;

#endif

#include "frontends/http/http_server.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/net/listener.h"

struct http_server {
	struct limits *limits;
	struct listener listener;
	struct httpd *httpd;
};

const struct metrics_row http_server_metrics[] = {
	METRICS_COMMON_ROWS,
	LISTENER_METRICS_ROWS,
	HTTPD_METRICS_ROWS,
	{.name = NULL},
};

static void on_connection(void *data, int fd, const struct address *peer)
{
	struct http_server *server = data;
	httpd_add(server->httpd, fd, peer);
}

static struct limits *create_limits(
	const struct httpd_options *httpd, const struct http_server_options *options, uint64_t seed)
{
	return limits_create(&(struct limits_options){
		.loop = httpd->loop,
		.name = httpd->name,
		.max_connections = options->max_connections,
		.max_per_prefix = options->max_per_prefix,
		.unit = "request",
		.one = {"requests_per_second", options->requests_per_second,
			(double)options->requests_burst, (double)options->requests_per_second},
		.keys = LIMITS_PREFIXES,
		.limit_loopback = options->requests_limit_loopback,
		.seed = seed,
	});
}

static void init_listener(struct http_server *server, const struct httpd_options *httpd,
	const struct http_server_options *options, mode_t socket_mode)
{
	server->listener = (struct listener){
		.loop = httpd->loop,
		.name = httpd->name,
		.addresses = &options->listen,
		.socket_mode = socket_mode,
		.limits = server->limits,
		.metrics = httpd->metrics,
		.on_connection = on_connection,
		.data = server,
	};
	listener_init(&server->listener);
}

static struct httpd *create_httpd(struct http_server *server, const struct httpd_options *httpd,
	const struct http_server_options *options)
{
	struct httpd_options completed = *httpd;
	completed.listener = &server->listener;
	completed.limits = server->limits;
	completed.max_connections = options->max_connections;
	completed.connection_memory = options->connection_memory;
	completed.max_target = options->max_target;
	completed.idle_timeout = options->idle_timeout;
	completed.request_timeout = options->request_timeout;
	completed.max_age = options->max_age;
	return httpd_create(&completed);
}

struct http_server *http_server_create(const struct httpd_options *httpd,
	const struct http_server_options *options, uint64_t seed, struct error *reterr)
{
	mode_t socket_mode;
	if (options->listen.count == 0) {
		error_set(reterr, "listen is empty; add an address such as \"localhost:8017\"");
		return NULL;
	}
	if (!listener_check(&options->listen, reterr) ||
		!listener_read_mode(options->socket_mode, &socket_mode, reterr))
		return NULL;
	struct http_server *server = mem_alloc(sizeof *server);
	server->limits = create_limits(httpd, options, seed);
	init_listener(server, httpd, options, socket_mode);
	server->httpd = create_httpd(server, httpd, options);
	return server;
}

bool http_server_start(struct http_server *server, struct error *reterr)
{
	if (!httpd_start(server->httpd, reterr))
		return false;
	if (listener_start(&server->listener, reterr))
		return true;
	httpd_stop(server->httpd);
	return false;
}

void http_server_url(const struct http_server *server, char ret_url[LISTENER_URL_SIZE])
{
	listener_url(&server->listener, "http", ret_url);
}

void http_server_drain(struct http_server *server)
{
	listener_stop(&server->listener);
	httpd_drain(server->httpd);
}

size_t http_server_in_flight(const struct http_server *server)
{
	return httpd_in_flight(server->httpd);
}

void http_server_stop(struct http_server *server)
{
	listener_stop(&server->listener);
	httpd_stop(server->httpd);
	limits_tell(server->limits);
}

void http_server_destroy(struct http_server *server)
{
	if (server == NULL)
		return;
	httpd_destroy(server->httpd);
	listener_stop(&server->listener);
	limits_destroy(server->limits);
	free(server);
}

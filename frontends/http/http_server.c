#include "frontends/http/http_server.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/net/listener.h"

struct http_server {
	struct http_server_parts parts;
	struct limits *limits;
	struct listener *listener;
	struct httpd *httpd;
};

const struct metrics_row http_server_metrics[] = {
	METRICS_COMMON_ROWS,
	LISTENER_METRICS_ROWS,
	HTTPD_METRICS_ROWS,
	{.name = NULL},
};

static bool on_request(void *data, const struct http_request *request, struct httpd_ticket *ticket,
	struct http_reply *reply)
{
	const struct http_server *server = data;
	const struct http_server_parts *parts = &server->parts;
	struct http_request judged = *request;
	if (limits_take(server->limits, request->client, ev_now(parts->loop)) != LIMITS_REASON_NONE)
		judged.fault = REQUEST_FAULT_TOO_MANY;
	return parts->on_request(parts->data, &judged, ticket, reply);
}

static void on_done(void *data, const struct http_request *request, unsigned status, size_t bytes)
{
	const struct http_server_parts *parts = &((const struct http_server *)data)->parts;
	if (parts->on_done != NULL)
		parts->on_done(parts->data, request, status, bytes);
}

static void on_failed(void *data)
{
	const struct http_server_parts *parts = &((const struct http_server *)data)->parts;
	parts->on_failed(parts->data);
}

static void on_connection(void *data, int fd, const struct address *peer)
{
	struct http_server *server = data;
	httpd_add(server->httpd, fd, peer);
}

static void on_closed(void *data, const struct address *peer)
{
	struct http_server *server = data;
	listener_release(server->listener, peer);
}

static bool check_addresses(const struct strings *addresses, struct error *reterr)
{
	struct error error;
	struct address parsed[2];
	size_t count;
	for (size_t i = 0; i < addresses->count; i++) {
		if (!address_parse(addresses->items[i], parsed, &count, &error)) {
			error_set(reterr, "listen: %s", error.text);
			return false;
		}
	}
	if (addresses->count == 0)
		error_set(reterr, "listen is empty; add an address such as \"localhost:8017\"");
	return addresses->count > 0;
}

static struct httpd *create_httpd(
	struct http_server *server, const struct http_server_options *options)
{
	const struct http_server_parts *parts = &server->parts;
	struct httpd_options httpd_options = {
		.loop = parts->loop,
		.name = parts->name,
		.metrics = parts->metrics,
		.trusted_proxies = parts->trusted_proxies,
		.base_url = parts->base_url,
		.max_connections = options->max_connections,
		.connection_memory = options->connection_memory,
		.max_target = options->max_target,
		.max_content = parts->takes_content ? options->max_target : 0,
		.idle_timeout = options->idle_timeout,
		.request_timeout = options->request_timeout,
		.max_age = options->max_age,
		.on_request = on_request,
		.on_done = on_done,
		.on_closed = on_closed,
		.on_failed = on_failed,
		.data = server,
	};
	return httpd_create(&httpd_options);
}

static struct limits *create_limits(
	const struct http_server_parts *parts, const struct http_server_options *options)
{
	return limits_create(&(struct limits_options){
		.loop = parts->loop,
		.name = parts->name,
		.max_connections = options->max_connections,
		.max_per_prefix = options->max_per_prefix,
		.unit = "request",
		.one = {"requests_per_second", options->requests_per_second,
			(double)options->requests_burst, (double)options->requests_per_second},
		.keys = LIMITS_PREFIXES,
		.limit_loopback = options->requests_limit_loopback,
		.seed = parts->seed,
	});
}

static struct listener *create_listener(
	struct http_server *server, const struct http_server_options *options, mode_t socket_mode)
{
	const struct http_server_parts *parts = &server->parts;
	struct listener_options listener_options = {
		.loop = parts->loop,
		.name = parts->name,
		.addresses = &options->listen,
		.socket_mode = socket_mode,
		.limits = server->limits,
		.metrics = parts->metrics,
		.on_connection = on_connection,
		.data = server,
	};
	return listener_create(&listener_options);
}

struct http_server *http_server_create(const struct http_server_parts *parts,
	const struct http_server_options *options, struct error *reterr)
{
	mode_t socket_mode;
	if (!check_addresses(&options->listen, reterr) ||
		!listener_read_mode(options->socket_mode, &socket_mode, reterr))
		return NULL;
	struct http_server *server = mem_alloc(sizeof *server);
	server->parts = *parts;
	server->httpd = create_httpd(server, options);
	server->limits = create_limits(parts, options);
	server->listener = create_listener(server, options, socket_mode);
	return server;
}

bool http_server_start(struct http_server *server, struct error *reterr)
{
	if (!httpd_start(server->httpd, reterr))
		return false;
	if (listener_start(server->listener, reterr))
		return true;
	httpd_stop(server->httpd);
	return false;
}

void http_server_url(const struct http_server *server, char ret_url[LISTENER_URL_SIZE])
{
	listener_url(server->listener, "http", ret_url);
}

void http_server_drain(struct http_server *server)
{
	listener_stop(server->listener);
	httpd_drain(server->httpd);
}

size_t http_server_in_flight(const struct http_server *server)
{
	return httpd_in_flight(server->httpd);
}

void http_server_stop(struct http_server *server)
{
	listener_stop(server->listener);
	httpd_stop(server->httpd);
	limits_tell(server->limits);
}

void http_server_destroy(struct http_server *server)
{
	if (server == NULL)
		return;
	httpd_destroy(server->httpd);
	listener_destroy(server->listener);
	limits_destroy(server->limits);
	free(server);
}

#include "frontends/status/status_frontend.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/status/status_reply.h"

struct status {
	struct frontend base;
	const struct frontend_context *context;
	struct http_server *server;
};

static const struct setting settings[] = {
	HTTP_SERVER_ROWS(struct status_frontend_options, http, "{\"localhost:8018\"}"),
	{0},
};

static bool on_request(void *data, const struct http_request *request,
	struct httpd_connection *connection, struct http_reply *reply)
{
	const struct status *status = data;
	(void)connection;
	status_reply_fill(reply, request, status->context);
	return true;
}

static void on_failed(void *data)
{
	const struct status *status = data;
	status->context->on_failure(status->context, "libmicrohttpd failed");
}

static struct frontend *status_create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	const struct status_frontend_options *status_options = options;
	struct status *status = mem_alloc(sizeof *status);
	struct httpd_options httpd = {
		.loop = context->loop,
		.name = context->name,
		.metrics = context->metrics,
		.on_request = on_request,
		.on_failed = on_failed,
		.data = status,
	};
	status->base.ops = &status_frontend_ops;
	status->context = context;
	status->server =
		http_server_create(&httpd, &status_options->http, rng_next(context->rng), reterr);
	if (status->server != NULL)
		return &status->base;
	free(status);
	return NULL;
}

static bool status_start(struct frontend *frontend, struct error *reterr)
{
	return http_server_start(((struct status *)frontend)->server, reterr);
}

static void status_drain(struct frontend *frontend)
{
	http_server_drain(((struct status *)frontend)->server);
}

static size_t status_in_flight(const struct frontend *frontend)
{
	return http_server_in_flight(((const struct status *)frontend)->server);
}

static void status_stop(struct frontend *frontend)
{
	http_server_stop(((struct status *)frontend)->server);
}

static void status_destroy(struct frontend *frontend)
{
	struct status *status = (struct status *)frontend;
	if (status == NULL)
		return;
	http_server_destroy(status->server);
	free(status);
}

const struct frontend_ops status_frontend_ops = {
	.name = "status",
	.settings = settings,
	.options_size = sizeof(struct status_frontend_options),
	.metrics = http_server_metrics,
	.create = status_create,
	.start = status_start,
	.drain = status_drain,
	.in_flight = status_in_flight,
	.stop = status_stop,
	.destroy = status_destroy,
};

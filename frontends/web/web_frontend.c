#include "frontends/web/web_frontend.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/http/httpd.h"
#include "frontends/kit/listener.h"
#include "frontends/web/page.h"
#include "frontends/web/route.h"
#include "frontends/web/web_ask.h"
#include "frontends/web/web_reply.h"

struct web {
	struct frontend base;
	const struct frontend_context *context;
	struct listener *listener;
	struct httpd *httpd;
	struct page *page;
	struct web_asks asks;
};

#define AT(field) offsetof(struct web_frontend_options, field)

static const struct setting settings[] = {
	WIRE_OPTIONS_ROWS,
	{"listen", SETTING_TYPE_STRINGS, AT(listen), "{\"localhost:8017\"}", 0, 0,
		.help = "Addresses to listen on: HOST:PORT, *:PORT or unix:PATH",
		.check = address_check, .use = SETTING_USE_TCP},
	{"title", SETTING_TYPE_STRING, AT(title), "Quote of the moment", 0, 0,
		.help = "Title of the page"},
	{"qotd_port", SETTING_TYPE_INTEGER, AT(qotd_port), "0", 0, 65535,
		.help = "QOTD port that the page suggests to try with nc; 0: do not suggest it"},
	{"max_connections", SETTING_TYPE_INTEGER, AT(max_connections), "2000", 1, 100000,
		.help = "Connections open at once; further ones wait"},
	{"max_per_prefix", SETTING_TYPE_INTEGER, AT(max_per_prefix), "500", 1, 100000,
		.help = "Connections from one IPv4 /24 or IPv6 /56; further ones are closed"},
	{"idle_timeout", SETTING_TYPE_INTEGER, AT(idle_timeout), "30", 1, 3600,
		.help = "Seconds without an octet after which a connection is closed"},
	{"request_timeout", SETTING_TYPE_INTEGER, AT(request_timeout), "10", 1, 3600,
		.help = "Seconds that a request and its answer may take on top of idle_timeout"},
	{"max_age", SETTING_TYPE_INTEGER, AT(max_age), "3600", 1, 86400,
		.help = "Seconds after which a connection is closed with its next answer"},
	{"connection_memory", SETTING_TYPE_INTEGER, AT(connection_memory), "8192", 4096, 1048576,
		.help = "Octets of memory for the header of a request; a longer one is refused"},
	{"max_target", SETTING_TYPE_INTEGER, AT(max_target), "2048", 64, 65536,
		.help = "Octets of the address in a request; a longer one is refused"},
	{0},
};

static bool on_request(void *data, const struct http_request *request, struct httpd_ticket *ticket,
	struct http_reply *reply)
{
	struct web *web = data;
	struct route route = route_find(request);
	if (route.answer == ROUTE_ANSWER_QUOTES)
		return web_ask_begin(&web->asks, request, &route, ticket, reply);
	web_reply_fill(reply, &route, web->page, NULL, NULL);
	return true;
}

static void on_connection(void *data, int fd, const struct address *peer)
{
	struct web *web = data;
	httpd_add(web->httpd, fd, peer);
}

static void on_closed(void *data, const struct address *peer)
{
	struct web *web = data;
	listener_release(web->listener, peer);
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

static void on_failed(void *data)
{
	struct web *web = data;
	web->context->on_failure(web->context, "libmicrohttpd failed");
}

static struct httpd *create_httpd(struct web *web, const struct web_frontend_options *options)
{
	struct httpd_options httpd_options = {
		.loop = web->context->loop,
		.name = web->context->name,
		.max_connections = options->max_connections,
		.connection_memory = options->connection_memory,
		.max_target = options->max_target,
		.idle_timeout = options->idle_timeout,
		.request_timeout = options->request_timeout,
		.max_age = options->max_age,
		.on_request = on_request,
		.on_closed = on_closed,
		.on_failed = on_failed,
		.data = web,
	};
	return httpd_create(&httpd_options);
}

static struct listener *create_listener(struct web *web, const struct web_frontend_options *options)
{
	struct listener_options listener_options = {
		.loop = web->context->loop,
		.name = web->context->name,
		.addresses = &options->listen,
		.max_connections = options->max_connections,
		.max_per_prefix = options->max_per_prefix,
		.on_connection = on_connection,
		.data = web,
	};
	return listener_create(&listener_options);
}

static struct frontend *web_create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	const struct web_frontend_options *web_options = options;
	if (!check_addresses(&web_options->listen, reterr))
		return NULL;
	struct web *web = mem_alloc(sizeof *web);
	web->base.ops = &web_frontend_ops;
	web->context = context;
	asker_prepare(context->asker, &(struct quote_fit){0});
	web->page = page_create(web_options->title, web_options->qotd_port);
	web->asks = (struct web_asks){.asker = context->asker, .page = web->page};
	web->httpd = create_httpd(web, web_options);
	web->listener = create_listener(web, web_options);
	return &web->base;
}

static bool web_start(struct frontend *frontend, struct error *reterr)
{
	struct web *web = (struct web *)frontend;
	if (!httpd_start(web->httpd, reterr))
		return false;
	if (listener_start(web->listener, reterr))
		return true;
	httpd_stop(web->httpd);
	return false;
}

static void web_drain(struct frontend *frontend)
{
	struct web *web = (struct web *)frontend;
	listener_stop(web->listener);
	httpd_drain(web->httpd);
}

static size_t web_in_flight(const struct frontend *frontend)
{
	const struct web *web = (const struct web *)frontend;
	return httpd_in_flight(web->httpd);
}

static void web_stop(struct frontend *frontend)
{
	struct web *web = (struct web *)frontend;
	listener_stop(web->listener);
	web_ask_abandon(&web->asks);
	httpd_stop(web->httpd);
}

static void web_destroy(struct frontend *frontend)
{
	struct web *web = (struct web *)frontend;
	if (web == NULL)
		return;
	httpd_destroy(web->httpd);
	listener_destroy(web->listener);
	page_destroy(web->page);
	free(web);
}

/* A page takes any quote. */
static struct quote_fit web_fit(const void *options)
{
	(void)options;
	return (struct quote_fit){0};
}

const struct frontend_ops web_frontend_ops = {
	.name = "web",
	.settings = settings,
	.options_size = sizeof(struct web_frontend_options),
	.fit = web_fit,
	.create = web_create,
	.start = web_start,
	.drain = web_drain,
	.in_flight = web_in_flight,
	.stop = web_stop,
	.destroy = web_destroy,
};

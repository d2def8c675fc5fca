#include "frontends/web/web_frontend.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/mem.h"
#include "frontends/http/forwarded.h"
#include "frontends/http/http_server.h"
#include "frontends/kit/log.h"
#include "frontends/web/about/security_txt.h"
#include "frontends/web/access_line.h"
#include "frontends/web/access_log.h"
#include "frontends/web/page/page.h"
#include "frontends/web/visit.h"

struct web {
	struct frontend base;
	const struct frontend_context *context;
	struct http_server *server;
	struct access_log *access_log; /* NULL: none */
	bool access_log_is_json;
	char *url; /* base_url without slashes at its end; NULL: none */
	char own[LISTENER_URL_SIZE];
	struct page *page;
	struct visits visits;
};

#define AT(field) offsetof(struct web_frontend_options, field)

static const char *const access_log_formats[] = {"common", "json", NULL};

static const struct setting settings[] = {
	WIRE_OPTIONS_ROWS,
	HTTP_SERVER_ROWS(struct web_frontend_options, http, "{\"localhost:8017\"}"),
	{"base_url", SETTING_TYPE_STRING, AT(base_url), "", 0, 0,
		.help = "Public address of the site, as in https://example.org/quotes, for "
			"absolute links; empty: what a trusted proxy says",
		.check = forwarded_check_base},
	{"trusted_proxies", SETTING_TYPE_STRINGS, AT(trusted_proxies), "{}", 0, 0,
		.help = "Addresses and prefixes of proxies whose X-Forwarded-* or Forwarded "
			"counts; unix: for clients of a unix socket",
		.check = forwarded_check_proxy},
	{"title", SETTING_TYPE_STRING, AT(title), "Quote of the moment", 0, 0,
		.help = "Title of the page"},
	{"qotd_port", SETTING_TYPE_INTEGER, AT(qotd_port), "0", 0, 65535,
		.help = "QOTD port that the page suggests to try with nc; 0: do not suggest it"},
	{"security_contact", SETTING_TYPE_STRING, AT(security_contact), "", 0, 0,
		.help = "Whom to tell of security problems, for security.txt (RFC 9116), as in "
			"mailto:security@example.org or an https address; empty: no such file",
		.check = security_txt_check},
	{"access_log", SETTING_TYPE_STRING, AT(access_log), "", 0, 0,
		.help = "File or FIFO that gets a line for each request; empty: none",
		.check = access_log_check},
	{"access_log_format", SETTING_TYPE_CHOICE, AT(access_log_format), "common", 0, 0,
		.help = "Lines in Common Log Format, or json with an object a line",
		.choices = access_log_formats},
	{0},
};

static bool on_request(void *data, const struct http_request *request,
	struct httpd_connection *connection, struct http_reply *reply)
{
	struct web *web = data;
	return visit_begin(&web->visits, request, connection, reply);
}

static void on_done(void *data, const struct http_request *request, unsigned status, size_t bytes)
{
	struct web *web = data;
	char client[ADDRESS_TEXT_SIZE];
	struct buffer line = {0};
	if (web->access_log == NULL)
		return;
	log_host(request->client, client);
	access_line_add(&(struct access_line){request, client, time(NULL), status, bytes},
		web->access_log_is_json, &line);
	access_log_write(web->access_log, line.data, line.length);
	buffer_finish(&line);
}

static void on_failed(void *data)
{
	struct web *web = data;
	web->context->on_failure(web->context, "libmicrohttpd failed");
}

static char *copy_url(const char *base_url)
{
	size_t length = strlen(base_url);
	while (length > 0 && base_url[length - 1] == '/')
		length--;
	return length > 0 ? mem_strndup(base_url, length) : NULL;
}

static struct frontend *web_create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	const struct web_frontend_options *web_options = options;
	struct web *web = mem_alloc(sizeof *web);
	web->url = copy_url(web_options->base_url);
	struct httpd_options httpd = {
		.loop = context->loop,
		.name = context->name,
		.metrics = context->metrics,
		.trusted_proxies = &web_options->trusted_proxies,
		.base_url = web->url,
		.max_content = web_options->http.max_target,
		.on_request = on_request,
		.on_done = on_done,
		.on_failed = on_failed,
		.data = web,
	};
	web->server =
		http_server_create(&httpd, &web_options->http, rng_next(context->rng), reterr);
	if (web->server == NULL) {
		free(web->url);
		free(web);
		return NULL;
	}
	web->base.ops = &web_frontend_ops;
	if (web_options->access_log[0] != '\0')
		web->access_log =
			access_log_create(context->loop, context->name, web_options->access_log);
	web->access_log_is_json = strcmp(web_options->access_log_format, "json") == 0;
	web->context = context;
	asker_prepare(context->asker, &(struct quote_fit){0});
	asker_browse(context->asker);
	web->page = page_create(web_options->title, web_options->qotd_port);
	web->visits = (struct visits){
		.asker = context->asker,
		.page = web->page,
		.context = context,
		.title = web_options->title,
		.own = web->own,
		.security_contact = web_options->security_contact,
		.logs_requests = web->access_log != NULL,
	};
	return &web->base;
}

static bool web_start(struct frontend *frontend, struct error *reterr)
{
	struct web *web = (struct web *)frontend;
	if (web->access_log != NULL && !access_log_open(web->access_log, reterr))
		return false;
	if (http_server_start(web->server, reterr)) {
		http_server_url(web->server, web->own);
		return true;
	}
	if (web->access_log != NULL)
		access_log_close(web->access_log);
	return false;
}

static const char *web_url(const struct frontend *frontend)
{
	return ((const struct web *)frontend)->url;
}

static void web_reopen(struct frontend *frontend)
{
	struct web *web = (struct web *)frontend;
	if (web->access_log != NULL)
		access_log_reopen(web->access_log);
}

static void web_drain(struct frontend *frontend)
{
	struct web *web = (struct web *)frontend;
	http_server_drain(web->server);
}

static size_t web_in_flight(const struct frontend *frontend)
{
	const struct web *web = (const struct web *)frontend;
	return http_server_in_flight(web->server);
}

static void web_stop(struct frontend *frontend)
{
	struct web *web = (struct web *)frontend;
	visit_abandon_all(&web->visits);
	http_server_stop(web->server);
	if (web->access_log != NULL)
		access_log_close(web->access_log);
}

static void web_destroy(struct frontend *frontend)
{
	struct web *web = (struct web *)frontend;
	if (web == NULL)
		return;
	http_server_destroy(web->server);
	access_log_destroy(web->access_log);
	page_destroy(web->page);
	free(web->url);
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
	.metrics = http_server_metrics,
	.fit = web_fit,
	.create = web_create,
	.start = web_start,
	.url = web_url,
	.reopen = web_reopen,
	.drain = web_drain,
	.in_flight = web_in_flight,
	.stop = web_stop,
	.destroy = web_destroy,
};

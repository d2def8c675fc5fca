#include "frontends/http/httpd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <microhttpd.h>

#include "core/base/mem.h"
#include "frontends/http/gzip.h"
#include "frontends/http/http_header.h"
#include "frontends/http/httpd_connection.h"
#include "frontends/http/httpd_reply.h"
#include "frontends/http/httpd_request.h"
#include "frontends/http/httpd_times.h"
#include "frontends/kit/log.h"

/* The library's memory for a connection holds the header of a request, 64 octets for each of its
 * fields, and then the header of the reply. It clears all of it for each request, so there is no
 * more than 32 fields of a header of the greatest length need. */
enum { FIELD_ROOM = 64, REPLY_ROOM = 1280, MEMORY_ROOM = REPLY_ROOM + 33 * FIELD_ROOM };

static size_t memory_of(const struct httpd *httpd)
{
	return (size_t)httpd->options.connection_memory + MEMORY_ROOM;
}

static void run(struct httpd *httpd)
{
	if (MHD_run(httpd->daemon) != MHD_YES)
		httpd->options.on_failed(httpd->options.data);
}

static void on_io(struct ev_loop *loop, ev_io *watcher, int events)
{
	(void)loop, (void)events;
	run(watcher->data);
}

static void on_timeout(struct ev_loop *loop, ev_timer *watcher, int events)
{
	(void)loop, (void)events;
	run(watcher->data);
}

static void on_idle(struct ev_loop *loop, ev_idle *watcher, int events)
{
	(void)loop, (void)events;
	run(watcher->data);
}

/* The library has no timer of its own: before each wait, ask when it wants to run next. */
static void on_prepare(struct ev_loop *loop, ev_prepare *watcher, int events)
{
	(void)events;
	struct httpd *httpd = watcher->data;
	MHD_UNSIGNED_LONG_LONG wait = 0;
	bool wants = MHD_get_timeout(httpd->daemon, &wait) == MHD_YES;
	if (wants && wait == 0)
		ev_idle_start(loop, &httpd->idle);
	else
		ev_idle_stop(loop, &httpd->idle);
	httpd->timeout.repeat = wants && wait > 0 ? ((ev_tstamp)wait + 1) / 1000 : 0;
	ev_timer_again(loop, &httpd->timeout);
}

static void on_log(void *data, const char *format, va_list arguments)
{
	struct httpd *httpd = data;
	char text[256];
	if (strncmp(format, "Error processing request (", 26) == 0) {
		va_list copy;
		va_copy(copy, arguments);
		httpd_request_too_long(httpd, va_arg(copy, unsigned));
		va_end(copy);
	}
	vsnprintf(text, sizeof text, format, arguments);
	log_debug(httpd->options.name, "libmicrohttpd: %.*s", (int)strcspn(text, "\n"), text);
}

static void begin_connection(struct httpd *httpd, struct MHD_Connection *mhd, void **socket_context)
{
	*socket_context = httpd->adding;
	httpd->adding->mhd = mhd;
	httpd_times_begin(httpd->adding);
	httpd->adding = NULL;
}

static void end_connection(struct httpd *httpd, struct httpd_connection *connection)
{
	if (connection->busy)
		httpd_request_end(connection);
	httpd_times_end(connection);
	listener_release(httpd->options.listener, &connection->peer);
	free(connection);
}

static void on_connection(void *data, struct MHD_Connection *mhd, void **socket_context,
	enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		begin_connection(data, mhd, socket_context);
	else if (*socket_context != NULL)
		end_connection(data, *socket_context);
}

/* The library copies the first Cookie field to parse it. This one comes first, so that those of the
 * client do not take its memory twice. */
static const char no_cookie[] = "-";

/*
 * Called with the request line, before the library parses the query into its fixed memory. It would
 * never reply to a query that does not fit there, so this cuts the query off and keeps a copy.
 */
static void *on_target(void *data, const char *target, struct MHD_Connection *mhd)
{
	(void)data;
	struct httpd_connection *connection =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	httpd_request_begin(connection, target != NULL ? target : "");
	MHD_set_connection_value(mhd, MHD_HEADER_KIND, MHD_HTTP_HEADER_COOKIE, no_cookie);
	char *parsed = target != NULL ? strchr(target, '?') : NULL;
	if (parsed != NULL)
		parsed[1] = '\0';
	return connection;
}

/* The first field is ours. */
static enum MHD_Result on_field(void *data, enum MHD_ValueKind kind, const char *name,
	size_t name_length, const char *value, size_t value_length)
{
	(void)kind;
	if (value != no_cookie)
		http_header_add(data, name, name_length, value, value_length);
	return MHD_YES;
}

/* Sets \p ret_full if the memory left has no room for a reply. */
static bool is_too_long(const struct httpd_connection *connection, const struct http_header *header,
	size_t length, bool *ret_full)
{
	const struct httpd *httpd = connection->httpd;
	*ret_full = length + (header->count + 1) * FIELD_ROOM + REPLY_ROOM > memory_of(httpd);
	return *ret_full || length > (size_t)httpd->options.connection_memory;
}

static void check_header(struct httpd_connection *connection, bool *ret_full)
{
	struct http_request *request = &connection->request;
	bool is_post = strcmp(request->method, MHD_HTTP_METHOD_POST) == 0;
	struct http_header header = {.request = request,
		.max_content = is_post ? (size_t)connection->httpd->options.max_content : 0};
	MHD_get_connection_values_n(connection->mhd, MHD_HEADER_KIND, on_field, &header);
	size_t length =
		MHD_get_connection_info(connection->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
			->header_size;
	enum request_fault fault = http_header_end(&header, request->method + length);
	if (is_too_long(connection, &header, length, ret_full))
		fault = REQUEST_FAULT_HEADER_LENGTH;
	if (request->fault == REQUEST_FAULT_NONE)
		request->fault = fault;
	httpd_request_forward(connection, &header.forwarded);
	http_header_finish(&header);
	connection->checked = true;
}

/* The library calls again for a suspended connection once it is resumed. */
static enum MHD_Result send_reply(struct httpd_connection *connection, struct MHD_Connection *mhd)
{
	struct http_reply reply = {.kept = httpd_reply_kept(connection)};
	if (connection->answer != NULL) {
		reply = *connection->answer;
		free(connection->answer);
		connection->answer = NULL;
		return httpd_reply_queue(connection, mhd, &reply) ? MHD_YES : MHD_NO;
	}
	if (httpd_request_ask(connection, &connection->request, &reply))
		return httpd_reply_queue(connection, mhd, &reply) ? MHD_YES : MHD_NO;
	connection->suspended = mhd;
	MHD_suspend_connection(mhd);
	return MHD_YES;
}

void httpd_answer(struct httpd_connection *connection, struct http_reply *reply)
{
	struct MHD_Connection *mhd = connection->suspended;
	connection->suspended = NULL;
	connection->answer = mem_alloc(sizeof *reply);
	*connection->answer = *reply;
	MHD_resume_connection(mhd);
	ev_feed_event(connection->httpd->options.loop, &connection->httpd->io, EV_READ);
}

/* The header has said how much comes. */
static void take_content(struct httpd_connection *connection, const char *upload, size_t length)
{
	buffer_append(&connection->content, upload, length);
	connection->request.content = connection->content.data;
}

/* A reply on the first call ends the connection, so it can only be a refusal. */
static enum MHD_Result on_request(void *data, struct MHD_Connection *mhd, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_length,
	void **context)
{
	(void)data, (void)url;
	struct httpd_connection *connection = *context;
	size_t length = *upload_length;
	bool full;
	*upload_length = 0;
	connection->request.method = method;
	connection->request.version = version;
	if (connection->checked && length > 0) {
		take_content(connection, upload, length);
		return MHD_YES;
	}
	if (connection->checked)
		return send_reply(connection, mhd);
	check_header(connection, &full);
	if (connection->request.fault == REQUEST_FAULT_NONE)
		return MHD_YES;
	if (!full)
		return send_reply(connection, mhd);
	httpd_request_refuse(connection, connection->request.fault);
	return MHD_NO;
}

static void on_completed(void *data, struct MHD_Connection *mhd, void **context,
	enum MHD_RequestTerminationCode code)
{
	(void)data, (void)mhd;
	struct httpd_connection *connection = *context;
	if (connection == NULL || !connection->busy)
		return;
	if (code == MHD_REQUEST_TERMINATED_COMPLETED_OK && connection->status != 0)
		httpd_request_count(connection);
	*context = NULL;
	httpd_request_end(connection);
	httpd_times_replied(connection);
}

struct httpd *httpd_create(const struct httpd_options *options)
{
	struct httpd *httpd = mem_alloc(sizeof *httpd);
	httpd->options = *options;
	httpd_times_init(httpd);
	ev_init(&httpd->io, on_io);
	ev_prepare_init(&httpd->prepare, on_prepare);
	ev_init(&httpd->timeout, on_timeout);
	ev_idle_init(&httpd->idle, on_idle);
	/* With the highest priority, an idle watcher runs in every turn, however busy the other
	 * sockets are. */
	ev_set_priority(&httpd->idle, EV_MAXPRI);
	httpd->gzip = gzip_create();
	httpd->io.data = httpd->prepare.data = httpd->timeout.data = httpd->idle.data = httpd;
	return httpd;
}

/*
 * Not strict: that would only add a reply of the library's own if Host is missing or the target has
 * a blank, with its header sent twice. request_check finds both, and we reply.
 */
static struct MHD_Daemon *start_daemon(struct httpd *httpd)
{
	const struct httpd_options *options = &httpd->options;
	return MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_TURBO |
					MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME,
		0, NULL, NULL, on_request, httpd, MHD_OPTION_EXTERNAL_LOGGER, on_log, httpd,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)options->max_connections + 1,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)options->idle_timeout,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory_of(httpd), MHD_OPTION_STRICT_FOR_CLIENT,
		0, MHD_OPTION_URI_LOG_CALLBACK, on_target, httpd, MHD_OPTION_NOTIFY_CONNECTION,
		on_connection, httpd, MHD_OPTION_NOTIFY_COMPLETED, on_completed, httpd,
		MHD_OPTION_END);
}

bool httpd_start(struct httpd *httpd, struct error *reterr)
{
	httpd->daemon = start_daemon(httpd);
	if (httpd->daemon == NULL) {
		error_set(reterr, "libmicrohttpd did not start; check the limit of open files");
		return false;
	}
	httpd->draining = false;
	int fd = MHD_get_daemon_info(httpd->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
	ev_io_set(&httpd->io, fd, EV_READ);
	ev_io_start(httpd->options.loop, &httpd->io);
	ev_prepare_start(httpd->options.loop, &httpd->prepare);
	run(httpd);
	return true;
}

void httpd_add(struct httpd *httpd, int fd, const struct address *peer)
{
	struct httpd_connection *connection = mem_alloc(sizeof *connection);
	connection->httpd = httpd;
	connection->peer = *peer;
	connection->fd = fd;
	connection->trusted = httpd->options.trusted_proxies != NULL &&
			      forwarded_is_trusted(httpd->options.trusted_proxies, peer);
	connection->opened = connection->since = ev_now(httpd->options.loop);
	httpd->adding = connection;
	const struct sockaddr *address = (const struct sockaddr *)&peer->storage;
	MHD_add_connection(httpd->daemon, fd, address, peer->length);
	/* The library refused it and closed the socket, without calling on_connection(). */
	if (httpd->adding != NULL) {
		httpd->adding = NULL;
		listener_release(httpd->options.listener, peer);
		free(connection);
	}
	ev_feed_event(httpd->options.loop, &httpd->io, EV_READ);
}

void httpd_drain(struct httpd *httpd)
{
	if (httpd->daemon == NULL)
		return;
	httpd->draining = true;
	httpd_times_drain(httpd);
}

size_t httpd_in_flight(const struct httpd *httpd)
{
	return ev_is_active(&httpd->patience) ? httpd_times_count(httpd) : httpd->in_flight;
}

void httpd_stop(struct httpd *httpd)
{
	if (httpd->daemon == NULL)
		return;
	ev_io_stop(httpd->options.loop, &httpd->io);
	ev_prepare_stop(httpd->options.loop, &httpd->prepare);
	ev_timer_stop(httpd->options.loop, &httpd->timeout);
	ev_idle_stop(httpd->options.loop, &httpd->idle);
	httpd_times_stop(httpd);
	MHD_stop_daemon(httpd->daemon);
	httpd->daemon = NULL;
}

void httpd_destroy(struct httpd *httpd)
{
	if (httpd == NULL)
		return;
	httpd_stop(httpd);
	httpd_reply_forget(httpd);
	gzip_destroy(httpd->gzip);
	free(httpd);
}

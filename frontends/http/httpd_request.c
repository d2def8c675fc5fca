#include "frontends/http/httpd_request.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "core/base/mem.h"

static size_t row_of(unsigned status)
{
	if (status == 404 || status == 405)
		return HTTPD_METRICS_NOT_FOUND;
	if (status == 429)
		return HTTPD_METRICS_RATE;
	if (status < 500)
		return HTTPD_METRICS_MALFORMED;
	return status == 503 ? HTTPD_METRICS_UNAVAILABLE : HTTPD_METRICS_FAILED;
}

void httpd_request_count(const struct httpd_connection *connection)
{
	struct metrics *metrics = connection->httpd->options.metrics;
	if (connection->status >= 400) {
		metrics_add(metrics, row_of(connection->status), 1);
		return;
	}
	metrics_add(metrics, METRICS_ANSWERS, 1);
	metrics_observe(metrics, METRICS_SECONDS, metrics_clock() - connection->begun);
}

static void set_target(struct httpd_connection *connection, const char *target)
{
	struct http_request *request = &connection->request;
	char path[REQUEST_PATH_SIZE];
	size_t length = strlen(target);
	request->fault = request_check_target(
		target, (size_t)connection->httpd->options.max_target, path, &request->improper);
	char *kept = mem_alloc(length + 1 + strlen(path) + 1);
	memcpy(kept, target, length);
	memcpy(kept + length + 1, path, strlen(path) + 1);
	const char *query = strchr(kept, '?');
	request->target = connection->target = kept;
	request->path = kept + length + 1;
	request->depth = request_path_depth(kept);
	request->query = query != NULL ? query + 1 : "";
}

void httpd_request_begin(struct httpd_connection *connection, const char *target)
{
	struct httpd *httpd = connection->httpd;
	httpd->in_flight++;
	metrics_add(httpd->options.metrics, METRICS_REQUESTS, 1);
	connection->begun = metrics_turn();
	connection->busy = true;
	connection->checked = false;
	connection->request = (struct http_request){
		.peer = &connection->peer,
		.client = &connection->peer,
		.base = httpd->options.base_url,
		.version = "HTTP/1.1",
	};
	set_target(connection, target);
}

void httpd_request_forward(
	struct httpd_connection *connection, const struct forwarded_fields *fields)
{
	const struct httpd *httpd = connection->httpd;
	struct http_request *request = &connection->request;
	if (!connection->trusted)
		return;
	struct forwarded *forwarded = mem_alloc(sizeof *forwarded);
	connection->forwarded = forwarded;
	forwarded_read(fields, httpd->options.trusted_proxies, forwarded);
	if (forwarded->client.length > 0)
		request->client = &forwarded->client;
	if (forwarded->base[0] != '\0' && request->base == NULL)
		request->base = forwarded->base;
}

void httpd_request_end(struct httpd_connection *connection)
{
	struct httpd *httpd = connection->httpd;
	httpd->in_flight--;
	connection->busy = false;
	if (httpd->options.on_done != NULL)
		httpd->options.on_done(httpd->options.data, &connection->request,
			connection->status, connection->bytes);
	/* It was resumed, and ended before the library fetched the answer. */
	if (connection->answer != NULL)
		http_reply_finish(connection->answer);
	free(connection->answer);
	connection->answer = NULL;
	connection->checked = false;
	buffer_finish(&connection->content);
	free(connection->target);
	free(connection->forwarded);
	connection->target = NULL;
	connection->forwarded = NULL;
	connection->status = 0;
	connection->bytes = 0;
}

bool httpd_request_ask(
	struct httpd_connection *connection, struct http_request *request, struct http_reply *reply)
{
	const struct httpd_options *options = &connection->httpd->options;
	if (limits_take(options->limits, request->client, ev_now(options->loop)) !=
		LIMITS_REASON_NONE)
		request->fault = REQUEST_FAULT_TOO_MANY;
	return options->on_request(options->data, request, connection, reply);
}

void httpd_request_refuse(struct httpd_connection *connection, enum request_fault fault)
{
	struct http_reply reply = {0};
	struct buffer text = {0};
	if (!connection->busy) {
		httpd_request_begin(connection, "");
		connection->request.fault = fault;
	}
	struct http_request request = connection->request;
	request.method = request.method != NULL ? request.method : "GET";
	request.fault = request.fault != REQUEST_FAULT_NONE ? request.fault : fault;
	httpd_request_ask(connection, &request, &reply);
	http_reply_complete(&reply, &request, NULL);
	http_reply_write(&reply, &text);
	send(connection->fd, text.data, text.length, MSG_NOSIGNAL | MSG_DONTWAIT);
	shutdown(connection->fd, SHUT_WR);
	connection->status = reply.status;
	connection->bytes = reply.content.length;
	httpd_request_count(connection);
	http_reply_finish(&reply);
	buffer_finish(&text);
}

static bool has_unread(const struct httpd_connection *connection)
{
	int unread = 0;
	return ioctl(connection->fd, FIONREAD, &unread) == 0 && unread > 0;
}

/*
 * Finds whose header, or request line, has just filled the library's memory, for the library does
 * not tell: the only connection of which one has begun, or if there are several, the only one with
 * more to read. Returns NULL if there is none such.
 */
static struct httpd_connection *find_too_long(const struct httpd *httpd, bool has_target)
{
	struct httpd_connection *connection;
	struct httpd_connection *found = NULL;
	struct httpd_connection *reading = NULL;
	size_t count = 0;
	size_t readings = 0;
	TAILQ_FOREACH (connection, &httpd->connections, link) {
		if (connection->busy != has_target || connection->checked ||
			connection->status != 0)
			continue;
		found = connection;
		count++;
		if (!has_unread(connection))
			continue;
		reading = connection;
		readings++;
	}
	if (count == 1)
		return found;
	return readings == 1 ? reading : NULL;
}

void httpd_request_too_long(const struct httpd *httpd, unsigned status)
{
	bool of_target = status == 414;
	if (!of_target && status != 431)
		return;
	struct httpd_connection *connection = find_too_long(httpd, !of_target);
	if (connection != NULL)
		httpd_request_refuse(connection,
			of_target ? REQUEST_FAULT_TARGET_LENGTH : REQUEST_FAULT_HEADER_LENGTH);
}

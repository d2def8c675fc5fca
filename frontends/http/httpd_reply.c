#include "frontends/http/httpd_reply.h"

#include <stdlib.h>
#include <string.h>

#include <microhttpd.h>

#include "core/base/mem.h"
#include "frontends/http/http_fields.h"

static bool is_last(const struct httpd_connection *connection)
{
	const struct httpd *httpd = connection->httpd;
	return httpd->draining || ev_now(httpd->options.loop) - connection->opened >=
					  (ev_tstamp)httpd->options.max_age;
}

// NOLINTNEXTLINE(readability-non-const-parameter): as the library declares it
static ssize_t on_no_content(void *data, uint64_t position, char *buffer, size_t room)
{
	(void)data, (void)position, (void)buffer, (void)room;
	return MHD_CONTENT_READER_END_WITH_ERROR;
}

/* The library always tells a length, so that of a 304 must be the true one, of content that it
 * never asks for. */
static struct MHD_Response *create_response(struct http_reply *reply)
{
	struct MHD_Response *response =
		reply->status == 304 ? MHD_create_response_from_callback(
					       reply->length, 1, on_no_content, NULL, NULL)
				     : MHD_create_response_from_buffer(reply->content.length,
					       reply->content.data, MHD_RESPMEM_MUST_FREE);
	if (response == NULL)
		return NULL;
	for (size_t i = 0; i < reply->field_count; i++)
		MHD_add_response_header(response, reply->fields[i].name, reply->fields[i].value);
	if (reply->close)
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
	if (reply->status != 304)
		reply->content = (struct buffer){0};
	return response;
}

static bool is_same(const char *one, const char *other)
{
	return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

uint64_t httpd_reply_kept(const struct httpd_connection *connection)
{
	const struct httpd_kept *kept = &connection->httpd->kept;
	const struct http_request *request = &connection->request;
	bool fits = kept->response != NULL && is_same(kept->target, request->target) &&
		    is_same(kept->base, request->base) && !is_last(connection) &&
		    http_fields_accept_gzip(request->accept_encoding) == kept->gzip;
	return fits ? kept->hash : 0;
}

void httpd_reply_forget(struct httpd *httpd)
{
	struct httpd_kept *kept = &httpd->kept;
	if (kept->response != NULL)
		MHD_destroy_response(kept->response);
	free(kept->target);
	free(kept->base);
	*kept = (struct httpd_kept){0};
}

static void keep(struct httpd_connection *connection, const struct http_reply *reply,
	struct MHD_Response *response, size_t length)
{
	const struct http_request *request = &connection->request;
	httpd_reply_forget(connection->httpd);
	connection->httpd->kept = (struct httpd_kept){
		.response = response,
		.hash = reply->hash,
		.length = length,
		.target = mem_strdup(request->target),
		.base = request->base != NULL ? mem_strdup(request->base) : NULL,
		.gzip = http_fields_accept_gzip(request->accept_encoding),
	};
}

static bool queue(struct httpd_connection *connection, struct MHD_Connection *mhd,
	const struct http_reply *reply, struct MHD_Response *response, size_t length)
{
	bool is_sent = reply->status != 304 && strcmp(connection->request.method, "HEAD") != 0;
	connection->bytes = is_sent ? length : 0;
	return MHD_queue_response(mhd, reply->status, response) == MHD_YES;
}

static bool queue_new(
	struct httpd_connection *connection, struct MHD_Connection *mhd, struct http_reply *reply)
{
	bool has_hash = reply->hash != 0;
	reply->close = reply->close || is_last(connection);
	http_reply_complete(reply, &connection->request, connection->httpd->gzip);
	bool lasts = has_hash && reply->status == 200 && !reply->close && reply->max_age == 0 &&
		     reply->location == NULL;
	size_t length = reply->content.length;
	struct MHD_Response *response = create_response(reply);
	if (response == NULL)
		return false;
	bool queued = queue(connection, mhd, reply, response, length);
	if (lasts)
		keep(connection, reply, response, length);
	else
		MHD_destroy_response(response);
	return queued;
}

bool httpd_reply_queue(
	struct httpd_connection *connection, struct MHD_Connection *mhd, struct http_reply *reply)
{
	const struct httpd_kept *kept = &connection->httpd->kept;
	bool queued = http_reply_is_kept(reply)
			      ? queue(connection, mhd, reply, kept->response, kept->length)
			      : queue_new(connection, mhd, reply);
	connection->status = reply->status;
	http_reply_finish(reply);
	return queued;
}

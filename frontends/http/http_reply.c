#include "frontends/http/http_reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/hash.h"
#include "frontends/http/http_fields.h"

void http_reply_add(struct http_reply *reply, const char *name, const char *value)
{
	if (reply->field_count < HTTP_REPLY_FIELDS_MAX)
		reply->fields[reply->field_count++] = (struct http_reply_field){name, value};
}

static const struct {
	unsigned status;
	const char *title;
} titles[] = {
	{200, "OK"},
	{204, "No Content"},
	{301, "Moved Permanently"},
	{302, "Found"},
	{304, "Not Modified"},
	{400, "Bad Request"},
	{404, "Not Found"},
	{405, "Method Not Allowed"},
	{411, "Length Required"},
	{413, "Content Too Large"},
	{414, "URI Too Long"},
	{429, "Too Many Requests"},
	{431, "Request Header Fields Too Large"},
	{500, "Internal Server Error"},
	{501, "Not Implemented"},
	{503, "Service Unavailable"},
};

const char *http_reply_title(unsigned status)
{
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		if (titles[i].status == status)
			return titles[i].title;
	}
	return "Error";
}

/* With "*" the length is not known yet, so the content is written. */
bool http_reply_has(struct http_reply *reply, const struct http_request *request, uint64_t hash)
{
	size_t length;
	reply->hash = hash;
	reply->status = 200;
	if (!http_tag_match(request->if_none_match, hash, &length))
		return http_reply_is_kept(reply);
	reply->kept = 0;
	if (length == SIZE_MAX)
		return false;
	reply->length = length;
	reply->status = 304;
	return true;
}

bool http_reply_is_kept(const struct http_reply *reply)
{
	return reply->status == 200 && reply->kept != 0 && reply->kept == reply->hash;
}

/* The checksum of the front stands for it. */
static uint64_t hash_content(const struct http_reply *reply)
{
	const struct gzip_part *front = reply->front;
	size_t skipped = front != NULL ? front->length : 0;
	return hash_octets(reply->content.data + skipped, reply->content.length - skipped,
		front != NULL ? front->crc : 0);
}

static void add_tag(struct http_reply *reply, const struct http_request *request)
{
	size_t length;
	if (reply->status == 200) {
		reply->length = reply->content.length;
		if (http_tag_match(request->if_none_match, reply->hash, &length))
			reply->status = 304;
	}
	http_tag_format(reply->hash, reply->length, reply->tag);
	http_reply_add(reply, "ETag", reply->tag);
}

static void add_vary(struct http_reply *reply)
{
	static const char *const values[2][2] = {{NULL, "Accept-Encoding"},
		{"Accept, User-Agent", "Accept, User-Agent, Accept-Encoding"}};
	const char *value = values[reply->varies][reply->compress];
	if (value != NULL)
		http_reply_add(reply, "Vary", value);
}

static void compress(struct http_reply *reply, struct gzip *gzip)
{
	struct buffer compressed = {0};
	gzip_write(gzip, reply->front, &reply->content, &compressed);
	buffer_finish(&reply->content);
	reply->content = compressed;
	http_reply_add(reply, "Content-Encoding", "gzip");
}

static void add_retry_after(struct http_reply *reply)
{
	snprintf(reply->retry, sizeof reply->retry, "%u", reply->retry_after);
	http_reply_add(reply, "Retry-After", reply->retry);
}

static void add_max_age(struct http_reply *reply)
{
	snprintf(reply->cache, sizeof reply->cache, "public, max-age=%u", reply->max_age);
	http_reply_add(reply, "Cache-Control", reply->cache);
}

void http_reply_complete(
	struct http_reply *reply, const struct http_request *request, struct gzip *gzip)
{
	bool moved = reply->status >= 300;
	if (reply->location != NULL)
		http_reply_add(reply, moved ? "Location" : "Content-Location", reply->location);
	if (reply->max_age > 0)
		add_max_age(reply);
	if (reply->retry_after > 0)
		add_retry_after(reply);
	add_vary(reply);
	bool is_tagged = reply->validate && (reply->status == 200 || reply->status == 304);
	if (is_tagged && reply->hash == 0)
		reply->hash = hash_content(reply);
	if (reply->compress && gzip != NULL && reply->content.length >= HTTP_REPLY_GZIP_MIN &&
		reply->content.length <= HTTP_REPLY_GZIP_MAX &&
		http_fields_accept_gzip(request->accept_encoding))
		compress(reply, gzip);
	if (is_tagged)
		add_tag(reply, request);
}

static void write_date(struct buffer *out)
{
	char date[64];
	time_t now = time(NULL);
	struct tm parts;
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &parts));
	buffer_format(out, "Date: %s\r\n", date);
}

void http_reply_write(const struct http_reply *reply, struct buffer *out)
{
	buffer_format(out, "HTTP/1.1 %u %s\r\n", reply->status, http_reply_title(reply->status));
	write_date(out);
	for (size_t i = 0; i < reply->field_count; i++)
		buffer_format(out, "%s: %s\r\n", reply->fields[i].name, reply->fields[i].value);
	buffer_format(
		out, "Connection: close\r\nContent-Length: %zu\r\n\r\n", reply->content.length);
	buffer_append(out, reply->content.data, reply->content.length);
}

void http_reply_finish(struct http_reply *reply)
{
	buffer_finish(&reply->content);
	free(reply->location);
	reply->location = NULL;
}

#include "frontends/web/access_line.h"

#include <string.h>

#include "frontends/kit/json_writer.h"

static void add_time(struct buffer *out, const char *format, time_t seconds)
{
	struct tm utc;
	char text[48];
	if (gmtime_r(&seconds, &utc) != NULL && strftime(text, sizeof text, format, &utc) > 0)
		buffer_add(out, text);
}

static void add_escaped(struct buffer *out, const char *text, const char *special)
{
	if (text == NULL || text[0] == '\0')
		buffer_add(out, "-");
	for (; text != NULL && *text != '\0'; text++) {
		if (*text < ' ' || *text > '~' || strchr(special, *text) != NULL)
			buffer_format(out, "\\x%02X", (unsigned)(unsigned char)*text);
		else
			buffer_append(out, text, 1);
	}
}

static void add_common(const struct access_line *line, struct buffer *out)
{
	static const char special[] = "\"\\";
	buffer_format(out, "%s - - ", line->client);
	add_time(out, "[%d/%b/%Y:%H:%M:%S +0000] \"", line->time);
	add_escaped(out, line->request->method, special);
	buffer_add(out, " ");
	add_escaped(out, line->request->target, special);
	buffer_add(out, " ");
	add_escaped(out, line->request->version, special);
	if (line->status > 0)
		buffer_format(out, "\" %u ", line->status);
	else
		buffer_add(out, "\" - ");
	if (line->bytes > 0)
		buffer_format(out, "%zu\n", line->bytes);
	else
		buffer_add(out, "-\n");
}

static void add_member(struct json_writer *object, const char *key, const char *text)
{
	struct buffer escaped = {0};
	add_escaped(&escaped, text, "");
	json_writer_text(object, key, escaped.data);
	buffer_finish(&escaped);
}

static void add_json(const struct access_line *line, struct buffer *out)
{
	struct json_writer *object = json_writer_object();
	struct buffer when = {0};
	add_time(&when, "%Y-%m-%dT%H:%M:%SZ", line->time);
	json_writer_text(object, "time", when.data);
	json_writer_text(object, "client", line->client);
	add_member(object, "method", line->request->method);
	add_member(object, "target", line->request->target);
	add_member(object, "protocol", line->request->version);
	json_writer_count(object, "status", line->status);
	json_writer_count(object, "bytes", line->bytes);
	json_writer_line(object, out);
	buffer_finish(&when);
}

void access_line_add(const struct access_line *line, bool as_json, struct buffer *out)
{
	if (as_json)
		add_json(line, out);
	else
		add_common(line, out);
}

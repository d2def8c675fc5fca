#include "frontends/kit/json_writer.h"

#include <jansson.h>

#include "core/library/quote_id.h"

static json_t *value_of(struct json_writer *writer)
{
	return (json_t *)writer;
}

/* jansson makes nothing of text that is not UTF-8. */
static void set(struct json_writer *object, const char *key, json_t *value)
{
	json_object_set_new(value_of(object), key, value != NULL ? value : json_null());
}

struct json_writer *json_writer_object(void)
{
	return (struct json_writer *)json_object();
}

struct json_writer *json_writer_array(void)
{
	return (struct json_writer *)json_array();
}

struct json_writer *json_writer_quote(const struct quote *quote)
{
	char id[QUOTE_ID_LENGTH + 1];
	size_t length = quote->body_length > 0 ? quote->body_length : quote->length;
	struct json_writer *object = json_writer_object();
	quote_id_format(quote->id, id);
	json_writer_text(object, "id", id);
	set(object, "text", json_stringn(quote->text, length));
	set(object, "author",
		quote->author != NULL ? json_stringn(quote->author, quote->author_length) : NULL);
	json_writer_text(object, "language", quote->language);
	return object;
}

void json_writer_text(struct json_writer *object, const char *key, const char *text)
{
	set(object, key, json_string(text));
}

void json_writer_count(struct json_writer *object, const char *key, size_t count)
{
	set(object, key, json_integer((json_int_t)count));
}

void json_writer_real(struct json_writer *object, const char *key, double number)
{
	set(object, key, json_real(number));
}

void json_writer_flag(struct json_writer *object, const char *key, bool flag)
{
	set(object, key, json_boolean(flag));
}

void json_writer_time(struct json_writer *object, const char *key, time_t when)
{
	struct tm utc;
	char text[32];
	bool shown = when != 0 && gmtime_r(&when, &utc) != NULL &&
		     strftime(text, sizeof text, "%FT%TZ", &utc) > 0;
	json_writer_text(object, key, shown ? text : NULL);
}

void json_writer_member(struct json_writer *object, const char *key, struct json_writer *value)
{
	set(object, key, value_of(value));
}

void json_writer_element(struct json_writer *array, struct json_writer *value)
{
	json_array_append_new(value_of(array), value_of(value));
}

static int on_octets(const char *octets, size_t length, void *data)
{
	buffer_append(data, octets, length);
	return 0;
}

void json_writer_line(struct json_writer *value, struct buffer *out)
{
	json_dump_callback(value_of(value), on_octets, out, JSON_COMPACT);
	json_decref(value_of(value));
	buffer_append(out, "\n", 1);
}

#include "frontends/kit/json_writer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/library/notes.h"
#include "core/library/quote_id.h"

/* For what stands around the text of a quote. */
enum { QUOTE_ROOM = 256 };

/* 1 in each octet. */
static const uint64_t EACH = 0x0101010101010101;

/* What is written so far: at least the bracket that opens the value. */
struct json_writer {
	struct buffer text;
	char end;
};

/* RFC 8259, section 7. */
static const char *const escapes[] = {
	['"'] = "\\\"",
	['\\'] = "\\\\",
	['\b'] = "\\b",
	['\f'] = "\\f",
	['\n'] = "\\n",
	['\r'] = "\\r",
	['\t'] = "\\t",
};

static bool is_plain(char octet)
{
	return (uint8_t)octet >= ' ' && octet != '"' && octet != '\\';
}

/* Returns not 0 if any of eight octets is less than \p limit, which is at most 128: taking it away
 * borrows into the highest bit. */
static uint64_t less(uint64_t octets, uint64_t limit)
{
	return (octets - EACH * limit) & ~octets & EACH * 0x80;
}

/* As is_plain(), for eight octets at once. */
static bool are_plain(const char *text)
{
	uint64_t octets;
	memcpy(&octets, text, sizeof octets);
	return (less(octets, ' ') | less(octets ^ EACH * '"', 1) | less(octets ^ EACH * '\\', 1)) ==
	       0;
}

/* Returns how many octets at the beginning of \p text stand for themselves. */
static size_t count_plain(const char *text, size_t length)
{
	size_t count = 0;
	while (length - count >= sizeof(uint64_t) && are_plain(text + count))
		count += sizeof(uint64_t);
	while (count < length && is_plain(text[count]))
		count++;
	return count;
}

static void add_escaped(struct buffer *out, uint8_t octet)
{
	if (octet < sizeof escapes / sizeof escapes[0] && escapes[octet] != NULL)
		buffer_add(out, escapes[octet]);
	else
		buffer_format(out, "\\u%04X", (unsigned)octet);
}

static void add_string(struct buffer *out, const char *text, size_t length)
{
	buffer_append(out, "\"", 1);
	for (;;) {
		size_t plain = count_plain(text, length);
		buffer_append(out, text, plain);
		if (plain == length)
			break;
		add_escaped(out, (uint8_t)text[plain]);
		text += plain + 1;
		length -= plain + 1;
	}
	buffer_append(out, "\"", 1);
}

static struct json_writer *writer_new(const char *begin, char end)
{
	struct json_writer *writer = mem_alloc(sizeof *writer);
	writer->end = end;
	buffer_add(&writer->text, begin);
	return writer;
}

struct json_writer *json_writer_object(void)
{
	return writer_new("{", '}');
}

struct json_writer *json_writer_array(void)
{
	return writer_new("[", ']');
}

static void begin_value(struct json_writer *writer)
{
	if (writer->text.length > 1)
		buffer_append(&writer->text, ",", 1);
}

static struct buffer *begin_member(struct json_writer *object, const char *key)
{
	begin_value(object);
	add_string(&object->text, key, strlen(key));
	buffer_append(&object->text, ":", 1);
	return &object->text;
}

static void add_tags(struct buffer *out, const char *tags)
{
	const char *tag;
	size_t length;
	buffer_add(out, "[");
	while ((tag = notes_next_tag(&tags, &length)) != NULL) {
		add_string(out, tag, length);
		buffer_add(out, *tags != '\0' ? "," : "");
	}
	buffer_add(out, "]");
}

struct json_writer *json_writer_quote(const struct quote *quote)
{
	char id[QUOTE_ID_LENGTH + 1];
	size_t length = quote->body_length > 0 ? quote->body_length : quote->length;
	struct json_writer *object = json_writer_object();
	buffer_reserve(&object->text, quote->length + QUOTE_ROOM);
	quote_id_format(quote->id, id);
	json_writer_text(object, "id", id);
	json_writer_span(object, "text", quote->text, length);
	json_writer_span(object, "author", quote->author, quote->author_length);
	json_writer_text(object, "language", quote->language);
	add_tags(begin_member(object, "tags"), quote->tags);
	return object;
}

void json_writer_span(struct json_writer *object, const char *key, const char *text, size_t length)
{
	struct buffer *out = begin_member(object, key);
	if (text != NULL && utf8_is_valid(text, length))
		add_string(out, text, length);
	else
		buffer_add(out, "null");
}

void json_writer_text(struct json_writer *object, const char *key, const char *text)
{
	json_writer_span(object, key, text, text != NULL ? strlen(text) : 0);
}

void json_writer_count(struct json_writer *object, const char *key, size_t count)
{
	buffer_format(begin_member(object, key), "%zu", count);
}

void json_writer_real(struct json_writer *object, const char *key, double number)
{
	buffer_format(begin_member(object, key), "%.17g", number);
}

void json_writer_flag(struct json_writer *object, const char *key, bool flag)
{
	buffer_add(begin_member(object, key), flag ? "true" : "false");
}

void json_writer_time(struct json_writer *object, const char *key, time_t when)
{
	struct tm utc;
	char text[32];
	bool shown = when != 0 && gmtime_r(&when, &utc) != NULL &&
		     strftime(text, sizeof text, "%FT%TZ", &utc) > 0;
	json_writer_text(object, key, shown ? text : NULL);
}

/* Moves a whole value to the end of out. */
static void end_value(struct json_writer *value, struct buffer *out)
{
	buffer_append(&value->text, &value->end, 1);
	if (out->data == NULL) {
		*out = value->text;
	} else {
		buffer_append(out, value->text.data, value->text.length);
		buffer_finish(&value->text);
	}
	free(value);
}

void json_writer_member(struct json_writer *object, const char *key, struct json_writer *value)
{
	end_value(value, begin_member(object, key));
}

void json_writer_element(struct json_writer *array, struct json_writer *value)
{
	begin_value(array);
	end_value(value, &array->text);
}

void json_writer_line(struct json_writer *value, struct buffer *out)
{
	end_value(value, out);
	buffer_append(out, "\n", 1);
}

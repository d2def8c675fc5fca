#include "frontends/mail/mime.h"

#include <stdlib.h>
#include <string.h>

#include <gmime/gmime.h>

#include "core/base/mem.h"

enum {
	MESSAGE_ID_MAX = 250,  /* octets, with the brackets */
	REFERENCES_MAX = 10,   /* identifiers kept from References, the last ones */
	SUBJECT_MAX = 200,     /* octets of the original subject that are repeated */
	WORD_MAX = 70,         /* octets of the longest word in a subject that is not encoded */
	ENCODED_MAX = 42,      /* octets of text in an encoded word */
	LINE_MAX_COLUMNS = 76, /* RFC 2047 2 */
	BODY_LINE_MAX = 900,   /* octets; a body with a longer line is encoded */
};

static void init_once(void)
{
	static bool done;
	if (!done) {
		g_mime_init();
		done = true;
	}
}

/* Returns the length of the header with the empty line that ends it, or 0 if there is none. */
static size_t header_length(const char *text, size_t length)
{
	if (length >= 2 && memcmp(text, "\r\n", 2) == 0)
		return 2;
	const char *end = memmem(text, length, "\r\n\r\n", 4);
	return end ? (size_t)(end - text) + 4 : 0;
}

/* Returns whether it is a field, or continues the one above (RFC 5322 2.2). */
static bool is_header_line(const char *line, const char *end, bool first)
{
	if (*line == ' ' || *line == '\t')
		return !first;
	const char *colon = memchr(line, ':', (size_t)(end - line));
	for (const char *c = line; colon && c < colon; c++) {
		if (*c <= ' ' || *c > '~')
			return c > line && c + strspn(c, " \t") == colon;
	}
	return colon && colon > line;
}

/* GMime ends the header at the first line that is not part of a field, and would ignore the rest.
 */
static bool is_header(const char *text, size_t length)
{
	const char *end = text + length - 2;
	for (const char *line = text; line < end;) {
		const char *line_end = memmem(line, (size_t)(end - line) + 2, "\r\n", 2);
		if (!is_header_line(line, line_end, line == text))
			return false;
		line = line_end + 2;
	}
	return true;
}

/* Returns NULL if it is not a message. */
static GMimeMessage *parse(const char *text, size_t length)
{
	init_once();
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, length);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	return message;
}

bool mime_read_headers(const char *text, size_t length, struct mail_headers *headers)
{
	length = header_length(text, length);
	if (!length || !is_header(text, length))
		return false;
	GMimeMessage *message = parse(text, length);
	if (message) {
		GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(message));
		int count = g_mime_header_list_get_count(list);
		for (int i = 0; i < count; i++) {
			GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
			const char *value = g_mime_header_get_raw_value(header);
			mail_headers_add(
				headers, g_mime_header_get_name(header), value ? value : "");
		}
		g_object_unref(message);
	}
	return true;
}

char *mime_decode(const char *field)
{
	init_once();
	char *decoded = g_mime_utils_header_decode_text(NULL, field);
	char *valid = g_utf8_make_valid(decoded, -1);
	char *result = mem_strdup(valid);
	g_free(valid);
	g_free(decoded);
	return result;
}

static char *copy_first_line(const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\r\n");
		if (strspn(text, " \t") < length)
			return mem_strndup(text, length);
		text += length;
		text += strspn(text, "\r\n");
	}
	return NULL;
}

static void on_part(GMimeObject *parent, GMimeObject *part, gpointer data)
{
	GMimeTextPart **found = data;
	(void)parent;
	if (!*found && GMIME_IS_TEXT_PART(part) &&
		g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "plain"))
		*found = GMIME_TEXT_PART(part);
}

char *mime_first_line(const char *text, size_t length)
{
	GMimeTextPart *part = NULL;
	char *line = NULL;
	GMimeMessage *message = parse(text, length);
	if (message)
		g_mime_message_foreach(message, on_part, &part);
	char *body = part ? g_mime_text_part_get_text(part) : NULL;
	if (body) {
		char *valid = g_utf8_make_valid(body, -1);
		line = copy_first_line(valid);
		g_free(valid);
	}
	g_free(body);
	if (message)
		g_object_unref(message);
	return line;
}

void mime_escape(const char *text, size_t length, struct buffer *out)
{
	char *escaped = g_markup_escape_text(text, (gssize)length);
	buffer_add(out, escaped);
	g_free(escaped);
}

static bool is_printable(const char *text)
{
	for (; *text; text++) {
		if (*text <= ' ' || *text > '~' || *text == '<' || *text == '>')
			return false;
	}
	return true;
}

static char *wrap_id(const char *id)
{
	bool usable = id && *id && strlen(id) + 2 <= MESSAGE_ID_MAX && is_printable(id);
	return usable ? mem_format("<%s>", id) : NULL;
}

char *mime_message_id(const char *field)
{
	init_once();
	char *id = g_mime_utils_decode_message_id(field);
	char *result = wrap_id(id);
	g_free(id);
	return result;
}

/* RFC 5322 3.6.4: the References of the original, then its Message-ID; one per line. */
static char *join_references(const char *field, const char *message_id)
{
	struct buffer joined = {0};
	GMimeReferences *list = field ? g_mime_references_parse(NULL, field) : NULL;
	int count = list ? g_mime_references_length(list) : 0;
	for (int i = count > REFERENCES_MAX ? count - REFERENCES_MAX : 0; i < count; i++) {
		char *id = wrap_id(g_mime_references_get_message_id(list, i));
		if (id && strcmp(id, message_id) != 0)
			buffer_format(&joined, "%s\r\n ", id);
		free(id);
	}
	if (list)
		g_mime_references_free(list);
	buffer_add(&joined, message_id);
	return joined.data;
}

/* Returns the original subject as UTF-8, cut between code points, control characters as blanks. */
static char *clean_subject(const char *raw)
{
	char *valid = mime_decode(raw);
	struct buffer subject = {0};
	buffer_add(&subject, "");
	for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
		size_t length = (size_t)(g_utf8_next_char(p) - p);
		if (subject.length + length > SUBJECT_MAX)
			break;
		bool control = g_unichar_iscntrl(g_utf8_get_char(p));
		buffer_append(&subject, control ? " " : p, control ? 1 : length);
	}
	free(valid);
	return subject.data ? subject.data : mem_strdup("");
}

/* Returns whether a subject needs no encoding: ASCII, without encoded words or too long a word. */
static bool is_plain(const char *text)
{
	size_t column = 0;
	if (strstr(text, "=?"))
		return false;
	for (; *text; text++) {
		column = *text == ' ' ? 0 : column + 1;
		if ((*text & 0x80) || column > WORD_MAX)
			return false;
	}
	return true;
}

static void fold_words(const char *text, struct buffer *out)
{
	size_t column = strlen("Subject: Auto:");
	while (*(text += strspn(text, " "))) {
		size_t length = strcspn(text, " ");
		bool fits = column + 1 + length <= LINE_MAX_COLUMNS;
		buffer_add(out, fits ? " " : "\r\n ");
		buffer_append(out, text, length);
		column = (fits ? column : 0) + 1 + length;
		text += length;
	}
}

/* Done here because the encoded words that GMime makes reach column 77. */
static void encode_words(const char *text, struct buffer *out)
{
	while (*text) {
		size_t length = 0;
		do {
			length += (size_t)(g_utf8_next_char(text + length) - (text + length));
		} while (text[length] && length + 4 <= ENCODED_MAX);
		char *word = g_base64_encode((const guchar *)text, length);
		buffer_format(out, "\r\n =?UTF-8?B?%s?=", word);
		g_free(word);
		text += length;
	}
}

static char *make_subject(const char *raw)
{
	struct buffer out = {0};
	char *text = clean_subject(raw);
	buffer_add(&out, "Auto:");
	if (is_plain(text)) {
		fold_words(text, &out);
	} else {
		encode_words(text, &out);
	}
	free(text);
	return out.data;
}

static void set_raw(GMimeMessage *message, const char *name, const char *value)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(message));
	char *raw = mem_format(" %s\r\n", value);
	/* Not append: GMime already has the usual fields, and would write them twice. */
	g_mime_header_list_set(list, name, "", NULL);
	GMimeHeader *header = g_mime_header_list_get_header(list, name);
	g_mime_header_set_raw_value(header, raw);
	free(raw);
}

static void set_thread(GMimeMessage *message, const struct mime_answer *answer)
{
	char *id = answer->in_reply_to ? mime_message_id(answer->in_reply_to) : NULL;
	if (!id)
		return;
	char *references = join_references(answer->references, id);
	set_raw(message, "In-Reply-To", id);
	set_raw(message, "References", references);
	free(references);
	free(id);
}

static void set_fields(GMimeMessage *message, const struct mime_answer *answer)
{
	GMimeObject *object = GMIME_OBJECT(message);
	GDateTime *date = g_date_time_new_from_unix_utc(answer->date);
	char *subject = make_subject(answer->subject ? answer->subject : "");
	g_mime_message_add_mailbox(
		message, GMIME_ADDRESS_TYPE_FROM, answer->from_name, answer->from_address);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, answer->to_address);
	g_mime_message_set_date(message, date);
	g_mime_message_set_message_id(message, answer->message_id);
	set_raw(message, "Subject", subject);
	set_thread(message, answer);
	g_mime_object_append_header(object, "Auto-Submitted", "auto-replied", NULL);
	g_mime_object_append_header(object, "Precedence", "bulk", NULL);
	g_mime_object_append_header(object, "X-Auto-Response-Suppress", "All", NULL);
	free(subject);
	g_date_time_unref(date);
}

static bool needs_encoding(const char *text)
{
	size_t column = 0;
	for (; *text; text++) {
		column = *text == '\n' ? 0 : column + 1;
		if ((*text & 0x80) || column > BODY_LINE_MAX)
			return true;
	}
	return false;
}

/* Not g_mime_text_part_set_text(), which chooses the charset itself. */
static GMimeObject *make_part(const char *subtype, const char *text)
{
	GMimePart *part = g_mime_part_new_with_type("text", subtype);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, strlen(text));
	GMimeDataWrapper *content =
		g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, needs_encoding(text)
						       ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
						       : GMIME_CONTENT_ENCODING_7BIT);
	g_object_unref(content);
	g_object_unref(stream);
	return GMIME_OBJECT(part);
}

static void add_part(GMimeMultipart *body, GMimeObject *part)
{
	g_mime_multipart_add(body, part);
	g_object_unref(part);
}

/* RFC 2046 5.1.4: the best alternative is the last. */
static GMimeObject *make_alternative(const struct mime_answer *answer)
{
	GMimeMultipart *body = g_mime_multipart_new_with_subtype("alternative");
	add_part(body, make_part("plain", answer->text));
	add_part(body, make_part("html", answer->html));
	return GMIME_OBJECT(body);
}

static void set_body(GMimeMessage *message, const struct mime_answer *answer)
{
	GMimeObject *body =
		answer->html ? make_alternative(answer) : make_part("plain", answer->text);
	g_mime_message_set_mime_part(message, body);
	g_object_unref(body);
}

char *mime_compose(const struct mime_answer *answer, size_t *ret_length)
{
	init_once();
	GMimeMessage *message = g_mime_message_new(TRUE);
	GMimeFormatOptions *format = g_mime_format_options_new();
	GMimeStream *stream = g_mime_stream_mem_new();
	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
	set_fields(message, answer);
	set_body(message, answer);
	g_mime_object_write_to_stream(GMIME_OBJECT(message), format, stream);
	GByteArray *octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	char *text = mem_strndup((const char *)octets->data, octets->len);
	*ret_length = octets->len;
	g_object_unref(stream);
	g_mime_format_options_free(format);
	g_object_unref(message);
	return text;
}

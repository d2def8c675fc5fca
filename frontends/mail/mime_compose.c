#include "frontends/mail/mime_compose.h"

#include <stdlib.h>
#include <string.h>

#include <gmime/gmime.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/mail/mime.h"

enum {
	REFERENCES_MAX = 10,   /* identifiers kept from References, the last ones */
	SUBJECT_MAX = 200,     /* octets of the original subject that are repeated */
	WORD_MAX = 70,         /* octets of the longest word in a subject that is not encoded */
	ENCODED_MAX = 42,      /* octets of text in an encoded word */
	LINE_MAX_COLUMNS = 76, /* RFC 2047 2 */
	BODY_LINE_MAX = 900,   /* octets; a body with a longer line is encoded */
};

/* RFC 5322 3.6.4: the References of the original, then its Message-ID; one per line. */
static char *join_references(const char *field, const char *message_id)
{
	struct buffer joined = {0};
	GMimeReferences *list = field ? g_mime_references_parse(NULL, field) : NULL;
	int count = list ? g_mime_references_length(list) : 0;
	for (int i = count > REFERENCES_MAX ? count - REFERENCES_MAX : 0; i < count; i++) {
		char *id = mime_wrap_id(g_mime_references_get_message_id(list, i));
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
	size_t column = strlen("Subject: ") + out->length;
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

/* A reply to an answer begins with "Re: Auto: ", and the answer to that must not repeat it; but in
 * German, "Mein Auto: " is about a car. */
static const char *after_auto(const char *subject)
{
	static const char mark[] = "Auto: ";
	const char *shown = subject;
	for (const char *at = subject; (at = strstr(at, mark)) != NULL; at++)
		if (at < subject + 2 || at[-1] != ' ' || !g_ascii_isalnum(at[-2]))
			shown = at + strlen(mark);
	return shown;
}

static char *make_subject(const struct mime_answer *answer)
{
	struct buffer out = {0};
	const char *raw = answer->subject != NULL ? answer->subject : "";
	char *text = answer->title != NULL ? mem_strdup(answer->title) : clean_subject(raw);
	buffer_add(&out, answer->title != NULL ? "" : "Auto:");
	const char *shown = after_auto(text);
	if (is_plain(shown)) {
		fold_words(shown, &out);
	} else {
		encode_words(shown, &out);
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
	char *subject = make_subject(answer);
	const char *line = subject + (*subject == ' ');
	g_mime_message_add_mailbox(
		message, GMIME_ADDRESS_TYPE_FROM, answer->from_name, answer->from_address);
	if (answer->to_address != NULL)
		g_mime_message_add_mailbox(
			message, GMIME_ADDRESS_TYPE_TO, NULL, answer->to_address);
	if (answer->reply_to != NULL)
		g_mime_message_add_mailbox(
			message, GMIME_ADDRESS_TYPE_REPLY_TO, NULL, answer->reply_to);
	g_mime_message_set_date(message, date);
	if (answer->message_id != NULL)
		g_mime_message_set_message_id(message, answer->message_id);
	set_raw(message, "Subject", line);
	set_thread(message, answer);
	g_mime_object_append_header(object, "Auto-Submitted",
		answer->generated ? "auto-generated" : "auto-replied", NULL);
	g_mime_object_append_header(object, "Precedence", "bulk", NULL);
	g_mime_object_append_header(object, "X-Auto-Response-Suppress", "All", NULL);
	g_mime_object_append_header(object, "X-Loop", answer->from_address, NULL);
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

char *mime_compose(const struct mime_answer *answer)
{
	g_mime_init();
	GMimeMessage *message = g_mime_message_new(TRUE);
	GMimeFormatOptions *format = g_mime_format_options_new();
	GMimeStream *stream = g_mime_stream_mem_new();
	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
	set_fields(message, answer);
	set_body(message, answer);
	g_mime_object_write_to_stream(GMIME_OBJECT(message), format, stream);
	GByteArray *octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	char *text = mem_strndup((const char *)octets->data, octets->len);
	g_object_unref(stream);
	g_mime_format_options_free(format);
	g_object_unref(message);
	return text;
}

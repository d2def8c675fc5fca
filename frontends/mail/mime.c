#include "frontends/mail/mime.h"

#include <stdlib.h>
#include <string.h>

#include <gmime/gmime.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/text/decode.h"
#include "frontends/mail/charset_label.h"
#include "frontends/mail/html_text.h"
#include "frontends/mail/mime_words.h"

enum {
	MESSAGE_ID_MAX = 250, /* octets, with the brackets */
	MULTIPARTS_MAX = 20,  /* mentioned in a message whose body is read */
	UTF8_SIZE = 4,        /* octets of a character, at most */
};

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

/* GMime loses memory in an address with a domain literal before a comment that has no end. To it, a
 * NUL ends the field. */
static bool is_lossy(const char *field, size_t length)
{
	bool literal = false;
	size_t depth = 0;
	for (size_t i = 0; i < length && field[i] != '\0'; i++) {
		literal |= field[i] == '[';
		depth += field[i] == '(';
		depth -= field[i] == ')' && depth > 0;
		i += field[i] == '\\';
	}
	return literal && depth > 0;
}

/* Returns the length of a field with the lines that continue it. */
static size_t field_length(const char *text, size_t length)
{
	size_t end = 0;
	do {
		const char *line_end = memchr(text + end, '\n', length - end);
		end = line_end != NULL ? (size_t)(line_end - text) + 1 : length;
	} while (end < length && (text[end] == ' ' || text[end] == '\t'));
	return end;
}

/* A message may have others in its body, whose fields are parsed too. */
static bool has_lossy_field(const char *text, size_t length)
{
	static const char *const names[] = {"From", "Sender", "Reply-To", "To", "Cc", "Bcc"};
	for (size_t at = 0, field; at < length; at += field) {
		field = field_length(text + at, length - at);
		for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
			size_t name = strlen(names[i]);
			if (field > name && g_ascii_strncasecmp(text + at, names[i], name) == 0 &&
				is_lossy(text + at, field))
				return true;
		}
	}
	return false;
}

/* GMime keeps each name of a charset that it has seen, and anyone can make up any number of them.
 */
static void forget_charsets(void)
{
	g_mime_charset_map_shutdown();
	g_mime_charset_map_init();
}

/* Returns NULL if it is not a message. */
static GMimeMessage *parse(const char *text, size_t length)
{
	g_mime_init();
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, length);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	return message;
}

static void add_fields(GMimeObject *object, struct mail_headers *headers)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(object);
	int count = g_mime_header_list_get_count(list);
	for (int i = 0; i < count; i++) {
		GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
		const char *name = g_mime_header_get_name(header);
		const char *value = g_mime_header_get_raw_value(header);
		const char *raw_name = g_mime_header_get_raw_name(header);
		bool plain = raw_name == NULL || strpbrk(raw_name, " \t") == NULL;
		if (plain || g_ascii_strcasecmp(name, "Authentication-Results") != 0)
			mail_headers_add(headers, name, value ? value : "");
	}
}

bool mime_read_headers(const char *text, size_t length, struct mail_headers *headers)
{
	length = header_length(text, length);
	if (!length || !is_header(text, length) || has_lossy_field(text, length))
		return false;
	GMimeMessage *message = parse(text, length);
	forget_charsets();
	if (message) {
		/* GMime takes those of its body from the fields of a message. */
		GMimeObject *body = g_mime_message_get_mime_part(message);
		add_fields(GMIME_OBJECT(message), headers);
		if (body != NULL)
			add_fields(body, headers);
		g_object_unref(message);
	}
	return true;
}

char *mime_decode(const char *field)
{
	g_mime_init();
	char *mended = mime_words_mend(field);
	char *decoded = g_mime_utils_header_decode_text(NULL, mended);
	free(mended);
	char *valid = g_utf8_make_valid(decoded, -1);
	char *result = mem_strdup(valid);
	g_free(valid);
	g_free(decoded);
	return result;
}

static bool ends_with_colon(const char *line, size_t length)
{
	static const char wide[] = "\xef\xbc\x9a";
	size_t size = sizeof wide - 1;
	while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
		length--;
	return (length > 0 && line[length - 1] == ':') ||
	       (length >= size && memcmp(line + length - size, wide, size) == 0);
}

static const char *next_line(const char *line)
{
	line += strcspn(line, "\r\n");
	line += *line == '\r';
	return line + (*line == '\n');
}

/* Word processors write a no-break space in an empty line, others invisible characters. */
static bool is_blank_line(const char *line, size_t length)
{
	struct buffer text = {0};
	buffer_add(&text, "");
	utf8_fold(line, length, &text);
	bool blank = text.data[strspn(text.data, " \t\f")] == '\0';
	buffer_finish(&text);
	return blank;
}

/* Passes over what is quoted and "Ann wrote:" before that, which is a paragraph by itself. */
static const char *find_first_line(const char *text)
{
	const char *found = NULL;
	bool gap = false;   /* found a blank line since */
	bool colon = false; /* at the end of the last line that is not blank */
	for (const char *line = text; *line != '\0'; line = next_line(line)) {
		size_t length = strcspn(line, "\r\n");
		bool blank = is_blank_line(line, length);
		bool quoted = *line == '>';
		if (found != NULL && ((quoted && !colon) || (gap && !quoted && !blank)))
			break;
		if (quoted)
			found = NULL;
		else if (!blank)
			colon = ends_with_colon(line, length);
		if (found == NULL && !quoted && !blank)
			found = line;
		gap = blank;
	}
	return found;
}

/* Returns what follows the header of a text that is signed within it (RFC 9580 7). */
static const char *after_armor(const char *text)
{
	static const char header[] = "-----BEGIN PGP SIGNED MESSAGE-----";
	const char *line = text + strspn(text, "\r\n");
	if (strncmp(line, header, sizeof header - 1) != 0)
		return text;
	while (strcspn(line, "\r\n") > 0)
		line = next_line(line);
	return line;
}

/* A line that ends with a blank goes on in the next (RFC 3676 4.1, 4.2); but what is quoted there
 * is of another paragraph. */
static char *copy_flowed(const char *line, bool blanks_count)
{
	struct buffer text = {0};
	bool soft = true;
	for (bool first = true; soft && (first || *line != '>'); first = false) {
		line += *line == ' ';
		size_t length = strcspn(line, "\r\n");
		soft = length > 0 && line[length - 1] == ' ';
		buffer_append(&text, line, length - (soft && !blanks_count));
		line = next_line(line);
	}
	return text.data;
}

static bool says(GMimeTextPart *part, const char *name, const char *wanted)
{
	const char *value = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), name);
	return value != NULL && g_ascii_strcasecmp(value, wanted) == 0;
}

static char *copy_first_line(GMimeTextPart *part, const char *text)
{
	const char *line = find_first_line(after_armor(text));
	if (line == NULL)
		return NULL;
	if (says(part, "format", "flowed"))
		return copy_flowed(line, !says(part, "delsp", "yes"));
	return mem_strndup(line, strcspn(line, "\r\n"));
}

/* The first of its kind that is not attached. */
struct texts {
	GMimeTextPart *plain;
	GMimeTextPart *html;
};

static void on_part(GMimeObject *parent, GMimeObject *part, gpointer data)
{
	struct texts *found = data;
	(void)parent;
	const char *disposition = g_mime_object_get_disposition(part);
	if (!GMIME_IS_TEXT_PART(part) ||
		(disposition != NULL && g_ascii_strcasecmp(disposition, "attachment") == 0))
		return;
	GMimeContentType *type = g_mime_object_get_content_type(part);
	if (found->plain == NULL && g_mime_content_type_is_type(type, "text", "plain"))
		found->plain = GMIME_TEXT_PART(part);
	if (found->html == NULL && g_mime_content_type_is_type(type, "text", "html"))
		found->html = GMIME_TEXT_PART(part);
}

/* GMime leaves text as it is if it does not know the charset. */
static void set_charset(GMimeTextPart *part)
{
	char name[CHARSET_LABEL_SIZE];
	const char *label = g_mime_text_part_get_charset(part);
	label = label != NULL ? label : "us-ascii";
	charset_label_read(label, strlen(label), name);
	g_mime_text_part_set_charset(part, name);
}

/* Text of an unknown charset that is not UTF-8 is most often of Western Europe. Of a long message
 * the end is missing, and so may be a part of its last character. */
static char *make_valid(const char *text)
{
	struct error error;
	struct buffer out = {0};
	size_t length = strlen(text);
	size_t valid = utf8_valid_prefix(text, length);
	bool cut = length - valid < UTF8_SIZE && !utf8_is_ascii(text, valid);
	if (valid == length || cut)
		return mem_strndup(text, valid);
	struct decoder *decoder = decode_open("ISO-8859-1", &error);
	decode_text(decoder, text, length, &out);
	decode_close(decoder);
	return out.data;
}

static char *read_first_line(GMimeTextPart *part, bool html)
{
	struct buffer text = {0};
	if (part == NULL)
		return NULL;
	set_charset(part);
	char *body = g_mime_text_part_get_text(part);
	char *valid = body != NULL ? make_valid(body) : NULL;
	if (valid != NULL && html)
		html_text_read(valid, &text);
	char *line = valid != NULL ? copy_first_line(part, html ? text.data : valid) : NULL;
	buffer_finish(&text);
	free(valid);
	g_free(body);
	return line;
}

/* GMime compares each line with the boundaries of all parts around it, so thousands of them would
 * hold up the loop. */
static bool is_deep(const char *text, size_t length)
{
	static const char word[] = "multipart";
	size_t count = 0;
	for (size_t i = 0; i + sizeof word <= length && count <= MULTIPARTS_MAX; i++)
		count += (text[i] | 0x20) == *word &&
			 g_ascii_strncasecmp(text + i, word, sizeof word - 1) == 0;
	return count > MULTIPARTS_MAX;
}

char *mime_first_line(const char *text, size_t length)
{
	struct texts found = {0};
	if (length == 0 || is_deep(text, length) || has_lossy_field(text, length))
		return NULL;
	GMimeMessage *message = parse(text, length);
	if (message == NULL)
		return NULL;
	g_mime_message_foreach(message, on_part, &found);
	char *line = read_first_line(found.plain, false);
	if (line == NULL)
		line = read_first_line(found.html, true);
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

char *mime_wrap_id(const char *id)
{
	bool usable = id && *id && strlen(id) + 2 <= MESSAGE_ID_MAX && is_printable(id);
	return usable ? mem_format("<%s>", id) : NULL;
}

char *mime_message_id(const char *field)
{
	g_mime_init();
	char *id = g_mime_utils_decode_message_id(field);
	char *result = mime_wrap_id(id);
	g_free(id);
	return result;
}

static void add_mailboxes(InternetAddressList *list, struct strings *addresses)
{
	int count = internet_address_list_length(list);
	for (int i = 0; i < count; i++) {
		InternetAddress *item = internet_address_list_get_address(list, i);
		if (INTERNET_ADDRESS_IS_GROUP(item)) {
			InternetAddressGroup *group = INTERNET_ADDRESS_GROUP(item);
			add_mailboxes(internet_address_group_get_members(group), addresses);
			continue;
		}
		const char *text =
			internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(item));
		strings_add(addresses, text ? text : "");
	}
}

/* Outlook has semicolons between addresses, and GMime stops at one that ends no group. */
static char *with_commas(const char *field)
{
	char *text = mem_strdup(field);
	if (strchr(text, ':') == NULL)
		for (char *c = text; (c = strchr(c, ';')) != NULL;)
			*c = ',';
	return text;
}

void mime_read_addresses(const char *field, struct strings *addresses)
{
	g_mime_init();
	bool lossy = is_lossy(field, strlen(field));
	char *text = with_commas(field);
	InternetAddressList *list = lossy ? NULL : internet_address_list_parse(NULL, text);
	free(text);
	if (!list)
		return;
	add_mailboxes(list, addresses);
	g_object_unref(list);
}

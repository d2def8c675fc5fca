#include "core/formats/quote_fields.h"

#include <ctype.h>
#include <string.h>

#include "core/library/attribution.h"
#include "core/text/clean.h"

/* Two tabs would do, but they would be counted among those of the file. */
static const char attribution[] = "\n                -- ";

static const char *const names[QUOTE_FIELD_NONE] = {
	[QUOTE_FIELD_TEXT] = "text",
	[QUOTE_FIELD_QUOTE] = "quote",
	[QUOTE_FIELD_CONTENT] = "content",
	[QUOTE_FIELD_BODY] = "body",
	[QUOTE_FIELD_AUTHOR] = "author",
	[QUOTE_FIELD_BY] = "by",
	[QUOTE_FIELD_SOURCE] = "source",
	[QUOTE_FIELD_ID] = "id",
	[QUOTE_FIELD_TAGS] = "tags",
};

/* The same in exports that are well known, and in other languages; ambiguous ones come last. */
static const struct {
	const char *name;
	enum quote_field field;
} aliases[] = {
	{"quotetext", QUOTE_FIELD_TEXT},
	{"quotes", QUOTE_FIELD_BODY},
	{"quotation", QUOTE_FIELD_BODY},
	{"zitat", QUOTE_FIELD_BODY},
	{"citation", QUOTE_FIELD_BODY},
	{"cita", QUOTE_FIELD_BODY},
	{"citazione", QUOTE_FIELD_BODY},
	{"frase", QUOTE_FIELD_BODY},
	{"citaat", QUOTE_FIELD_BODY},
	{"citat", QUOTE_FIELD_BODY},
	{"cytat", QUOTE_FIELD_BODY},
	{"\u0426\u0438\u0442\u0430\u0442\u0430", QUOTE_FIELD_BODY}, /* of Russian */
	{"\u0446\u0438\u0442\u0430\u0442\u0430", QUOTE_FIELD_BODY},
	{"\u540D\u8A00", QUOTE_FIELD_BODY}, /* of Chinese and Japanese */
	{"quoteauthor", QUOTE_FIELD_AUTHOR},
	{"authors", QUOTE_FIELD_AUTHOR},
	{"autor", QUOTE_FIELD_AUTHOR},
	{"auteur", QUOTE_FIELD_AUTHOR},
	{"autore", QUOTE_FIELD_AUTHOR},
	{"\u0410\u0432\u0442\u043E\u0440", QUOTE_FIELD_AUTHOR},
	{"\u0430\u0432\u0442\u043E\u0440", QUOTE_FIELD_AUTHOR},
	{"\u4F5C\u8005", QUOTE_FIELD_AUTHOR},
	{"speaker", QUOTE_FIELD_SOURCE},
	{"character", QUOTE_FIELD_SOURCE},
	{"attribution", QUOTE_FIELD_SOURCE},
	{"tag", QUOTE_FIELD_TAGS},
	{"category", QUOTE_FIELD_TAGS},
	{"categories", QUOTE_FIELD_TAGS},
};

/* What may stand before a name, each with its blanks. */
static const char *const dashes[] = {" ", "\t", "\n", "\r", "-", "\u2013", "\u2014", "\u2015"};

/* Some write quoteText as quote_text, "Quote text" or quote-text, and id as _id. */
static bool is_name(const char *known, const char *name, size_t length)
{
	for (; length > 0; name++, length--) {
		if (*name == '_' || *name == '-' || *name == ' ')
			continue;
		if (*known == '\0' || tolower((unsigned char)*name) != (unsigned char)*known)
			return false;
		known++;
	}
	return *known == '\0';
}

enum quote_field quote_fields_find(const char *name, size_t length)
{
	for (int field = 0; field < QUOTE_FIELD_NONE; field++)
		if (is_name(names[field], name, length))
			return (enum quote_field)field;
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (is_name(aliases[i].name, name, length))
			return aliases[i].field;
	return QUOTE_FIELD_NONE;
}

bool quote_fields_is_text(enum quote_field field)
{
	return field <= QUOTE_FIELD_BODY;
}

static bool is_blank(char octet)
{
	return octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r';
}

static size_t trimmed_length(const char *text, size_t length)
{
	while (length > 0 && is_blank(text[length - 1]))
		length--;
	return length;
}

/* Returns the first of the fields that is not blank, or the last one. */
static enum quote_field choose(
	const struct quote_file_piece *fields, enum quote_field first, enum quote_field last)
{
	enum quote_field field = first;
	while (field < last && trimmed_length(fields[field].text, fields[field].length) == 0)
		field++;
	return field;
}

/* Returns the octets of the dashes and blanks that a name begins with. */
static size_t dashes_length(const char *name, size_t length)
{
	size_t at = 0;
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes;) {
		size_t dash = strlen(dashes[i]);
		bool found = dash <= length - at && strncmp(name + at, dashes[i], dash) == 0;
		at += found ? dash : 0;
		i = found ? 0 : i + 1;
	}
	return at;
}

static bool has_author(const char *text, size_t length)
{
	struct buffer clean = {0};
	clean_quote(text, length, &clean, NULL);
	struct quote quote = {.text = clean.data, .length = clean.length};
	if (clean.length > 0)
		attribution_find(&quote);
	buffer_finish(&clean);
	return quote.author_length > 0;
}

/* A name of several lines would not be indented. Behind some stood a title. */
static void add_author(const char *name, size_t length, struct buffer *out)
{
	size_t at = dashes_length(name, length);
	while (length > at && (name[length - 1] == ',' || is_blank(name[length - 1])))
		length--;
	if (at == length)
		return;
	buffer_add(out, attribution);
	for (; at < length; at++)
		buffer_append(out, is_blank(name[at]) ? " " : name + at, 1);
}

static bool join(const struct quote_file_piece *fields, struct buffer *out)
{
	enum quote_field field = choose(fields, QUOTE_FIELD_TEXT, QUOTE_FIELD_BODY);
	const char *text = fields[field].text;
	size_t length = trimmed_length(text, fields[field].length);
	if (length == 0)
		return false;
	buffer_append(out, text, length);
	field = choose(fields, QUOTE_FIELD_AUTHOR, QUOTE_FIELD_SOURCE);
	const char *name = fields[field].text;
	if (name != NULL && !has_author(text, length))
		add_author(name, trimmed_length(name, fields[field].length), out);
	return true;
}

static void give_id(const struct quote_file_piece *fields, const struct quote_file *file)
{
	const char *id = fields[QUOTE_FIELD_ID].text;
	size_t length = fields[QUOTE_FIELD_ID].length;
	while (length > 0 && is_blank(*id))
		id++, length--;
	length = trimmed_length(id, length);
	if (length > 0 && file->on_former_id != NULL)
		file->on_former_id(file->data, id, length);
}

/* Returns how many are left out. Programs write ["love"], ['love'] or {love} too. */
static size_t add_tags(const char *text, struct buffer *out)
{
	size_t count = 0, left_out = 0, length;
	for (; *(text += strspn(text, " ,;\"\n[]{}'")) != '\0'; text += length) {
		length = strcspn(text, ",;\"\n[]{}");
		size_t octets = trimmed_length(text, length);
		if (octets > 0 && text[octets - 1] == '\'')
			octets = trimmed_length(text, octets - 1);
		if (count == QUOTE_FIELDS_TAGS_MAX || octets > QUOTE_FIELDS_TAG_OCTETS) {
			left_out++;
			continue;
		}
		buffer_add(out, count++ > 0 ? "," : "");
		buffer_append(out, text, octets);
	}
	return left_out;
}

static void give_tags(
	const struct quote_file_piece *fields, size_t line, const struct quote_file *file)
{
	struct buffer clean = {0}, tags = {0};
	const char *text = fields[QUOTE_FIELD_TAGS].text;
	if (text == NULL)
		return;
	buffer_add(&clean, "");
	clean_quote(text, fields[QUOTE_FIELD_TAGS].length, &clean, NULL);
	if (add_tags(clean.data, &tags) > 0)
		quote_file_report(file, line,
			"a tag of more than 64 octets, or after the first 32, left out");
	if (tags.length > 0 && file->on_tags != NULL)
		file->on_tags(file->data, tags.data);
	buffer_finish(&clean);
	buffer_finish(&tags);
}

bool quote_fields_take(const struct quote_file_piece fields[QUOTE_FIELD_NONE], size_t line,
	struct quote_file *file)
{
	struct buffer joined = {0};
	bool found = join(fields, &joined);
	struct quote_file_piece piece = {joined.data, joined.length, line};
	if (found)
		quote_file_lint(file, &piece);
	if (found && quote_file_add(file, &piece)) {
		give_id(fields, file);
		give_tags(fields, line, file);
	}
	buffer_finish(&joined);
	return found;
}

#include "core/formats/csv_file.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/formats/csv_text.h"
#include "core/formats/quote_fields.h"

/* Sets \p columns, with an octet for each: which enum quote_field it holds. */
static void take_names(
	const struct quote_file_piece *record, char separator, struct buffer *columns)
{
	struct buffer name = {0};
	size_t position = 0;
	buffer_add(&name, "");
	while (csv_text_field(record->text, record->length, separator, &position, &name)) {
		const char *start = name.data + strspn(name.data, " ");
		size_t length = strlen(start);
		while (length > 0 && start[length - 1] == ' ')
			length--;
		char field = (char)quote_fields_find(start, length);
		buffer_append(columns, &field, 1);
		buffer_clear(&name);
	}
	buffer_finish(&name);
}

static bool is_author(char field)
{
	return field >= QUOTE_FIELD_AUTHOR && field <= QUOTE_FIELD_SOURCE;
}

/* Of a table whose columns are not named, the first often numbers the rows. */
static bool begins_with_number(const struct quote_file_piece *record, char separator)
{
	size_t at = 0, digits = 0;
	for (; at < record->length && record->text[at] != separator; at++) {
		bool is_digit = isdigit((unsigned char)record->text[at]) != 0;
		if (!is_digit && record->text[at] != '"' && record->text[at] != '.')
			return false;
		digits += is_digit;
	}
	return digits > 0 && at < record->length;
}

/* Sets two columns of which none is named as the text. Returns whether one is as the author. */
static bool names_author(struct quote_file *file, size_t line, char columns[2])
{
	bool is_first = is_author(columns[0]);
	bool named = is_first || is_author(columns[1]);
	columns[is_first ? 1 : 0] = QUOTE_FIELD_TEXT;
	columns[is_first ? 0 : 1] = QUOTE_FIELD_AUTHOR;
	if (!named)
		quote_file_report(file, line,
			"no column is named, so the first has the text and the second the author");
	return named;
}

/* Returns whether a column is named as the text. */
static bool names_text(struct quote_file *file, size_t line, const struct buffer *columns)
{
	bool has_text = false;
	bool has_author = false;
	for (size_t i = 0; i < columns->length; i++) {
		has_text |= quote_fields_is_text((enum quote_field)columns->data[i]);
		has_author |= is_author(columns->data[i]);
	}
	if (has_text && !has_author && columns->length > 1)
		quote_file_report(file, line,
			"no column is named author, by or source; rename the one with the author, "
			"if there is one");
	return has_text;
}

/* Sets the columns, and returns whether the first record names them. */
static bool is_header(struct quote_file *file, const struct quote_file_piece *record,
	char separator, struct buffer *columns)
{
	take_names(record, separator, columns);
	if (names_text(file, record->line, columns))
		return true;
	if (columns->length > 2 ||
		(columns->length == 2 && begins_with_number(record, separator))) {
		quote_file_fail(file, record->line,
			"no column is named text, quote, content or body; rename the one with the "
			"text");
		return true;
	}
	if (columns->length == 2)
		return names_author(file, record->line, columns->data);
	quote_file_report(file, record->line,
		"the only column is not named, so the first row is a quote too");
	columns->data[0] = QUOTE_FIELD_TEXT;
	return false;
}

/* Returns false if fields that are not empty have no column. The fields are then in \p values. */
static bool split(const struct quote_file_piece *record, char separator,
	const struct buffer *columns, struct buffer *values,
	struct quote_file_piece ret_fields[QUOTE_FIELD_NONE])
{
	size_t position = 0;
	/* So that none moves. */
	buffer_reserve(values, record->length);
	for (size_t i = 0;; i++) {
		size_t start = values->length;
		if (!csv_text_field(record->text, record->length, separator, &position, values))
			return true;
		if (i >= columns->length && values->length > start)
			return false;
		if (i >= columns->length || columns->data[i] == QUOTE_FIELD_NONE)
			continue;
		/* Several columns can be of one field: the first that is not empty counts. */
		struct quote_file_piece *field = &ret_fields[(size_t)columns->data[i]];
		if (field->length > 0)
			continue;
		field->text = values->data + start;
		field->length = values->length - start;
	}
}

/* Whether it is the header of another file that was appended to this one. */
static bool is_header_again(const struct quote_file_piece *fields)
{
	for (int i = 0; i < QUOTE_FIELD_NONE; i++)
		if (quote_fields_is_text((enum quote_field)i) &&
			quote_fields_is_text(quote_fields_find(fields[i].text, fields[i].length)))
			return true;
	return false;
}

/* That file can begin with a mark, behind which a quotation mark begins a field. */
static void pass_mark(struct quote_file *file, struct quote_file_piece *record)
{
	static const char mark[] = "\uFEFF";
	size_t length = strlen(mark);
	if (record->length < length || memcmp(record->text, mark, length) != 0)
		return;
	record->text += length;
	record->length -= length;
	file->report->marks++;
	quote_file_report(file, record->line, "a byte order mark, removed");
}

static void take_quote(struct quote_file *file, const struct quote_file_piece *record,
	char separator, const struct buffer *columns)
{
	struct quote_file_piece fields[QUOTE_FIELD_NONE] = {0};
	struct buffer values = {0};
	if (!csv_text_is_closed(record->text, record->length, separator))
		quote_file_leave_out(file, record->line,
			"text follows the quotation mark that ends a field; put the whole field in "
			"quotation marks and double those in it");
	else if (!split(record, separator, columns, &values, fields))
		quote_file_leave_out(file, record->line,
			"it has more fields than the first record; put quotation marks around a "
			"text with a separator");
	else if (is_header_again(fields))
		quote_file_report(
			file, record->line, "the names of the columns again, passed over");
	else
		file->report->blank += !quote_fields_take(fields, record->line, file);
	buffer_finish(&values);
}

/* Excel reads, and some programs write, a first line such as "sep=;". */
static bool names_separator(const struct quote_file_piece *record)
{
	static const char name[] = "sep=";
	size_t length = strlen(name);
	return record->length == length + 1 && strncasecmp(record->text, name, length) == 0;
}

static void take_record(struct quote_file *file, struct quote_file_piece *record, char *separator,
	struct buffer *columns)
{
	bool is_first = columns->length == 0;
	if (record->length == 0 || !quote_file_decode(file, record))
		return;
	pass_mark(file, record);
	if (*separator == '\0' && names_separator(record)) {
		*separator = record->text[record->length - 1];
		return;
	}
	if (*separator == '\0')
		*separator = csv_text_separator(record->text, record->length);
	if (!is_first || !is_header(file, record, *separator, columns))
		take_quote(file, record, *separator, columns);
}

bool csv_file_read(struct quote_file *file, struct error *reterr)
{
	struct quote_file_piece record;
	struct buffer columns = {0};
	while (quote_file_begin(file)) {
		char separator = '\0'; /* not yet known */
		enum csv_text_state state = CSV_TEXT_STATE_START;
		buffer_clear(&columns);
		while (quote_file_read(file))
			while (!quote_file_is_done(file) &&
				csv_text_next(&file->window, separator, &state, &record))
				take_record(file, &record, &separator, &columns);
		if (!quote_file_is_done(file) && state == CSV_TEXT_STATE_QUOTED)
			quote_file_fail(file, file->window.start_line + 1,
				"a field begins with a quotation mark but none ends it; add the "
				"one at its end, or put the whole field in quotation marks and "
				"double those in it");
	}
	buffer_finish(&columns);
	return quote_file_end(file, reterr);
}

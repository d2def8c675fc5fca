#include "core/formats/csv_file.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"
#include "core/formats/csv_text.h"
#include "core/formats/quote_fields.h"

/* What is special to such a file being read. */
struct reading {
	char separator; /* 0: not yet known */
	enum csv_text_state state;
	enum quote_field *columns; /* what each holds */
	size_t count;
	struct buffer values; /* of a record */
};

static void add_column(struct reading *reading, enum quote_field field)
{
	reading->columns = mem_grow(reading->columns, reading->count, sizeof *reading->columns);
	reading->columns[reading->count++] = field;
}

static void take_names(struct reading *reading, const struct quote_file_piece *record)
{
	struct buffer *name = &reading->values;
	size_t position = 0;
	reading->count = 0;
	buffer_clear(name);
	buffer_add(name, "");
	while (csv_text_field(record->text, record->length, reading->separator, &position, name)) {
		const char *start = name->data + strspn(name->data, " ");
		size_t length = strlen(start);
		while (length > 0 && start[length - 1] == ' ')
			length--;
		add_column(reading, quote_fields_find(start, length));
		buffer_clear(name);
	}
}

static bool is_author(enum quote_field field)
{
	return field == QUOTE_FIELD_AUTHOR || field == QUOTE_FIELD_BY;
}

/* Sets two columns of which none is named as the text. Returns whether one is as the author. */
static bool names_author(struct quote_file *file, size_t line)
{
	enum quote_field *columns = ((struct reading *)file->format)->columns;
	bool is_first = is_author(columns[0]);
	bool named = is_first || is_author(columns[1]);
	columns[is_first ? 1 : 0] = QUOTE_FIELD_TEXT;
	columns[is_first ? 0 : 1] = QUOTE_FIELD_AUTHOR;
	if (!named)
		quote_file_report(file, line,
			"no column is named, so the first has the text and the second the author");
	return named;
}

/* Sets the columns, and returns whether the first record names them. */
static bool is_header(struct quote_file *file, const struct quote_file_piece *record)
{
	struct reading *reading = file->format;
	take_names(reading, record);
	for (size_t i = 0; i < reading->count; i++)
		if (quote_fields_is_text(reading->columns[i]))
			return true;
	if (reading->count > 2) {
		quote_file_fail(file, record->line,
			"no column is named text, quote, content or body; rename the one with the "
			"text");
		return true;
	}
	if (reading->count == 2)
		return names_author(file, record->line);
	reading->columns[0] = QUOTE_FIELD_TEXT;
	return false;
}

/* Returns false if fields that are not empty have no column. */
static bool split(struct reading *reading, const struct quote_file_piece *record,
	struct quote_file_piece ret_fields[QUOTE_FIELD_NONE])
{
	struct buffer *values = &reading->values;
	size_t position = 0;
	buffer_clear(values);
	/* So that none moves. */
	buffer_reserve(values, record->length);
	for (size_t i = 0;; i++) {
		size_t start = values->length;
		if (!csv_text_field(
			    record->text, record->length, reading->separator, &position, values))
			return true;
		if (i >= reading->count && values->length > start)
			return false;
		if (i >= reading->count || reading->columns[i] == QUOTE_FIELD_NONE)
			continue;
		/* Several columns can be of one field: the first that is not empty counts. */
		enum quote_field field = reading->columns[i];
		if (ret_fields[field].length > 0)
			continue;
		ret_fields[field].text = values->data + start;
		ret_fields[field].length = values->length - start;
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

static void take_quote(struct quote_file *file, const struct quote_file_piece *record)
{
	struct reading *reading = file->format;
	struct quote_file_piece fields[QUOTE_FIELD_NONE] = {0};
	if (!csv_text_is_closed(record->text, record->length, reading->separator)) {
		quote_file_leave_out(file, record->line,
			"text follows the quotation mark that ends a field; put the whole field in "
			"quotation marks and double those in it");
		return;
	}
	if (!split(reading, record, fields)) {
		quote_file_leave_out(file, record->line,
			"it has more fields than the first record; put quotation marks around a "
			"text with a separator");
		return;
	}
	if (is_header_again(fields))
		quote_file_report(
			file, record->line, "the names of the columns again, passed over");
	else
		file->report->blank += !quote_fields_take(fields, record->line, file);
}

/* Excel reads, and some programs write, a first line such as "sep=;". */
static bool names_separator(const struct quote_file_piece *record)
{
	static const char name[] = "sep=";
	size_t length = strlen(name);
	return record->length == length + 1 && strncasecmp(record->text, name, length) == 0;
}

static void take_record(struct quote_file *file, struct quote_file_piece *record)
{
	struct reading *reading = file->format;
	bool is_first = reading->count == 0;
	if (record->length == 0 || !quote_file_decode(file, record))
		return;
	pass_mark(file, record);
	if (reading->separator == '\0' && names_separator(record)) {
		reading->separator = record->text[record->length - 1];
		return;
	}
	if (reading->separator == '\0')
		reading->separator = csv_text_separator(record->text, record->length);
	if (!is_first || !is_header(file, record))
		take_quote(file, record);
}

static void take(struct quote_file *file)
{
	struct reading *reading = file->format;
	struct quote_file_window *window = &file->window;
	struct quote_file_piece record;
	while (!quote_file_is_done(file) &&
		csv_text_next(window, reading->separator, &reading->state, &record))
		take_record(file, &record);
	if (window->at_end && !quote_file_is_done(file) && reading->state == CSV_TEXT_STATE_QUOTED)
		quote_file_fail(file, window->start_line + 1,
			"a field begins with a quotation mark but none ends it; add the one at its "
			"end, or put the whole field in quotation marks and double those in it");
}

static void restart(struct quote_file *file)
{
	struct reading *reading = file->format;
	reading->separator = '\0';
	reading->state = CSV_TEXT_STATE_START;
	reading->count = 0;
}

bool csv_file_read(struct quote_file *file, struct error *reterr)
{
	struct reading reading = {0};
	file->take = take;
	file->restart = restart;
	file->format = &reading;
	bool success = quote_file_read(file, reterr);
	free(reading.columns);
	buffer_finish(&reading.values);
	return success;
}

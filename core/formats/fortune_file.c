#include "core/formats/fortune_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/file_read.h"
#include "core/base/mem.h"
#include "core/formats/fortune_lint.h"
#include "core/formats/fortune_name.h"
#include "core/formats/fortune_probe.h"
#include "core/formats/fortune_text.h"
#include "core/formats/strfile.h"
#include "core/text/line_end.h"

/* What is special to a fortune file being read. */
struct reading {
	struct strfile table;
	size_t matched;  /* offsets of the table found in the text so far */
	bool mismatched; /* a quote begins at another offset */
	struct fortune_text walk;
	enum fortune_text_end before; /* how the previous segment ended */
	struct buffer plain;
	bool is_binary;        /* by the beginning of the text */
	size_t doubled_line;   /* the first of two delimiters, if they separate quotes; 0: none */
	size_t disguised_line; /* the first that only looks like a delimiter; 0: none */
};

static void set_table_aside(struct quote_file *file, const char *what)
{
	file->report->table_set_aside = true;
	quote_file_warn(file, what);
	quote_file_report(file, 0, what + 2);
}

/* A table has at most eight octets per quote, and a quote at least one. */
static bool read_table_file(
	const char *path, uint64_t text_size, struct strfile *ret_table, struct error *reterr)
{
	struct buffer data = {0};
	struct stat status;
	if (stat(path, &status) == 0 &&
		(uint64_t)status.st_size > STRFILE_HEADER_SIZE + 8 * (text_size + 1)) {
		error_set(reterr, "it is too large for the text");
		return false;
	}
	bool success = file_read(path, &data, reterr) &&
		       strfile_parse(data.data, data.length, text_size, ret_table, reterr);
	buffer_finish(&data);
	return success;
}

/* The .dat file is optional. */
static void read_table(struct quote_file *file)
{
	struct reading *reading = file->format;
	struct error error;
	struct stat status;
	struct file_report *report = file->report;
	char *path = mem_format("%s.dat", file->path);
	report->has_table = stat(path, &status) == 0 || errno != ENOENT;
	if (report->has_table && !read_table_file(path, file->size, &reading->table, &error)) {
		char *what =
			mem_format(": its .dat file is ignored: %s; run strfile again", error.text);
		set_table_aside(file, what);
		free(what);
	}
	report->delimiter = reading->table.delimiter;
	report->rotated = (reading->table.flags & STRFILE_ROTATED) != 0;
	free(path);
}

/* Copies a piece without the lines that start with two delimiters. */
static void leave_out_comments(struct quote_file *file, struct quote_file_piece *piece)
{
	struct buffer *plain = &((struct reading *)file->format)->plain;
	const char *line;
	size_t at = 0, octets;
	buffer_clear(plain);
	while ((line = line_end_next(piece->text, piece->length, &at, &octets)) != NULL) {
		bool is_comment = octets >= 2 && line[0] == file->report->delimiter &&
				  line[1] == file->report->delimiter;
		if (!is_comment)
			buffer_append(plain, line, (size_t)(piece->text + at - line));
		file->report->comments += is_comment;
	}
	piece->text = plain->data != NULL ? plain->data : "";
	piece->length = plain->length;
}

static void note_disguised(struct quote_file *file, const struct quote_file_piece *piece)
{
	struct reading *reading = file->format;
	size_t line =
		fortune_probe_disguised_line(piece->text, piece->length, file->report->delimiter);
	if (line == 0)
		return;
	line += piece->line - 1;
	quote_file_report(file, line, "a line that looks like a delimiter, taken as text");
	if (reading->disguised_line == 0)
		reading->disguised_line = line;
}

static void take_quote(struct quote_file *file, const struct quote_file_piece *segment)
{
	const struct reading *reading = file->format;
	struct quote_file_piece piece = *segment;
	bool comments = file->comments || (reading->table.flags & STRFILE_COMMENTS) != 0;
	if (!quote_file_decode(file, &piece))
		return;
	if (file->on_anomaly != NULL && !reading->is_binary)
		fortune_lint(file, &piece, comments);
	note_disguised(file, &piece);
	if (comments)
		leave_out_comments(file, &piece);
	quote_file_add(file, &piece);
}

static int compare_offsets(const void *left, const void *right)
{
	const uint64_t *a = left;
	const uint64_t *b = right;
	return *a < *b ? -1 : *a > *b;
}

/* Whether the .dat file counts a delimiter with blanks behind it as text, as older versions of
 * strfile do. */
static bool is_text_for_table(const struct reading *reading)
{
	const struct strfile *table = &reading->table;
	uint64_t next = reading->walk.window->offset + reading->walk.window->position;
	if (reading->walk.end != FORTUNE_TEXT_END_BLANKS || !table->matches)
		return false;
	return bsearch(&next, table->offsets, table->count, sizeof next, compare_offsets) == NULL;
}

/* The offsets of a table that matches are those of the segments that are not empty, in order.
 * strfile sees no delimiter at the other ends. */
static void match(struct reading *reading, uint64_t offset)
{
	const struct strfile *table = &reading->table;
	if (reading->before != FORTUNE_TEXT_END_LF && reading->before != FORTUNE_TEXT_END_BLANKS)
		return;
	if (reading->matched < table->count && table->offsets != NULL &&
		table->offsets[reading->matched] == offset)
		reading->matched++;
	else
		reading->mismatched = true;
}

static void lint_end(
	const struct quote_file *file, const struct quote_file_piece *segment, bool blank)
{
	static const char *const ends[] = {
		[FORTUNE_TEXT_END_LF] = NULL,
		[FORTUNE_TEXT_END_RETURN] =
			"a delimiter with a carriage return, which strfile takes for text",
		[FORTUNE_TEXT_END_BLANKS] =
			"a delimiter followed by blanks, which strfile takes for text",
		[FORTUNE_TEXT_END_DOUBLED] = NULL,
		[FORTUNE_TEXT_END_BARE] =
			"a delimiter without a line end, which strfile takes for text",
		[FORTUNE_TEXT_END_FILE] = NULL,
	};
	enum fortune_text_end end = ((const struct reading *)file->format)->walk.end;
	if (ends[end] != NULL)
		quote_file_report(file, file->window.lines, ends[end]);
	if (blank)
		quote_file_report(file, segment->line,
			segment->line == 1 ? "no quote before the first delimiter"
					   : "no quote between two delimiters");
}

static void take_segment(struct quote_file *file, const struct quote_file_piece *segment)
{
	struct reading *reading = file->format;
	bool blank = fortune_text_is_blank(segment);
	uint64_t offset = file->window.offset + (uint64_t)(segment->text - file->window.text);
	/* For strfile, the mark is text. */
	if (segment->length > 0)
		match(reading, offset == file->mark ? 0 : offset);
	reading->before = reading->walk.end;
	file->report->blank += blank;
	lint_end(file, segment, blank);
	if (!blank)
		take_quote(file, segment);
}

static void take(struct quote_file *file)
{
	struct reading *reading = file->format;
	struct fortune_text *walk = &reading->walk;
	struct quote_file_piece segment;
	while (!quote_file_is_done(file) && fortune_text_next(walk, &segment)) {
		if (is_text_for_table(reading))
			fortune_text_undo(walk, &segment);
		else
			take_segment(file, &segment);
	}
}

static void restart(struct quote_file *file)
{
	struct reading *reading = file->format;
	reading->walk = (struct fortune_text){.window = &file->window,
		.delimiter = file->report->delimiter,
		.doubled = reading->doubled_line > 0 &&
			   (reading->table.flags & STRFILE_COMMENTS) == 0};
	reading->matched = 0;
	reading->mismatched = false;
	reading->disguised_line = 0;
	reading->before = FORTUNE_TEXT_END_LF;
}

static void check_table(struct quote_file *file)
{
	const struct reading *reading = file->format;
	const struct file_report *report = file->report;
	const struct strfile *table = &reading->table;
	if (!file->stopped && report->has_table && !report->table_set_aside &&
		(!table->matches || reading->mismatched || reading->matched != table->count))
		set_table_aside(file, ": its .dat file does not match the text; run strfile again");
}

/* Returns whether the file, which begins with \p text, is passed over. */
static bool pass_over(struct quote_file *file, const struct buffer *text)
{
	const char *slash = strrchr(file->path, '/');
	const char *other = fortune_name_other(slash != NULL ? slash + 1 : file->path);
	char *objection = fortune_probe_objection(file, text->data, text->length);
	bool passed = objection != NULL || other != NULL;
	if (passed)
		file->on_other(file->data, objection != NULL ? objection : other);
	free(objection);
	return passed;
}

/* A table that matches says that such lines are text. */
static char *describe_disguised(const struct quote_file *file)
{
	const struct reading *reading = file->format;
	const struct file_report *report = file->report;
	char delimiter = report->delimiter;
	/* A single one would make text of those that are doubled. */
	const char bare[] = {delimiter, reading->walk.doubled ? delimiter : '\0', '\0'};
	if (reading->disguised_line == 0 || (report->has_table && !report->table_set_aside))
		return NULL;
	return mem_format(":%zu: this line looks like '%c' but ends no quote; blanks or other "
			  "characters are beside it; put a bare '%s' in its place",
		reading->disguised_line, delimiter, bare);
}

static void lint_doubled(struct quote_file *file)
{
	const struct reading *reading = file->format;
	if (reading->walk.doubled)
		quote_file_report(file, reading->doubled_line,
			"lines of two delimiters, taken as delimiters, as there are none of one");
}

/* Reads the file, which begins with \p text. One that was named itself is read whatever it is. */
static bool read_text(struct quote_file *file, const struct buffer *text, struct error *reterr)
{
	struct reading *reading = file->format;
	char *warning = file->on_other == NULL
				? fortune_probe_warning(file, text->data, text->length)
				: NULL;
	reading->is_binary = fortune_probe_is_binary(text->data, text->length);
	reading->doubled_line =
		fortune_probe_doubled_line(text->data, text->length, file->report->delimiter);
	restart(file);
	lint_doubled(file);
	bool success = quote_file_read(file, reterr);
	if (success) {
		check_table(file);
		warning = warning != NULL ? warning : describe_disguised(file);
	}
	if (success && warning != NULL)
		quote_file_warn(file, warning);
	free(warning);
	return success;
}

bool fortune_file_count(const char *path, size_t *ret_count)
{
	struct stat status;
	struct error error;
	struct strfile table = {0};
	if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
		return false;
	char *name = mem_format("%s.dat", path);
	bool read = read_table_file(name, (uint64_t)status.st_size, &table, &error);
	*ret_count = table.count;
	free(table.offsets);
	free(name);
	return read && table.matches;
}

bool fortune_file_read(struct quote_file *file, struct error *reterr)
{
	struct reading reading = {.table = {.delimiter = '%'}};
	struct buffer text = {0};
	file->take = take;
	file->restart = restart;
	file->format = &reading;
	read_table(file);
	bool success = quote_file_peek(file, &text, reterr) &&
		       ((file->on_other != NULL && pass_over(file, &text)) ||
			       read_text(file, &text, reterr));
	buffer_finish(&text);
	free(reading.table.offsets);
	buffer_finish(&reading.plain);
	return success;
}

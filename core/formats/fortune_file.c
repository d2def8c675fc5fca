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
static void read_table(struct quote_file *file, struct strfile *table)
{
	struct error error;
	struct stat status;
	struct file_report *report = file->report;
	char *path = mem_format("%s.dat", file->path);
	report->has_table = stat(path, &status) == 0 || errno != ENOENT;
	if (report->has_table && !read_table_file(path, file->size, table, &error)) {
		char *what =
			mem_format(": its .dat file is ignored: %s; run strfile again", error.text);
		set_table_aside(file, what);
		free(what);
	}
	report->delimiter = table->delimiter;
	report->rotated = (table->flags & STRFILE_ROTATED) != 0;
	free(path);
}

/* Appends decoded text to \p out but for lines that start with two delimiters. */
static void leave_out_comments(
	struct file_report *report, const struct quote_file_piece *piece, struct buffer *out)
{
	const char *line;
	size_t at = 0, octets;
	while ((line = line_end_next(piece->text, piece->length, &at, &octets)) != NULL) {
		bool is_comment =
			octets >= 2 && line[0] == report->delimiter && line[1] == report->delimiter;
		if (!is_comment)
			buffer_append(out, line, (size_t)(piece->text + at - line));
		report->comments += is_comment;
	}
}

static void note_disguised(struct quote_file *file, const struct quote_file_piece *piece)
{
	struct file_report *report = file->report;
	size_t line = fortune_probe_disguised_line(piece->text, piece->length, report->delimiter);
	if (line == 0)
		return;
	line += piece->line - 1;
	quote_file_report(file, line, "a line that looks like a delimiter, taken as text");
	if (report->disguised_line == 0)
		report->disguised_line = line;
}

static void take_quote(struct quote_file *file, struct quote_file_piece piece, bool comments)
{
	struct buffer plain = {0};
	if (!quote_file_decode(file, &piece))
		return;
	if (file->on_anomaly != NULL)
		fortune_lint(file, &piece, comments);
	note_disguised(file, &piece);
	if (comments) {
		buffer_add(&plain, "");
		leave_out_comments(file->report, &piece, &plain);
		piece.text = plain.data;
		piece.length = plain.length;
	}
	quote_file_add(file, &piece);
	buffer_finish(&plain);
}

/* Whether the .dat file counts a delimiter with blanks behind it as text, as older versions of
 * strfile do. */
static bool is_text_for_table(const struct fortune_text *walk, const struct strfile *table)
{
	return walk->end == FORTUNE_TEXT_END_BLANKS && table->matches &&
	       !strfile_has(table, walk->window->offset + walk->window->position);
}

/* The offsets of a table that matches are those of the segments that are not empty, in order. For
 * strfile, a byte order mark and all but two kinds of ends are text. */
static void match(const struct quote_file *file, const struct quote_file_piece *segment,
	const struct fortune_text *walk, struct strfile *table)
{
	uint64_t offset = file->window.offset + (uint64_t)(segment->text - file->window.text);
	bool is_seen =
		walk->before == FORTUNE_TEXT_END_LF || walk->before == FORTUNE_TEXT_END_BLANKS;
	if (segment->length > 0 && is_seen)
		strfile_match(table, offset == file->mark ? 0 : offset);
}

static void lint_end(const struct quote_file *file, const struct quote_file_piece *segment,
	enum fortune_text_end end, bool blank)
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
	if (ends[end] != NULL)
		quote_file_report(file, file->window.lines, ends[end]);
	if (blank)
		quote_file_report(file, segment->line,
			segment->line == 1 ? "no quote before the first delimiter"
					   : "no quote between two delimiters");
}

static void take(struct quote_file *file, struct fortune_text *walk, struct strfile *table)
{
	struct quote_file_piece segment;
	bool comments = file->comments || (table->flags & STRFILE_COMMENTS) != 0;
	while (!quote_file_is_done(file) && fortune_text_next(walk, &segment)) {
		bool blank = fortune_text_is_blank(&segment);
		if (is_text_for_table(walk, table)) {
			fortune_text_undo(walk, &segment);
			continue;
		}
		match(file, &segment, walk, table);
		file->report->blank += blank;
		lint_end(file, &segment, walk->end, blank);
		if (!blank)
			take_quote(file, segment, comments);
	}
}

static void check_table(struct quote_file *file, const struct strfile *table)
{
	const struct file_report *report = file->report;
	if (!file->stopped && report->has_table && !report->table_set_aside &&
		(!table->matches || table->matched != table->count))
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
static char *describe_disguised(const struct quote_file *file, bool doubled)
{
	const struct file_report *report = file->report;
	char delimiter = report->delimiter;
	/* A single one would make text of those that are doubled. */
	const char bare[] = {delimiter, doubled ? delimiter : '\0', '\0'};
	if (report->disguised_line == 0 || (report->has_table && !report->table_set_aside))
		return NULL;
	return mem_format(":%zu: this line looks like '%c' but ends no quote; blanks or other "
			  "characters are beside it; put a bare '%s' in its place",
		report->disguised_line, delimiter, bare);
}

static bool read_quotes(
	struct quote_file *file, struct strfile *table, bool doubled, struct error *reterr)
{
	while (quote_file_begin(file)) {
		struct fortune_text walk = {.window = &file->window,
			.delimiter = file->report->delimiter,
			.doubled = doubled};
		table->matched = 0;
		while (quote_file_read(file))
			take(file, &walk, table);
	}
	return quote_file_end(file, reterr);
}

/* Whether the file, which begins with \p text, may be read. */
static bool may_read(const struct quote_file *file, const struct buffer *text, struct error *reterr)
{
	if (fortune_probe_is_readable(text->data, text->length))
		return true;
	char *what = fortune_probe_warning(file, text->data, text->length);
	error_set(reterr, "%s%s", file->path, what);
	free(what);
	return false;
}

/* Reads the file, which begins with \p text. */
static bool read_text(struct quote_file *file, struct strfile *table, const struct buffer *text,
	struct error *reterr)
{
	size_t doubled = (table->flags & STRFILE_COMMENTS) != 0
				 ? 0
				 : fortune_probe_doubled_line(
					   text->data, text->length, file->report->delimiter);
	char *warning = NULL;
	if (file->on_other == NULL)
		warning = fortune_probe_warning(file, text->data, text->length);
	if (doubled > 0)
		quote_file_report(file, doubled,
			"lines of two delimiters, taken as delimiters, as there are none of one");
	bool success = read_quotes(file, table, doubled > 0, reterr);
	if (success) {
		check_table(file, table);
		warning = warning != NULL ? warning : describe_disguised(file, doubled > 0);
	}
	if (success && warning != NULL)
		quote_file_warn(file, warning);
	else if (success && file->report->quotes == 1 &&
		 fortune_probe_is_whole(file, text->data, text->length))
		quote_file_report(file, 1, "no delimiter, so the whole file is one quote");
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
	struct strfile table = {.delimiter = '%'};
	struct buffer text = {0};
	read_table(file, &table);
	bool success =
		quote_file_peek(file, &text, reterr) &&
		((file->on_other != NULL && pass_over(file, &text)) ||
			(may_read(file, &text, reterr) && read_text(file, &table, &text, reterr)));
	buffer_finish(&text);
	free(table.offsets);
	return success;
}

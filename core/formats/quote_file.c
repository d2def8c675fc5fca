#include "core/formats/quote_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file_read.h"
#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/text/charset_guess.h"
#include "core/text/clean.h"
#include "core/text/line_end.h"

enum { CHUNK_SIZE = 262144 };

static size_t chunk_size = CHUNK_SIZE;

static const char utf8[] = "UTF-8";

void quote_file_set_chunk(size_t octets)
{
	chunk_size = octets > 0 ? octets : CHUNK_SIZE;
}

void quote_file_report(const struct quote_file *file, size_t line, const char *what)
{
	if (file->on_anomaly != NULL)
		file->on_anomaly(file->data, line, what);
}

void quote_file_warn(struct quote_file *file, const char *what)
{
	char *sentence = mem_format("%s%s", file->path, what);
	strings_add(file->warnings, sentence);
	free(sentence);
}

bool quote_file_is_done(const struct quote_file *file)
{
	return file->stopped || file->not_utf8 || file->failed;
}

void quote_file_fail(struct quote_file *file, size_t line, const char *reason)
{
	file->failed = true;
	error_set(&file->error, "%s:%zu: %s", file->path, line, reason);
}

void quote_file_leave_out(struct quote_file *file, size_t line, const char *reason)
{
	quote_file_report(file, line, reason);
	if (file->left_out++ > 0)
		return;
	file->left_out_line = line;
	free(file->left_out_reason);
	file->left_out_reason = mem_strdup(reason);
}

struct quote_file_piece quote_file_cut(struct quote_file_window *window, size_t end)
{
	struct quote_file_piece piece = {
		window->text + window->start, end - window->start, window->start_line + 1};
	window->start = window->position;
	window->start_line = window->lines;
	return piece;
}

static bool fail(const struct quote_file *file, struct error *reterr)
{
	error_set(reterr, "%s: %s", file->path, strerror(errno));
	return false;
}

/* Decodes what has been read of UTF-16, all of it at the end of the file. */
static void decode_utf16(struct quote_file *file, bool at_end)
{
	struct buffer *coded = &file->coded;
	size_t whole = at_end ? coded->length
			      : decode_utf16_whole(file->utf16, coded->data, coded->length);
	buffer_reserve(&file->raw, whole + 1);
	file->report->undecodable += decode_text(file->utf16, coded->data, whole, &file->raw).count;
	buffer_consume(coded, whole);
}

static long read_chunk(struct quote_file *file)
{
	const atomic_bool *cancel = file->cancel;
	struct buffer *out = file->utf16 != NULL ? &file->coded : &file->raw;
	if (cancel != NULL && atomic_load(cancel)) {
		errno = ECANCELED;
		return -1;
	}
	long got = file_read_chunk(file->fd, chunk_size, out);
	if (got >= 0 && file->utf16 != NULL)
		decode_utf16(file, got == 0);
	return got;
}

static bool has_utf8_mark(const char *path)
{
	char *mark = mem_format("%s.u8", path);
	bool found = access(mark, F_OK) == 0;
	free(mark);
	return found;
}

static bool is_utf8_name(const char *charset)
{
	return strcasecmp(charset, utf8) == 0 || strcasecmp(charset, "UTF8") == 0;
}

static bool open_decoder(struct quote_file *file, const char *charset, struct error *reterr)
{
	struct error error;
	file->report->charset = charset;
	file->decoder = decode_open(charset, &error);
	if (file->decoder == NULL)
		error_set(reterr, "%s: %s", file->path, error.text);
	return file->decoder != NULL;
}

/* Opens the declared charset. UTF-8 needs no decoder until an octet turns out to be invalid. */
static bool open_declared_charset(struct quote_file *file, struct error *reterr)
{
	const char *charset = file->charset;
	if (file->mark > 0 || charset == NULL || *charset == '\0' || is_utf8_name(charset))
		return true;
	return open_decoder(file, charset, reterr);
}

/* A file that is not UTF-8 must have another charset, unless UTF-8 was declared. */
static void handle_not_utf8(struct quote_file *file, const struct quote_file_piece *piece)
{
	const char *charset = file->charset;
	struct error error;
	bool is_declared = file->mark > 0 || (charset != NULL && *charset != '\0') ||
			   has_utf8_mark(file->path);
	if (is_declared && open_decoder(file, utf8, &error))
		return;
	size_t valid = utf8_valid_prefix(piece->text, piece->length);
	file->report->other_line = piece->line + line_end_count(piece->text, valid);
	file->not_utf8 = true;
}

static void decode_piece(struct quote_file *file, const struct quote_file_piece *piece)
{
	struct decode_flaws flaws =
		decode_text(file->decoder, piece->text, piece->length, &file->decoded);
	file->report->undecodable += flaws.count;
	if (flaws.count > 0)
		quote_file_report(file,
			piece->line + line_end_count(file->decoded.data, flaws.first),
			"octets that are invalid in the file's charset");
}

bool quote_file_decode(struct quote_file *file, struct quote_file_piece *piece)
{
	/* Of a charset that was guessed, a piece in UTF-8 comes from another file. */
	bool is_utf8 = (file->decoder == NULL || file->is_guessed) &&
		       utf8_is_valid(piece->text, piece->length);
	if (file->decoder == NULL && !is_utf8)
		handle_not_utf8(file, piece);
	if (file->not_utf8)
		return false;
	buffer_clear(&file->decoded);
	if (file->decoder != NULL && !is_utf8)
		decode_piece(file, piece);
	else if (file->report->rotated)
		buffer_append(&file->decoded, piece->text, piece->length);
	else
		return true;
	if (file->report->rotated)
		clean_rot13(file->decoded.data, file->decoded.length);
	piece->text = file->decoded.data != NULL ? file->decoded.data : "";
	piece->length = file->decoded.length;
	return true;
}

void quote_file_lint(const struct quote_file *file, const struct quote_file_piece *piece)
{
	struct file_report counts = {0};
	struct buffer scratch = {0};
	if (file->on_anomaly == NULL)
		return;
	clean_quote(piece->text, piece->length, &scratch, &counts);
	buffer_finish(&scratch);
	const struct {
		size_t count;
		const char *what;
	} rows[] = {
		{counts.escapes, "an escape sequence, removed"},
		{counts.controls, "a control character, removed"},
		{counts.overstrikes, "an overstrike, replaced by the letter that it shows"},
		{counts.trailing_blanks, "trailing blanks, removed"},
		{counts.breaks, "a Unicode line end, which ends a line but not a quote"},
		{counts.marks, "a byte order mark, removed"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].count > 0)
			quote_file_report(file, piece->line, rows[i].what);
}

bool quote_file_add(struct quote_file *file, const struct quote_file_piece *piece)
{
	buffer_clear(&file->quote);
	clean_quote(piece->text, piece->length, &file->quote, file->report);
	if (file->quote.length == 0) {
		file->report->blank++;
		return false;
	}
	file->report->quotes++;
	file->stopped =
		!file->on_quote(file->data, file->quote.data, file->quote.length, piece->line);
	return !file->stopped;
}

/* Has it read again from its start, with the charset that charset_guess() finds. */
static void start_over(struct quote_file *file)
{
	const struct file_report *before = file->report;
	const char *charset = charset_guess(file->path, file->fd);
	*file->report = (struct file_report){
		.delimiter = before->delimiter,
		.rotated = before->rotated,
		.has_table = before->has_table,
		.table_set_aside = before->table_set_aside,
		.other_line = before->other_line,
	};
	file->not_utf8 = false;
	file->is_guessed = true;
	file->left_out = 0;
	buffer_clear(&file->raw);
	file->on_restart(file->data);
	file->failed = !open_decoder(file, charset, &file->error);
}

bool quote_file_begin(struct quote_file *file)
{
	if (file->failed || (file->begun && !file->not_utf8))
		return false;
	if (file->mark > 0)
		quote_file_report(file, 1, "a byte order mark, removed");
	if (file->not_utf8)
		start_over(file);
	else
		file->failed = !open_declared_charset(file, &file->error);
	file->begun = true;
	file->window = (struct quote_file_window){.offset = file->mark};
	if (!file->failed && lseek(file->fd, (off_t)file->mark, SEEK_SET) < 0)
		file->failed = !fail(file, &file->error);
	return !file->failed;
}

bool quote_file_read(struct quote_file *file)
{
	struct quote_file_window *window = &file->window;
	if (window->at_end || quote_file_is_done(file))
		return false;
	buffer_consume(&file->raw, window->start);
	window->offset += window->start;
	window->position -= window->start;
	window->start = 0;
	long got = read_chunk(file);
	window->text = file->raw.data;
	window->length = file->raw.length;
	window->at_end = got == 0;
	if (got < 0)
		file->failed = !fail(file, &file->error);
	return got >= 0;
}

static void conclude(struct quote_file *file)
{
	const struct file_report *report = file->report;
	if (file->stopped)
		quote_file_warn(
			file, ": some of its quotes are left out; there is no room for more");
	if (report->undecodable > 0) {
		char *what = mem_format(
			": %zu octet%s not valid %s and became U+FFFD; check its charset",
			report->undecodable, report->undecodable == 1 ? " is" : "s are",
			report->charset);
		quote_file_warn(file, what);
		free(what);
	}
	if (file->left_out > 0) {
		char *what = mem_format(": %zu record%s left out, the first on line %zu: %s",
			file->left_out, file->left_out == 1 ? " is" : "s are", file->left_out_line,
			file->left_out_reason);
		quote_file_warn(file, what);
		free(what);
	}
	if (report->quotes == 0)
		quote_file_warn(file, ": contains no quotes");
}

/* A byte order mark says what follows, whatever charset is declared. */
static bool read_mark(struct quote_file *file, struct error *reterr)
{
	static const struct {
		const char *mark, *charset;
	} marks[] = {{"\xEF\xBB\xBF", utf8}, {"\xFF\xFE", "UTF-16LE"}, {"\xFE\xFF", "UTF-16BE"}};
	char begin[3];
	ssize_t got = pread(file->fd, begin, sizeof begin, 0);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t length = strlen(marks[i].mark);
		if (got < (ssize_t)length || memcmp(begin, marks[i].mark, length) != 0)
			continue;
		file->mark = length;
		file->report->marks = 1;
		file->report->charset = marks[i].charset;
	}
	if (file->mark == 2)
		file->utf16 = decode_open_utf16(begin[0] == '\xFE', reterr);
	return file->mark != 2 || file->utf16 != NULL;
}

bool quote_file_open(struct quote_file *file, struct error *reterr)
{
	struct stat status = {0};
	*file->report = (struct file_report){.charset = utf8, .delimiter = '%'};
	file->fd = file_open(file->path, reterr);
	if (file->fd >= 0 && fstat(file->fd, &status) == 0)
		file->size = (uint64_t)status.st_size;
	return file->fd >= 0 && read_mark(file, reterr);
}

bool quote_file_peek(const struct quote_file *file, struct buffer *out, struct error *reterr)
{
	struct buffer begin = {0};
	buffer_reserve(&begin, QUOTE_FILE_PEEK);
	buffer_reserve(out, 1);
	ssize_t got = pread(file->fd, begin.data, QUOTE_FILE_PEEK, (off_t)file->mark);
	size_t length = got > 0 ? (size_t)got : 0;
	if (got >= 0 && file->utf16 != NULL)
		decode_text(file->utf16, begin.data,
			decode_utf16_whole(file->utf16, begin.data, length), out);
	else
		buffer_append(out, begin.data, length);
	buffer_finish(&begin);
	return got >= 0 || fail(file, reterr);
}

bool quote_file_end(struct quote_file *file, struct error *reterr)
{
	if (file->failed)
		*reterr = file->error;
	else
		conclude(file);
	return !file->failed;
}

void quote_file_finish(struct quote_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	decode_close(file->utf16);
	decode_close(file->decoder);
	buffer_finish(&file->coded);
	free(file->left_out_reason);
	buffer_finish(&file->raw);
	buffer_finish(&file->decoded);
	buffer_finish(&file->quote);
}

#include "core/formats/fortune_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file_read.h"
#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/formats/charset_guess.h"
#include "core/formats/clean.h"
#include "core/formats/decode.h"
#include "core/formats/fortune_lint.h"
#include "core/formats/fortune_text.h"
#include "core/formats/strfile.h"

enum { CHUNK_SIZE = 262144 };

static size_t chunk_size = CHUNK_SIZE;

static const char utf8[] = "UTF-8";

/* A file being read. */
struct reading {
	const char *path;
	const struct fortune_file_reader *reader;
	struct file_report *report;
	struct strings *warnings;
	int fd;
	uint64_t size;
	struct strfile table;
	size_t matched;          /* offsets of the table found in the text so far */
	bool mismatched;         /* a quote begins at another offset */
	struct decoder *decoder; /* NULL: the file has been UTF-8 so far */
	bool not_utf8;           /* it is not, and must be read again */
	struct buffer raw;
	uint64_t consumed;            /* octets of the file before raw */
	enum fortune_text_end before; /* how the previous segment ended */
	struct buffer plain;
	struct buffer decoded;
	struct buffer quote;
	bool stopped;
};

void fortune_file_set_chunk(size_t octets)
{
	chunk_size = octets > 0 ? octets : CHUNK_SIZE;
}

static void report_anomaly(struct reading *reading, size_t line, const char *what)
{
	if (reading->reader->on_anomaly != NULL)
		reading->reader->on_anomaly(reading->reader->data, line, what);
}

static void warn(struct reading *reading, const char *what)
{
	char *sentence = mem_format("%s%s", reading->path, what);
	strings_add(reading->warnings, sentence);
	free(sentence);
}

static void set_table_aside(struct reading *reading, const char *what)
{
	reading->report->table_set_aside = true;
	warn(reading, what);
	report_anomaly(reading, 0, what + 2);
}

/* A table has at most eight octets per quote, and a quote at least one. */
static bool read_table_file(
	struct reading *reading, const char *path, struct buffer *data, struct error *reterr)
{
	struct stat status;
	uint64_t most = STRFILE_HEADER_SIZE + 8 * (reading->size + 1);
	if (stat(path, &status) == 0 && (uint64_t)status.st_size > most) {
		error_set(reterr, "it is too large for the text");
		return false;
	}
	return file_read(path, data, reterr) &&
	       strfile_parse(data->data, data->length, reading->size, &reading->table, reterr);
}

/* The .dat file is optional. */
static void read_table(struct reading *reading)
{
	struct error error;
	struct stat status;
	struct buffer data = {0};
	struct file_report *report = reading->report;
	char *path = mem_format("%s.dat", reading->path);
	report->has_table = stat(path, &status) == 0 || errno != ENOENT;
	if (report->has_table && !read_table_file(reading, path, &data, &error)) {
		char *what =
			mem_format(": its .dat file is ignored: %s; run strfile again", error.text);
		set_table_aside(reading, what);
		free(what);
	}
	report->delimiter = reading->table.delimiter;
	report->rotated = (reading->table.flags & STRFILE_ROTATED) != 0;
	buffer_finish(&data);
	free(path);
}

static bool fail(struct reading *reading, struct error *reterr)
{
	error_set(reterr, "%s: %s", reading->path, strerror(errno));
	return false;
}

static long read_chunk(struct reading *reading)
{
	const atomic_bool *cancel = reading->reader->cancel;
	if (cancel == NULL || !atomic_load(cancel))
		return file_read_chunk(reading->fd, chunk_size, &reading->raw);
	errno = ECANCELED;
	return -1;
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

static bool open_decoder(struct reading *reading, const char *charset, struct error *reterr)
{
	struct error error;
	reading->report->charset = charset;
	reading->decoder = decode_open(charset, &error);
	if (reading->decoder == NULL)
		error_set(reterr, "%s: %s", reading->path, error.text);
	return reading->decoder != NULL;
}

/* Opens the declared charset. UTF-8 needs no decoder until an octet turns out to be invalid. */
static bool open_declared_charset(struct reading *reading, struct error *reterr)
{
	const char *charset = reading->reader->charset;
	if (charset == NULL || *charset == '\0' || is_utf8_name(charset))
		return true;
	return open_decoder(reading, charset, reterr);
}

static size_t count_lines(const char *text, size_t length)
{
	size_t lines = 0;
	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	return lines;
}

/* A file that is not UTF-8 must have another charset, unless UTF-8 was declared. */
static void handle_not_utf8(struct reading *reading, const struct fortune_segment *segment)
{
	const char *charset = reading->reader->charset;
	struct error error;
	bool is_declared = (charset != NULL && *charset != '\0') || has_utf8_mark(reading->path);
	if (is_declared && open_decoder(reading, utf8, &error))
		return;
	size_t valid = utf8_valid_prefix(segment->text, segment->length);
	reading->report->other_line = segment->line + count_lines(segment->text, valid);
	reading->not_utf8 = true;
}

/* Copies a segment without the lines that start with two delimiters. */
static void leave_out_comments(struct reading *reading, struct fortune_segment *segment)
{
	const char *at = segment->text;
	const char *end = at + segment->length;
	buffer_clear(&reading->plain);
	while (at < end) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		const char *next = line_end != NULL ? line_end + 1 : end;
		bool is_comment = end - at >= 2 && at[0] == reading->report->delimiter &&
				  at[1] == reading->report->delimiter;
		if (!is_comment)
			buffer_append(&reading->plain, at, (size_t)(next - at));
		reading->report->comments += is_comment;
		at = next;
	}
	segment->text = reading->plain.data != NULL ? reading->plain.data : "";
	segment->length = reading->plain.length;
}

static void decode_segment(struct reading *reading, const struct fortune_segment *segment)
{
	struct decode_flaws flaws =
		decode_text(reading->decoder, segment->text, segment->length, &reading->decoded);
	reading->report->undecodable += flaws.count;
	if (flaws.count > 0)
		report_anomaly(reading,
			segment->line + count_lines(reading->decoded.data, flaws.first),
			"octets that are invalid in the file's charset");
}

/* Returns false if the file is not UTF-8 and must be read again. */
static bool decode(struct reading *reading, struct fortune_segment *segment)
{
	if (reading->decoder == NULL && !utf8_is_valid(segment->text, segment->length))
		handle_not_utf8(reading, segment);
	if (reading->not_utf8)
		return false;
	buffer_clear(&reading->decoded);
	if (reading->decoder != NULL)
		decode_segment(reading, segment);
	else if (reading->report->rotated)
		buffer_append(&reading->decoded, segment->text, segment->length);
	else
		return true;
	if (reading->report->rotated)
		clean_rot13(reading->decoded.data, reading->decoded.length);
	segment->text = reading->decoded.data != NULL ? reading->decoded.data : "";
	segment->length = reading->decoded.length;
	return true;
}

static void take_quote(struct reading *reading, struct fortune_segment *segment)
{
	struct file_report *report = reading->report;
	bool comments = reading->reader->comments || (reading->table.flags & STRFILE_COMMENTS) != 0;
	if (!decode(reading, segment))
		return;
	if (reading->reader->on_anomaly != NULL)
		fortune_lint(segment, report->delimiter, comments, reading->reader);
	if (comments)
		leave_out_comments(reading, segment);
	buffer_clear(&reading->quote);
	clean_quote(segment->text, segment->length, &reading->quote, report);
	if (reading->quote.length == 0) {
		report->blank++;
		return;
	}
	report->quotes++;
	reading->stopped = !reading->reader->on_quote(
		reading->reader->data, reading->quote.data, reading->quote.length, segment->line);
}

/* The offsets of a table that matches are those of the segments that are not empty, in order. For
 * strfile, no quote begins after a delimiter with a carriage return. */
static void match(struct reading *reading, uint64_t offset)
{
	const struct strfile *table = &reading->table;
	if (reading->before == FORTUNE_TEXT_END_CRLF)
		return;
	if (reading->matched < table->count && table->offsets != NULL &&
		table->offsets[reading->matched] == offset)
		reading->matched++;
	else
		reading->mismatched = true;
}

static void lint_end(struct reading *reading, const struct fortune_segment *segment, bool blank)
{
	static const char *const ends[] = {
		[FORTUNE_TEXT_END_LF] = NULL,
		[FORTUNE_TEXT_END_CRLF] =
			"a delimiter with a carriage return, which strfile takes for text",
		[FORTUNE_TEXT_END_BARE] =
			"a delimiter without a line end, which strfile takes for text",
		[FORTUNE_TEXT_END_FILE] = NULL,
	};
	if (ends[segment->end] != NULL)
		report_anomaly(reading, segment->end_line, ends[segment->end]);
	if (blank)
		report_anomaly(reading, segment->line,
			segment->line == 1 ? "no quote before the first delimiter"
					   : "no quote between two delimiters");
}

static void take_segments(struct reading *reading, struct fortune_text *walk)
{
	struct fortune_segment segment;
	while (!reading->stopped && !reading->not_utf8 && fortune_text_next(walk, &segment)) {
		uint64_t offset = reading->consumed + (uint64_t)(segment.text - walk->text);
		bool blank = fortune_text_is_blank(&segment);
		if (segment.length > 0)
			match(reading, offset);
		reading->before = segment.end;
		reading->report->blank += blank;
		lint_end(reading, &segment, blank);
		if (!blank)
			take_quote(reading, &segment);
	}
}

static bool read_quotes(struct reading *reading, struct error *reterr)
{
	struct fortune_text walk = {.delimiter = reading->report->delimiter};
	while (!walk.at_end && !reading->stopped && !reading->not_utf8) {
		buffer_consume(&reading->raw, walk.start);
		reading->consumed += walk.start;
		fortune_text_dropped(&walk);
		long got = read_chunk(reading);
		if (got < 0)
			return fail(reading, reterr);
		walk.at_end = got == 0;
		walk.text = reading->raw.data;
		walk.length = reading->raw.length;
		take_segments(reading, &walk);
	}
	return true;
}

/* Starts over with the charset that charset_guess() finds. */
static bool read_again(struct reading *reading, struct error *reterr)
{
	const struct file_report *before = reading->report;
	const char *charset = charset_guess(reading->path, reading->fd);
	*reading->report = (struct file_report){
		.delimiter = before->delimiter,
		.rotated = before->rotated,
		.has_table = before->has_table,
		.table_set_aside = before->table_set_aside,
		.other_line = before->other_line,
	};
	reading->matched = 0;
	reading->mismatched = reading->not_utf8 = false;
	reading->consumed = 0;
	reading->before = FORTUNE_TEXT_END_LF;
	buffer_clear(&reading->raw);
	reading->reader->on_restart(reading->reader->data);
	if (!open_decoder(reading, charset, reterr))
		return false;
	if (lseek(reading->fd, 0, SEEK_SET) < 0)
		return fail(reading, reterr);
	return read_quotes(reading, reterr);
}

static void conclude(struct reading *reading)
{
	const struct file_report *report = reading->report;
	const struct strfile *table = &reading->table;
	if (reading->stopped)
		warn(reading, ": some of its quotes are left out; there is no room for more");
	else if (report->has_table && !report->table_set_aside &&
		 (!table->matches || reading->mismatched || reading->matched != table->count))
		set_table_aside(
			reading, ": its .dat file does not match the text; run strfile again");
	if (report->undecodable > 0) {
		char *what = mem_format(
			": %zu octet%s not valid %s and became U+FFFD; check its charset",
			report->undecodable, report->undecodable == 1 ? " is" : "s are",
			report->charset);
		warn(reading, what);
		free(what);
	}
	if (report->quotes == 0)
		warn(reading, ": contains no quotes");
}

static bool read_file(struct reading *reading, struct error *reterr)
{
	if (!open_declared_charset(reading, reterr) || !read_quotes(reading, reterr))
		return false;
	return !reading->not_utf8 || read_again(reading, reterr);
}

bool fortune_file_read(const char *path, const struct fortune_file_reader *reader,
	struct file_report *ret_report, struct strings *warnings, struct error *reterr)
{
	struct stat status = {0};
	struct reading reading = {.path = path,
		.reader = reader,
		.report = ret_report,
		.warnings = warnings,
		.table = {.delimiter = '%'}};
	*ret_report = (struct file_report){.charset = utf8, .delimiter = '%'};
	reading.fd = file_open(path, reterr);
	if (reading.fd < 0)
		return false;
	if (fstat(reading.fd, &status) == 0)
		reading.size = (uint64_t)status.st_size;
	read_table(&reading);
	bool success = read_file(&reading, reterr);
	if (success)
		conclude(&reading);
	close(reading.fd);
	decode_close(reading.decoder);
	free(reading.table.offsets);
	buffer_finish(&reading.raw);
	buffer_finish(&reading.plain);
	buffer_finish(&reading.decoded);
	buffer_finish(&reading.quote);
	return success;
}

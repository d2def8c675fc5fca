#include "core/fortune_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/decode.h"
#include "core/file_read.h"
#include "core/fortune_lint.h"
#include "core/fortune_text.h"
#include "core/mem.h"
#include "core/strfile.h"
#include "core/utf8.h"

enum { CHUNK_SIZE = 262144 };

static size_t chunk_size = CHUNK_SIZE;

/* One file on its way. */
struct reading {
	const char *path;
	const struct fortune_file_options *options;
	const struct fortune_file_events *events;
	struct fortune_file_report *report;
	struct strings *warnings;
	int fd;
	uint64_t size;
	struct strfile table;
	size_t matched;          /* offsets of the table met so far */
	struct decoder *decoder; /* NULL: it is UTF-8 */
	struct buffer raw;
	uint64_t consumed; /* octets of the file before raw */
	struct buffer plain;
	struct buffer decoded;
	struct buffer quote;
	bool stopped;
};

void fortune_file_set_chunk(size_t octets)
{
	chunk_size = octets > 0 ? octets : CHUNK_SIZE;
}

static void say(struct reading *reading, size_t line, const char *what)
{
	if (reading->events->on_anomaly != NULL)
		reading->events->on_anomaly(reading->events->data, line, what);
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
	say(reading, 0, what + 2);
}

/* No .dat file is no trouble. */
static void read_table(struct reading *reading)
{
	struct error error;
	struct buffer data = {0};
	struct fortune_file_report *report = reading->report;
	char *path = mem_format("%s.dat", reading->path);
	report->has_table = file_read(path, &data, NULL);
	if (report->has_table &&
		!strfile_parse(data.data, data.length, reading->size, &reading->table, &error)) {
		char *what = mem_format(
			": its .dat file is not used: %s; run strfile again", error.text);
		set_table_aside(reading, what);
		free(what);
	}
	report->delimiter = report->has_table ? reading->table.delimiter : '%';
	report->rotated = (reading->table.flags & STRFILE_ROTATED) != 0;
	buffer_finish(&data);
	free(path);
}

static bool fail(struct reading *reading, struct error *reterr)
{
	error_set(reterr, "%s: %s", reading->path, strerror(errno));
	return false;
}

/* Whole lines are judged: no code point has a line feed in it. */
static bool is_utf8(struct reading *reading, bool *ret_is_utf8, struct error *reterr)
{
	struct buffer text = {0};
	long got;
	*ret_is_utf8 = true;
	while (*ret_is_utf8 && (got = file_read_chunk(reading->fd, chunk_size, &text)) > 0) {
		const char *last = memrchr(text.data, '\n', text.length);
		size_t whole = last != NULL ? (size_t)(last - text.data) + 1 : 0;
		*ret_is_utf8 = utf8_is_valid(text.data, whole);
		buffer_consume(&text, whole);
	}
	if (*ret_is_utf8 && got < 0) {
		buffer_finish(&text);
		return fail(reading, reterr);
	}
	*ret_is_utf8 = *ret_is_utf8 && utf8_is_valid(text.data, text.length);
	buffer_finish(&text);
	return lseek(reading->fd, 0, SEEK_SET) == 0 || fail(reading, reterr);
}

static bool has_utf8_mark(const char *path)
{
	char *mark = mem_format("%s.u8", path);
	bool found = access(mark, F_OK) == 0;
	free(mark);
	return found;
}

/* Whether all of the file is something in the charset. */
static bool decodes_by(struct reading *reading, const char *charset)
{
	struct buffer text = {0};
	struct buffer out = {0};
	struct decoder *decoder = decode_open(charset, NULL);
	bool good = decoder != NULL;
	while (good && file_read_chunk(reading->fd, chunk_size, &text) > 0) {
		const char *last = memrchr(text.data, '\n', text.length);
		size_t whole = last != NULL ? (size_t)(last - text.data) + 1 : 0;
		buffer_clear(&out);
		good = decode_text(decoder, text.data, whole, &out) == 0;
		buffer_consume(&text, whole);
	}
	good = good && decode_text(decoder, text.data, text.length, &out) == 0;
	decode_close(decoder);
	buffer_finish(&text);
	buffer_finish(&out);
	return lseek(reading->fd, 0, SEEK_SET) == 0 && good;
}

static bool choose_charset(struct reading *reading, struct error *reterr)
{
	bool valid;
	struct error error;
	const char *charset = reading->options->charset;
	if (charset == NULL || *charset == '\0') {
		if (!is_utf8(reading, &valid, reterr))
			return false;
		const char *hint = valid ? NULL : decode_hint(reading->path);
		if (valid || has_utf8_mark(reading->path))
			charset = "UTF-8";
		else
			charset = hint != NULL && decodes_by(reading, hint) ? hint : "ISO-8859-1";
		reading->report->charset = charset;
		if (valid)
			return true;
	}
	reading->report->charset = charset;
	reading->decoder = decode_open(charset, &error);
	if (reading->decoder == NULL)
		error_set(reterr, "%s: %s", reading->path, error.text);
	return reading->decoder != NULL;
}

/* Copies a segment without the lines of two delimiters. */
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

static void decode(struct reading *reading, struct fortune_segment *segment)
{
	size_t bad;
	buffer_clear(&reading->decoded);
	if (reading->decoder != NULL) {
		bad = decode_text(
			reading->decoder, segment->text, segment->length, &reading->decoded);
		reading->report->undecodable += bad;
		if (bad > 0)
			say(reading, segment->line,
				"octets that are nothing in the file's charset");
	} else if (reading->report->rotated) {
		buffer_append(&reading->decoded, segment->text, segment->length);
	} else {
		return;
	}
	if (reading->report->rotated)
		clean_rot13(reading->decoded.data, reading->decoded.length);
	segment->text = reading->decoded.data != NULL ? reading->decoded.data : "";
	segment->length = reading->decoded.length;
}

static void take_quote(struct reading *reading, struct fortune_segment *segment)
{
	struct fortune_file_report *report = reading->report;
	decode(reading, segment);
	if (reading->events->on_anomaly != NULL)
		fortune_lint(segment, report->delimiter, reading->events);
	if (reading->options->comments || (reading->table.flags & STRFILE_COMMENTS) != 0)
		leave_out_comments(reading, segment);
	buffer_clear(&reading->quote);
	clean_quote(segment->text, segment->length, &reading->quote, &report->cleaned);
	if (reading->quote.length == 0) {
		report->blank++;
		return;
	}
	report->quotes++;
	reading->stopped = !reading->events->on_quote(
		reading->events->data, reading->quote.data, reading->quote.length, segment->line);
}

/* Each offset of the table is that of the next segment with anything in it, or it does not match.
 */
static void match(struct reading *reading, uint64_t offset)
{
	const struct strfile *table = &reading->table;
	if (reading->matched < table->count && table->offsets != NULL &&
		table->offsets[reading->matched] == offset)
		reading->matched++;
	else
		reading->table.matches = false;
}

static void take_segments(struct reading *reading, struct fortune_text *walk)
{
	struct fortune_segment segment;
	while (!reading->stopped && fortune_text_next(walk, &segment)) {
		uint64_t offset = reading->consumed + (uint64_t)(segment.text - walk->text);
		if (segment.length > 0)
			match(reading, offset);
		if (!fortune_text_is_blank(&segment)) {
			take_quote(reading, &segment);
			continue;
		}
		reading->report->blank++;
		if (segment.length > 0 || offset > 0)
			say(reading, segment.line, "no quote between two delimiters");
	}
}

static bool read_quotes(struct reading *reading, struct error *reterr)
{
	struct fortune_text walk = {.delimiter = reading->report->delimiter};
	while (!walk.at_end && !reading->stopped) {
		buffer_consume(&reading->raw, walk.start);
		reading->consumed += walk.start;
		walk.position -= walk.start;
		walk.start = 0;
		long got = file_read_chunk(reading->fd, chunk_size, &reading->raw);
		if (got < 0)
			return fail(reading, reterr);
		walk.at_end = got == 0;
		walk.text = reading->raw.data;
		walk.length = reading->raw.length;
		take_segments(reading, &walk);
	}
	return true;
}

static void conclude(struct reading *reading)
{
	const struct fortune_file_report *report = reading->report;
	if (reading->stopped)
		warn(reading, ": not all of its quotes are taken: there is no room for more");
	else if (report->has_table && !report->table_set_aside &&
		 (!reading->table.matches || reading->matched != reading->table.count))
		set_table_aside(
			reading, ": its .dat file does not match the text: run strfile again");
	if (report->undecodable > 0) {
		char *what = mem_format(": %zu octets are not %s and became U+FFFD",
			report->undecodable, report->charset);
		warn(reading, what);
		free(what);
	}
	if (report->quotes == 0)
		warn(reading, ": holds no quote");
}

bool fortune_file_read(const char *path, const struct fortune_file_options *options,
	const struct fortune_file_events *events, struct fortune_file_report *ret_report,
	struct strings *warnings, struct error *reterr)
{
	struct stat status = {0};
	struct reading reading = {.path = path,
		.options = options,
		.events = events,
		.report = ret_report,
		.warnings = warnings,
		.table = {.delimiter = '%'}};
	*ret_report = (struct fortune_file_report){.charset = "UTF-8", .delimiter = '%'};
	reading.fd = file_open(path, reterr);
	if (reading.fd < 0)
		return false;
	if (fstat(reading.fd, &status) == 0)
		reading.size = (uint64_t)status.st_size;
	read_table(&reading);
	bool success = choose_charset(&reading, reterr) && read_quotes(&reading, reterr);
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

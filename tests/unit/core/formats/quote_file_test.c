#include "core/formats/quote_file.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/scratch.h"

static bool on_quote(void *data, const char *text, size_t length, size_t line)
{
	buffer_format(data, "%zu:%.*s|", line, (int)length, text);
	return true;
}

static void on_restart(void *data)
{
	buffer_clear(data);
	buffer_add(data, "again ");
}

static void on_anomaly(void *data, size_t line, const char *what)
{
	buffer_format(data, "(%zu %s)", line, what);
}

/* A format whose pieces end in a semicolon and have a line each. */
static void take(struct quote_file *file, size_t *count)
{
	struct quote_file_window *window = &file->window;
	while (!quote_file_is_done(file)) {
		const char *text = window->text + window->start;
		const char *end = memchr(text, ';', window->length - window->start);
		if (end == NULL)
			return;
		struct quote_file_piece piece = {text, (size_t)(end - text), ++*count};
		window->start = window->position += piece.length + 1;
		if (!quote_file_decode(file, &piece))
			return;
		quote_file_add(file, &piece);
	}
}

static bool read_pieces(struct quote_file *file, struct error *reterr)
{
	while (quote_file_begin(file)) {
		size_t count = 0;
		while (quote_file_read(file))
			take(file, &count);
	}
	return quote_file_end(file, reterr);
}

/* Returns whether the file "file" could be read; all that is said of it is in out. */
static bool read_by(struct quote_file file, size_t chunk, struct buffer *out)
{
	struct file_report report;
	struct strings warnings = {0};
	struct error error = {0};
	file.path = "file";
	file.report = &report;
	file.warnings = &warnings;
	file.on_restart = on_restart;
	file.on_anomaly = on_anomaly;
	file.data = out;
	buffer_clear(out);
	quote_file_set_chunk(chunk);
	bool success = quote_file_open(&file, &error) && read_pieces(&file, &error);
	quote_file_finish(&file);
	quote_file_set_chunk(0);
	if (!success)
		buffer_format(out, "[%s]", error.text);
	for (size_t i = 0; i < warnings.count; i++)
		buffer_format(out, "[%s]", warnings.items[i]);
	strings_finish(&warnings);
	return success;
}

Test(quote_file, gives_pieces_whatever_the_chunk_size, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text, *charset, *said;
	} rows[] = {
		{"one;two\x1B;;caf\xC3\xA9;", NULL, "1:one|2:two|4:caf\xC3\xA9|"},
		{"one;caf\xE9;", NULL, "again 1:one|2:caf\xC3\xA9|"},
		{"one;caf\xE9;", "UTF-8",
			"1:one|(2 octets that are invalid in the file's charset)2:caf\xEF\xBF\xBD|"
			"[file: 1 octet is not valid UTF-8 and became U+FFFD; check its charset]"},
		{"one;caf\xE9;", "ISO-8859-7", "1:one|2:caf\xCE\xB9|"},
		{"", NULL, "[file: contains no quotes]"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t chunk = 0; chunk < 9; chunk++) {
			struct buffer out = {0};
			scratch_write("file", rows[i].text, strlen(rows[i].text));
			struct quote_file file = {.charset = rows[i].charset, .on_quote = on_quote};
			cr_expect(read_by(file, chunk, &out));
			cr_expect_str_eq(out.length > 0 ? out.data : "", rows[i].said,
				"row %zu: %s", i, out.data);
			buffer_finish(&out);
		}
}

Test(quote_file, follows_a_byte_order_mark, .init = scratch_enter, .fini = scratch_leave)
{
	static const char marked[] = "(1 a byte order mark, removed)";
	static const struct {
		const char *text;
		size_t length;
		const char *charset, *said;
	} rows[] = {
		{"\xEF\xBB\xBFone;caf\xC3\xA9;", 13, NULL, "1:one|2:caf\u00e9|"},
		{"\xEF\xBB\xBFone;caf\xC3\xA9;", 13, "ISO-8859-1", "1:one|2:caf\u00e9|"},
		{"\xEF\xBB\xBFone;\xE9;", 9, NULL,
			"1:one|(2 octets that are invalid in the file's charset)2:\uFFFD|"
			"[file: 1 octet is not valid UTF-8 and became U+FFFD; check its charset]"},
		{"\xFF\xFEo\0n\0;\0\xE9\0;\0", 12, NULL, "1:on|2:\u00e9|"},
		{"\xFF\xFEo\0n\0;\0\xE9\0;\0", 12, "KOI8-R", "1:on|2:\u00e9|"},
		{"\xFE\xFF\0o\0n\0;\0\xE9\0;", 12, NULL, "1:on|2:\u00e9|"},
		{"\xFF\xFE\x3D\xD8\x00\xDE;\0", 8, NULL, "1:\U0001F600|"},
		{"\xFE\xFF\xD8\x3D\xDE\x00\0;", 8, NULL, "1:\U0001F600|"},
		{"\xFE\xFF\xD8\x3D\0a\0;\0", 9, NULL,
			"1:\uFFFDa|[file: 2 octets are not valid UTF-16BE and became U+FFFD; "
			"check its charset]"},
		{"\xFF\xFE", 2, NULL, "[file: contains no quotes]"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t chunk = 0; chunk < 9; chunk++) {
			struct buffer out = {0}, said = {0};
			scratch_write("file", rows[i].text, rows[i].length);
			struct quote_file file = {.charset = rows[i].charset, .on_quote = on_quote};
			buffer_format(&said, "%s%s", marked, rows[i].said);
			cr_expect(read_by(file, chunk, &out));
			cr_expect_str_eq(out.data, said.data, "row %zu: %s", i, out.data);
			buffer_finish(&said);
			buffer_finish(&out);
		}
}

Test(quote_file, lets_peek_at_its_beginning, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text;
		size_t length;
		const char *begin;
	} rows[] = {
		{"", 0, ""},
		{"caf\xE9;", 5, "caf\xE9;"},
		{"\xEF\xBB\xBFone;", 7, "one;"},
		{"\xFF\xFE;\0\xE9\0\x3D", 7, ";\u00e9"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct file_report report;
		struct buffer out = {0};
		struct error error;
		struct quote_file file = {.path = "file", .report = &report};
		scratch_write("file", rows[i].text, rows[i].length);
		buffer_add(&out, "");
		cr_assert(quote_file_open(&file, &error));
		cr_expect(quote_file_peek(&file, &out, &error));
		cr_expect_str_eq(out.data, rows[i].begin, "row %zu: %s", i, out.data);
		quote_file_finish(&file);
		buffer_finish(&out);
	}
}

static bool on_quote_full(void *data, const char *text, size_t length, size_t line)
{
	on_quote(data, text, length, line);
	return false;
}

Test(quote_file, stops_if_there_is_no_room, .init = scratch_enter, .fini = scratch_leave)
{
	struct buffer out = {0};
	scratch_write("file", "one;two;", 8);
	cr_expect(read_by((struct quote_file){.on_quote = on_quote_full}, 0, &out));
	cr_expect_str_eq(out.data,
		"1:one|[file: some of its quotes are left out; there is no room for more]");
	buffer_finish(&out);
}

Test(quote_file, fails_if_it_is_cancelled_or_not_there, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct buffer out = {0};
	atomic_bool cancel = true;
	struct quote_file file = {.on_quote = on_quote, .cancel = &cancel};
	cr_expect_not(read_by(file, 0, &out));
	cr_expect_str_eq(out.data, "[file: No such file or directory]");
	scratch_write("file", "one;", 4);
	cr_expect_not(read_by(file, 0, &out));
	cr_expect_str_eq(out.data, "[file: Operation canceled]");
	buffer_finish(&out);
}

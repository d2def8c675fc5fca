#include "core/formats/fortune_file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"
#include "core/sources/file_source.h"
#include "tests/support/scratch.h"

static bool on_quote(void *data, const char *text, size_t length, size_t line)
{
	buffer_format(data, "%zu:%.*s|", line, (int)length, text);
	return true;
}

static void on_anomaly(void *data, size_t line, const char *what)
{
	buffer_format(data, "(%zu %s)", line, what);
}

static void on_restart(void *data)
{
	buffer_clear(data);
}

static struct file_report read_as(const char *path, struct quote_file file, bool lint,
	struct strings *warnings, struct buffer *out)
{
	struct file_report report;
	struct error error;
	file.on_quote = on_quote;
	file.on_restart = on_restart;
	file.on_anomaly = lint ? on_anomaly : NULL;
	file.path = path;
	file.report = &report;
	file.warnings = warnings;
	file.data = out;
	buffer_clear(out);
	buffer_add(out, "");
	cr_assert(file_source_read(FORMAT_FORTUNE, &file, &error), "%s", error.text);
	return report;
}

Test(fortune_file, splits_quotes_whatever_the_chunk_size, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const struct {
		const char *text, *quotes;
	} rows[] = {
		{"a\n%\nb\n", "1:a|3:b|"},
		{"a\n%\nb", "1:a|3:b|"},
		{"a\n%\nb\n%", "1:a|3:b|"},
		{"a\r\n%\r\nb\r\n", "1:a|3:b|"},
		{"%\n%\n\na\n%\n \t\n%\nb\n", "3:a|8:b|"},
		{"% \na\n%%c\n50%\nof\n", "2:a\n%%c\n50%\nof|"},
		{"a\rb\r%\rc", "1:a\nb|4:c|"},
		{"a\rb\r\r\nc\n%\r\nd\n% \t\ne\n%\t", "1:a\nb\nc|5:d|7:e|"},
		{"a\r\r%\r\rb\r", "1:a|4:b|"},
		{"\xEF\xBB\xBF"
		 "a\n",
			"1:a|"},
		{"caf\xC3\xA9\n%\n\xE4\xB8\xAD\n", "1:caf\xC3\xA9|3:\xE4\xB8\xAD|"},
		{"", ""},
		{"%", ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		scratch_write("file", rows[i].text, strlen(rows[i].text));
		for (size_t chunk = 1; chunk < 12; chunk++) {
			struct buffer out = {0};
			struct strings warnings = {0};
			quote_file_set_chunk(chunk);
			read_as("file", (struct quote_file){0}, false, &warnings, &out);
			cr_assert_str_eq(
				out.data, rows[i].quotes, "row %zu by %zu: %s", i, chunk, out.data);
			strings_finish(&warnings);
			buffer_finish(&out);
		}
	}
}

Test(fortune_file, detects_the_charset, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *path, *text, *declared, *charset, *quotes;
		size_t undecodable;
	} rows[] = {
		{"plain", "a", "", "UTF-8", "1:a|", 0},
		{"utf8", "\u0107", "", "UTF-8", "1:\u0107|", 0},
		{"latin", "\xE9", "", "ISO-8859-1", "1:\u00e9|", 0},
		{"declared", "\xE6", "ISO-8859-2", "ISO-8859-2", "1:\u0107|", 0},
		{"wrong", "a\x81z", "CP1250", "CP1250", "1:a\uFFFDz|", 1},
		{"eo-iso3", "\xE6", "", "ISO-8859-3", "1:\u0109|", 0},
		{"ru-iso3/x", "\xE6", "", "ISO-8859-3", "1:\u0109|", 0},
		{"koi8-r", "\xC1", "", "KOI8-R", "1:\u0430|", 0},
		{"cs/quotes", "\xE8", "", "ISO-8859-2", "1:\u010d|", 0},
		{"marked", "a\xFF", "", "UTF-8", "1:a\uFFFD|", 1},
		{"windows",
			"\x93"
			"a\x94 \x96 b\x85",
			"", "CP1252", "1:\u201Ca\u201D \u2013 b\u2026|", 0},
		{"two", "caf\u00e9\n%\ncaf\xE9\n%\n\u201Cc\u201D", "", "ISO-8859-1",
			"1:caf\u00e9|3:caf\u00e9|5:\u201Cc\u201D|", 0},
		{"three",
			"\u201Cc\u201D\n%\n\x93"
			"a\x94",
			"", "CP1252", "1:\u201Cc\u201D|3:\u201Ca\u201D|", 0},
		{"declared2", "caf\u00e9\n%\ncaf\xE9", "ISO-8859-1", "ISO-8859-1",
			"1:caf\u00c3\u00a9|3:caf\u00e9|", 0},
		{"late", "a\n%\nb\n%\n\nc\xE9", "", "ISO-8859-1", "1:a|3:b|5:c\u00e9|", 0},
		{"late8", "a\n%\n\xFF", "utf8", "UTF-8", "1:a|3:\uFFFD|", 1},
		{"ja/latin", "\xE9", "", "ISO-8859-1", "1:\u00e9|", 0},
	};
	mkdir("cs", 0700);
	mkdir("ru-iso3", 0700);
	mkdir("ja", 0700);
	scratch_write("marked.u8", "", 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		struct strings warnings = {0};
		scratch_write(rows[i].path, rows[i].text, strlen(rows[i].text));
		struct file_report report = read_as(rows[i].path,
			(struct quote_file){.charset = rows[i].declared}, false, &warnings, &out);
		cr_assert_str_eq(report.charset, rows[i].charset, "%s", rows[i].path);
		cr_assert_str_eq(out.data, rows[i].quotes, "%s: %s", rows[i].path, out.data);
		cr_assert_eq(report.undecodable, rows[i].undecodable, "%s", rows[i].path);
		cr_assert_eq(warnings.count, rows[i].undecodable);
		strings_finish(&warnings);
		buffer_finish(&out);
	}
}

Test(fortune_file, refuses_an_unknown_charset, .init = scratch_enter, .fini = scratch_leave)
{
	struct file_report report;
	struct strings warnings = {0};
	struct quote_file file = {.path = "file",
		.report = &report,
		.warnings = &warnings,
		.charset = "KLINGON",
		.on_quote = on_quote};
	struct error error;
	scratch_write("file", "a", 1);
	cr_assert_not(file_source_read(FORMAT_FORTUNE, &file, &error));
	cr_assert_str_eq(
		error.text, "file: charset: iconv does not know 'KLINGON'; see 'iconv -l'");
}

static bool on_quote_full(void *data, const char *text, size_t length, size_t line)
{
	(void)data, (void)text, (void)length;
	return line < 3;
}

Test(fortune_file, warns_if_there_is_no_room, .init = scratch_enter, .fini = scratch_leave)
{
	struct file_report report;
	struct strings warnings = {0};
	struct quote_file file = {.path = "file",
		.report = &report,
		.warnings = &warnings,
		.on_quote = on_quote_full};
	struct error error;
	scratch_write("file", "a\n%\nb\n%\nc\n", 10);
	cr_assert(file_source_read(FORMAT_FORTUNE, &file, &error));
	cr_assert_eq(report.quotes, 2);
	cr_assert_eq(warnings.count, 1);
	cr_assert_str_eq(warnings.items[0],
		"file: some of its quotes are left out; there is no room for more");
	strings_finish(&warnings);
}

/* Writes a table for a text of 6 octets with the offsets 0 and 4. */
static void write_table(const char *name, char flags, char delimiter, size_t length)
{
	const char table[36] = {
		[3] = 2, [7] = 2, [19] = flags, [20] = delimiter, [31] = 4, [35] = 6};
	scratch_write(name, table, length);
}

Test(fortune_file, follows_its_dat_file, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text;
		char flags, delimiter;
		size_t length;
		const char *quotes, *warning;
	} rows[] = {
		{"n\n%\no\n", 4, '%', 36, "1:a|3:b|", NULL},
		{"a\n@\nb\n", 0, '@', 36, "1:a|3:b|", NULL},
		{"a\n%\nb\n", 0, '%', 36, "1:a|3:b|", NULL},
		{"n\n%\no\n%\np\n", 4, '%', 36, "1:a|3:b|5:c|",
			"file: its .dat file does not match the text; run strfile again"},
		{"a\n%\nb\n", 4, '%', 35, "1:a|3:b|",
			"file: its .dat file is ignored: its size does not match its number of "
			"quotes; run strfile again"},
		{"%%c\n%\nb\n", 8, '%', 36, "3:b|",
			"file: its .dat file does not match the text; run strfile again"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		struct strings warnings = {0};
		scratch_write("file", rows[i].text, strlen(rows[i].text));
		write_table("file.dat", rows[i].flags, rows[i].delimiter, rows[i].length);
		struct file_report report =
			read_as("file", (struct quote_file){0}, false, &warnings, &out);
		cr_assert_str_eq(out.data, rows[i].quotes, "row %zu: %s", i, out.data);
		cr_assert_eq(warnings.count, rows[i].warning != NULL, "row %zu", i);
		if (rows[i].warning != NULL)
			cr_assert_str_eq(warnings.items[0], rows[i].warning);
		cr_assert_eq(report.table_set_aside, rows[i].warning != NULL);
		cr_assert(report.has_table);
		strings_finish(&warnings);
		buffer_finish(&out);
	}
}

Test(fortune_file, counts_and_reports_oddities, .init = scratch_enter, .fini = scratch_leave)
{
	static const char text[] = "a\x1b[1m \n%\n%\nb\r\n\n\x01\n% \nc\bc\tx\n%%note\n";
	struct buffer out = {0};
	struct strings warnings = {0};
	scratch_write("file", text, sizeof text - 1);
	struct file_report report =
		read_as("file", (struct quote_file){.comments = true}, true, &warnings, &out);
	cr_assert_str_eq(out.data,
		"(1 an escape sequence, removed)(1 trailing blanks, removed)1:a|"
		"(3 no quote between two delimiters)"
		"(7 a delimiter followed by blanks, which strfile takes for text)"
		"(6 a control character, removed)4:b|"
		"(8 an overstrike, replaced by the letter that it shows)8:c       x|",
		"%s", out.data);
	cr_assert_eq(report.quotes, 3);
	cr_assert_eq(report.blank, 1);
	cr_assert_eq(report.comments, 1);
	cr_assert_eq(report.escapes, 1);
	cr_assert_eq(report.carriage_returns, 1);
	cr_assert_eq(report.tabs, 1);
	strings_finish(&warnings);
	buffer_finish(&out);
}

Test(fortune_file, reports_the_first_line_that_is_not_utf8, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct buffer out = {0};
	struct strings warnings = {0};
	scratch_write("file", "\u00e9\n%\n\n\nb\nc\xE9\n%\n", 14);
	struct file_report report = read_as("file", (struct quote_file){0}, false, &warnings, &out);
	cr_assert_eq(report.other_line, 6, "%zu", report.other_line);
	cr_assert_eq(report.quotes, 2);
	cr_assert_eq(warnings.count, 0);
	strings_finish(&warnings);
	buffer_finish(&out);
}

Test(fortune_file, reports_odd_delimiters, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text, *said;
	} rows[] = {
		{"%\na\n", "(1 no quote before the first delimiter)2:a|"},
		{"a\n%\n%\nb\n", "1:a|(3 no quote between two delimiters)4:b|"},
		{"a\r\n%\r\nb\n", "(2 a delimiter with a carriage return, which strfile takes for "
				  "text)1:a|3:b|"},
		{"a\r%\rb\n", "(2 a delimiter with a carriage return, which strfile takes for "
			      "text)(1 a carriage return alone, taken as a line end)1:a|3:b|"},
		{"a\n% \nb\n", "(2 a delimiter followed by blanks, which strfile takes for "
			       "text)1:a|3:b|"},
		{"a\n%\nb\n%", "1:a|(4 a delimiter without a line end, which strfile takes for "
			       "text)3:b|"},
		{"a\n%%c\n", "(2 two delimiters, taken as text; set comments = true to leave such "
			     "lines out)1:a\n%%c|(1 no delimiter, so the whole file is one "
			     "quote)"},
		{"a\nb\n", "1:a\nb|(1 no delimiter, so the whole file is one quote)"},
		{"a\n\n", "1:a|"},
		{"a\n\nb\n\nc\n\nd\n", "1:a\n\nb\n\nc\n\nd|"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		struct strings warnings = {0};
		scratch_write("file", rows[i].text, strlen(rows[i].text));
		read_as("file", (struct quote_file){0}, true, &warnings, &out);
		cr_assert_str_eq(out.data, rows[i].said, "row %zu: %s", i, out.data);
		strings_finish(&warnings);
		buffer_finish(&out);
	}
}

static void check_warning(const char *path, const char *warning)
{
	struct buffer out = {0};
	struct strings warnings = {0};
	read_as(path, (struct quote_file){0}, false, &warnings, &out);
	cr_assert_eq(warnings.count, warning != NULL);
	if (warning != NULL)
		cr_assert_str_eq(warnings.items[0], warning);
	strings_finish(&warnings);
	buffer_finish(&out);
}

Test(fortune_file, takes_doubled_delimiters, .init = scratch_enter, .fini = scratch_leave)
{
	static const char said[] =
		"(2 lines of two delimiters, taken as delimiters, as there are none of one)";
	static const struct {
		const char *text;
		char flags; /* of its .dat file; 127: it has none */
		bool comments, doubled;
		const char *quotes;
	} rows[] = {
		{"a\n%%\nb\n", 127, false, true, "1:a|3:b|"},
		{"a\r%% \rb\r", 127, false, true, "1:a|3:b|"},
		{"a\n%%\n%%c\nb\n", 127, true, true, "1:a|3:b|"},
		{"a\n%%\nb\n", 8, false, false, "1:a\nb|"},
		{"a\n%%\nb\n", 0, false, true, "1:a|3:b|"},
		{"a\n%%\nb\n%\nc\n", 127, false, false, "1:a\n%%\nb|5:c|"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t chunk = 0; chunk < 9; chunk++) {
			const char table[32] = {
				[3] = 2, [7] = 1, [19] = rows[i].flags, [20] = '%', [31] = 7};
			struct buffer out = {0};
			struct strings warnings = {0};
			struct quote_file file = {.comments = rows[i].comments};
			scratch_write("file", rows[i].text, strlen(rows[i].text));
			scratch_write("file.dat", table, sizeof table);
			if (rows[i].flags == 127)
				unlink("file.dat");
			quote_file_set_chunk(chunk);
			read_as("file", file, false, &warnings, &out);
			cr_expect_str_eq(out.data, rows[i].quotes, "row %zu: %s", i, out.data);
			cr_expect_eq(warnings.count, 0, "row %zu", i);
			read_as("file", file, true, &warnings, &out);
			cr_expect_eq(strstr(out.data, said) != NULL, rows[i].doubled, "row %zu: %s",
				i, out.data);
			buffer_finish(&out);
			strings_finish(&warnings);
		}
}

Test(fortune_file, warns_of_what_is_not_a_fortune_file, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const struct {
		const char *text;
		size_t length;
		const char *warning;
	} rows[] = {
		{"a\0b\n%\n", 6,
			"file: has control characters that no text has, and may be damaged; remove "
			"them"},
		{"[\"a\", \"b\"]\n", 11, "file looks like JSON: use json:file"},
		{"a\n---\nb\n", 8,
			"file: probably not in fortune format: lines of '---' but none of '%'; "
			"put '%' in their place"},
		{"a\nb\n", 4, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		scratch_write("file", rows[i].text, rows[i].length);
		check_warning("file", rows[i].warning);
	}
}

Test(fortune_file, says_where_a_text_has_nuls, .init = scratch_enter, .fini = scratch_leave)
{
	static const char text[] = "a\0b\n%\nc \n";
	struct buffer out = {0};
	struct strings warnings = {0};
	scratch_write("file", text, sizeof text - 1);
	read_as("file", (struct quote_file){0}, true, &warnings, &out);
	cr_expect_str_eq(
		out.data, "(1 a control character, removed)1:ab|(3 trailing blanks, removed)3:c|");
	cr_expect_eq(warnings.count, 1);
	strings_finish(&warnings);
	buffer_finish(&out);
}

Test(fortune_file, refuses_what_is_not_text, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text, *problem;
	} rows[] = {
		{"a\0\xA5\ncdef", "file: is not text; leave it out of the quotes"},
		{"a\0b\0c\0\n\0",
			"file looks like UTF-16 without a byte order mark; save it as UTF-8 "
			"text, JSON or CSV"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct file_report report;
		struct strings warnings = {0};
		struct error error;
		struct quote_file file = {.path = "file",
			.report = &report,
			.warnings = &warnings,
			.on_quote = on_quote,
			.on_restart = on_restart};
		scratch_write("file", rows[i].text, 8);
		cr_expect_not(file_source_read(FORMAT_FORTUNE, &file, &error));
		cr_expect_str_eq(error.text, rows[i].problem);
		cr_expect_eq(warnings.count, 0);
	}
}

Test(fortune_file, reads_a_text_in_any_charset_with_a_few_nuls, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const char text[] = "Un caf\xE9 pour tout le monde, a toute heure.\n%\n"
				   "Rien ne sert de courir; il faut partir \0 point.\n";
	struct buffer out = {0};
	struct strings warnings = {0};
	scratch_write("file", text, sizeof text - 1);
	read_as("file", (struct quote_file){0}, false, &warnings, &out);
	cr_expect_str_eq(out.data, "1:Un caf\u00E9 pour tout le monde, a toute heure.|"
				   "3:Rien ne sert de courir; il faut partir  point.|");
	cr_expect_eq(warnings.count, 1);
	strings_finish(&warnings);
	buffer_finish(&out);
}

Test(fortune_file, warns_of_a_line_that_looks_like_a_delimiter, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const struct {
		const char *text, *line, *bare;
	} rows[] = {
		{"a\n%\nb\n", "", ""},
		{"a\n%\nb\n\n %\nc\n\t%\nd\n", "file:5", "%"},
		{"a\r%\u00A0\rb\r%\rc\r", "file:2", "%"},
		{"\xE9\n%\nb\n %\nc\n", "file:4", "%"},
		{"a\n%%\nb\n %\n", "file:4", "%%"},
		{"caf\xE9\n%\xA0\nb\n", "file:2", "%"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char warning[200];
		scratch_write("file", rows[i].text, strlen(rows[i].text));
		snprintf(warning, sizeof warning,
			"%s: this line looks like '%%' but ends no quote; blanks or other "
			"characters are beside it; put a bare '%s' in its place",
			rows[i].line, rows[i].bare);
		check_warning("file", *rows[i].line != '\0' ? warning : NULL);
	}
}

Test(fortune_file, believes_a_dat_file_that_such_a_line_is_text, .init = scratch_enter,
	.fini = scratch_leave)
{
	const char table[36] = {[3] = 2, [7] = 2, [20] = '%', [31] = 9, [35] = 11};
	scratch_write("file", "a\n %\nb\n%\nc\n", 11);
	scratch_write("file.dat", table, sizeof table);
	check_warning("file", NULL);
}

static void on_other(void *data, const char *reason)
{
	buffer_add(data, reason);
}

static void check_other(const char *path, const char *reason)
{
	struct buffer out = {0};
	struct strings warnings = {0};
	struct quote_file file = {.on_other = on_other};
	read_as(path, file, true, &warnings, &out);
	cr_expect_str_eq(out.data, reason, "%s: %s", path, out.data);
	cr_expect_eq(warnings.count, 0);
	strings_finish(&warnings);
	buffer_finish(&out);
}

Test(fortune_file, passes_other_files_over, .init = scratch_enter, .fini = scratch_leave)
{
	static const char table[32] = {[3] = 2, [7] = 1, [20] = '%', [31] = 2};
	static const struct {
		const char *path, *text;
		bool has_table;
		const char *said;
	} rows[] = {
		{"one", "a\n", false, "no delimiter lines"},
		{"one", "a\n", true, "1:a|"},
		{"two", "a\n%\nb\n", false, "1:a|3:b|"},
		{"README.md", "a\n", true, "documentation, by its name"},
		{"README.md", "a\n", false, "no delimiter lines"},
		{"lines", "A b.\nC d.\nE f.\n", false,
			"looks like one quote a line: use lines:lines"},
		{"binary", "\x01\x02", true, "not text"},
		{"empty", "", false, "it is empty"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char dat[32];
		snprintf(dat, sizeof dat, "%s.dat", rows[i].path);
		scratch_write(rows[i].path, rows[i].text, strlen(rows[i].text));
		unlink(dat);
		if (rows[i].has_table)
			scratch_write(dat, table, sizeof table);
		check_other(rows[i].path, rows[i].said);
	}
}

/* What a .dat file of another text says is no reason to take a file for one of quotes. */
Test(fortune_file, passes_over_a_file_with_a_damaged_dat_file, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct buffer out = {0};
	struct strings warnings = {0};
	struct quote_file file = {.on_other = on_other};
	scratch_write("file", "a\n", 2);
	scratch_write("file.dat", "x", 1);
	read_as("file", file, false, &warnings, &out);
	cr_expect_str_eq(out.data, "no delimiter lines");
	cr_expect_eq(warnings.count, 1);
	strings_finish(&warnings);
	buffer_finish(&out);
}

Test(fortune_file, matches_its_dat_file_behind_a_byte_order_mark, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const char table[36] = {[3] = 2, [7] = 2, [20] = '%', [31] = 7, [35] = 9};
	scratch_write("file",
		"\xEF\xBB\xBF"
		"a\n%\nb\n",
		9);
	scratch_write("file.dat", table, sizeof table);
	check_warning("file", NULL);
}

Test(fortune_file, splits_utf16, .init = scratch_enter, .fini = scratch_leave)
{
	struct buffer out = {0};
	struct strings warnings = {0};
	scratch_write("file", "\xFF\xFEo\0\r\0\n\0%\0\r\0\n\0\xE9\0", 16);
	struct file_report report = read_as("file", (struct quote_file){0}, false, &warnings, &out);
	cr_expect_str_eq(out.data, "1:o|3:\u00e9|");
	cr_expect_str_eq(report.charset, "UTF-16LE");
	cr_expect_eq(report.marks, 1);
	cr_expect_eq(warnings.count, 0);
	strings_finish(&warnings);
	buffer_finish(&out);
}

/* Newer versions of strfile take a delimiter with blanks behind it for one. */
Test(fortune_file, leaves_delimiters_with_blanks_to_the_dat_file, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const struct {
		const char table[36];
		size_t length;
		const char *quotes;
	} rows[] = {
		{{[3] = 2, [7] = 1, [20] = '%', [31] = 7}, 32, "1:a\n%\nb|"},
		{{[3] = 2, [7] = 2, [20] = '%', [31] = 5, [35] = 7}, 36, "1:a|3:b|"},
	};
	scratch_write("file", "a\n% \nb\n", 7);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t chunk = 1; chunk < 9; chunk++) {
			struct buffer out = {0};
			struct strings warnings = {0};
			scratch_write("file.dat", rows[i].table, rows[i].length);
			quote_file_set_chunk(chunk);
			read_as("file", (struct quote_file){0}, false, &warnings, &out);
			cr_expect_str_eq(out.data, rows[i].quotes, "row %zu: %s", i, out.data);
			cr_expect_eq(warnings.count, 0, "row %zu", i);
			buffer_finish(&out);
			strings_finish(&warnings);
		}
}

/* For strfile, a file with CRLF is one quote. */
Test(fortune_file, accepts_a_dat_file_for_crlf, .init = scratch_enter, .fini = scratch_leave)
{
	static const char table[32] = {[3] = 2, [7] = 1, [20] = '%', [31] = 9};
	scratch_write("file", "a\r\n%\r\nb\r\n", 9);
	scratch_write("file.dat", table, sizeof table);
	check_warning("file", NULL);
}

Test(fortune_file, says_why_a_dat_file_is_ignored, .init = scratch_enter, .fini = scratch_leave)
{
	static char large[64];
	scratch_write("a", "a\n", 2);
	cr_assert_eq(mkfifo("a.dat", 0600), 0);
	check_warning("a",
		"a: its .dat file is ignored: a.dat: is a FIFO, not a file; run strfile again");
	scratch_write("b", "b\n", 2);
	scratch_write("b.dat", large, sizeof large);
	check_warning("b",
		"b: its .dat file is ignored: it is too large for the text; run strfile again");
}

/* It would take hours if each chunk were searched from the start of the line. */
Test(fortune_file, takes_linear_time_for_a_long_line, .init = scratch_enter, .fini = scratch_leave,
	.timeout = 60)
{
	struct buffer line = {0}, out = {0};
	struct strings warnings = {0};
	struct quote_file file = {0};
	while (line.length < 4000000)
		buffer_add(&line, "0123456789abcdef");
	scratch_write("file", line.data, line.length);
	quote_file_set_chunk(16);
	cr_assert_eq(read_as("file", file, false, &warnings, &out).quotes, 1);
	cr_assert_eq(out.length, line.length + 3);
	buffer_finish(&line);
	buffer_finish(&out);
	strings_finish(&warnings);
}

Test(fortune_file, reports_the_lines_of_invalid_octets, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const char text[] = "one\n%\n\nfine\n\u00e9\nbad \xFF\nbad too \xFF\n%\nlast \xFF\n";
	struct buffer out = {0};
	struct strings warnings = {0};
	scratch_write("file", text, sizeof text - 1);
	read_as("file", (struct quote_file){.charset = "UTF-8"}, true, &warnings, &out);
	cr_expect_not_null(strstr(out.data, "(6 octets that are invalid in the file's charset)"),
		"%s", out.data);
	cr_expect_not_null(strstr(out.data, "(9 octets that are invalid in the file's charset)"),
		"%s", out.data);
	strings_finish(&warnings);
	buffer_finish(&out);
}

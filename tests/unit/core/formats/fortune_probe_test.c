#include "core/formats/fortune_probe.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"

/* Puts "OBJECTION|WARNING" into \p out. */
static void judge(const char *text, size_t length, bool has_table, struct buffer *out)
{
	struct file_report report = {.delimiter = '%', .has_table = has_table};
	struct quote_file file = {.path = "f", .report = &report, .size = length};
	char *objection = fortune_probe_objection(&file, text, length);
	char *warning = fortune_probe_warning(&file, text, length);
	buffer_clear(out);
	buffer_format(
		out, "%s|%s", objection != NULL ? objection : "", warning != NULL ? warning : "");
	free(objection);
	free(warning);
}

Test(fortune_probe, says_why_a_text_is_not_a_fortune_file)
{
	static const char rules[] = "lines of '---' but none of '%'; put '%' in their place|"
				    ": probably not in fortune format: "
				    "lines of '---' but none of '%'; put '%' in their place";
	static const char stars[] = "lines of '*' but none of '%'; put '%' in their place|"
				    ": probably not in fortune format: "
				    "lines of '*' but none of '%'; put '%' in their place";
	static const char disguised[] =
		"lines that look like '%' have blanks or other characters in them; put a bare '%' "
		"in their place|: probably not in fortune format: lines that look like '%' have "
		"blanks or other characters in them; put a bare '%' in their place";
	static const char many[] = "no delimiter lines|: probably not in fortune format: one quote "
				   "of 11 lines, no delimiter; put a line of '%' between quotes, "
				   "or use lines:f if each line is a quote";
	static const char four[] = "no delimiter lines|: probably not in fortune format: one quote "
				   "of 4 lines, no delimiter; put a line of '%' between quotes, or "
				   "use lines:f if each line is a quote";
	static const struct {
		const char *text, *said;
	} rows[] = {
		{"a\n%\nb\n", "|"},
		{"a\n%", "|"},
		{"a\r% \t\rb", "|"},
		{"a\n%%\nb\n", "|"},
		{"a\n---\nb\n%\nc\n", "|"},
		{"a\n%%%\n", "lines of '%%%' but none of '%'; put '%' in their place|: probably "
			     "not in fortune format: lines of '%%%' but none of '%'; put '%' in "
			     "their place"},
		{"", "it is empty|"},
		{" \n\n", "it is empty|"},
		{"a\n", "no delimiter lines|"},
		{"50%\n% b\n", "no delimiter lines|"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n\n10\n", "no delimiter lines|"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n", many},
		{"a\n---\nb\n", rules},
		{"a\r--- \rb\r---\rc\r", rules},
		{"a\n*\nb\n*\n", stars},
		{"a\n*\nb\n", "no delimiter lines|"},
		{"a\n %\nb\n", disguised},
		{"a\n\t%\nb\n%\u00A0\nc\n", disguised},
		{"a\n\u200B%\nb\n", disguised},
		{"a\r\n\uFEFF%\r\nb\r\n", disguised},
		{"a\n\uFF05\nb\n", disguised},
		{"a\n % b\n", "no delimiter lines|"},
		{"a\n % %\n", "no delimiter lines|"},
		{"a\n\u3000\nb\n", "no delimiter lines|"},
		{"a\n %\nb\n%\nc\n", "|"},
		{"a\n-*-\nb\n", "no delimiter lines|"},
		{"a\n--------------------\nb\n", "no delimiter lines|"},
		{"a\n\v%\nb\n%\f\nc\n", disguised},
		{"a\n% by Ann\nb\n% by Bob\nc\n", disguised},
		{"a\n%b\n%c\n", disguised},
		{"a\n%1\nb\n%2\n", disguised},
		{"a\n%b\n", "no delimiter lines|"},
		{"a\n* * *\nb\n* * *\nc\n",
			"lines of '* * *' but none of '%'; put '%' in their place|: probably not "
			"in "
			"fortune format: lines of '* * *' but none of '%'; put '%' in their place"},
		{"a\n\u2014\u2014\nb\n\u2014\u2014\nc\n",
			"lines of '\u2014\u2014' but none of '%'; put '%' in their place|: "
			"probably not "
			"in fortune format: lines of '\u2014\u2014' but none of '%'; put '%' in "
			"their "
			"place"},
		{"a\n====================\nb\n====================\nc\n",
			"lines of '====================' but none of '%'; put '%' in their place|: "
			"probably not in fortune format: lines of '====================' but none "
			"of "
			"'%'; put '%' in their place"},
		{"a\n\u4E00\nb\n\u4E00\n", "no delimiter lines|"},
		{"a\nb\n\nc\n\n\nd\n", four},
		{"a\n\t-- Ann\nb\n  \u2014Bob", four},
		{"a\n- Ann\n\nb\n~ Bob\n", four},
		{"a\n~Ann\nb\n~Bob\n", four},
		{"a\n-Ann\n\nb\n-Bob Hope\n", four},
		{"-Good day!\n-Good day.\na\n", "no delimiter lines|"},
		{"> a\n>\n> b\n>\n> c\n", "no delimiter lines|"},
		{"- a\n- b\n", "no delimiter lines|"},
		{"a\n\n\t-- Ann\n\t   in a book\n\nb\n", four},
		{"a\n\nb\nc\n\n -- Ann\n", "no delimiter lines|"},
		{"a\n-- Ann,\n   in a book\n", "no delimiter lines|"},
		{"-- a\n-- b\n-- c\n", "no delimiter lines|"},
		{"\n\na\n\n", "no delimiter lines|"},
		{"[\"a\", \"b\"]\n", "looks like JSON: use json:f| looks like JSON: use json:f"},
		{"<html>\na\n", "looks like HTML; save it as UTF-8 text, JSON or CSV| looks like "
				"HTML; save it as UTF-8 text, JSON or CSV"},
		{"<html>\n%\na\n", "|"},
		{"quote,author\na,b\n", "looks like CSV: use csv:f| looks like CSV: use csv:f"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		judge(rows[i].text, strlen(rows[i].text), false, &out);
		cr_expect_str_eq(out.data, rows[i].said, "row %zu: %s", i, out.data);
		judge(rows[i].text, strlen(rows[i].text), true, &out);
		cr_expect_str_eq(out.data, "|", "row %zu: %s", i, out.data);
		buffer_finish(&out);
	}
}

Test(fortune_probe, finds_a_line_that_looks_like_a_delimiter)
{
	static const struct {
		const char *text;
		size_t line;
	} rows[] = {
		{"", 0},
		{"a\n50%\n%%\n% b\n", 0},
		{"a\n%\t\nb\n", 0},
		{"a\n %\nb\n\t%\n", 2},
		{"a\r\n\r\n\uFEFF%\r\nb", 3},
		{"a\r%\u00A0", 2},
		{"\f%\na", 1},
		{"\u200B\u2060% \t", 1},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(fortune_probe_disguised_line(rows[i].text, strlen(rows[i].text), '%'),
			rows[i].line, "row %zu", i);
}

Test(fortune_probe, knows_text)
{
	static const struct {
		const char *text;
		size_t length;
		bool is_binary;
	} rows[] = {
		{"caf\u00e9\n%\n", 8, false},
		{"caf\xE9 \xFF\xFE\n%\n", 10, false},
		{"\xC4\xE3\xBA\xC3\n", 5, false},
		{"a\0\n%\n", 5, true},
		{"\x89PNG\r\n\x1A\n\0", 9, true},
		{"\x01\x04\x05"
		 "abc",
			6, true},
		{"\x01"
		 "abc\x01",
			5, true},
		{"\x01"
		 "ACTION waves\x01\n",
			15, false},
		{"\xFF\xD8\x01\xE0\xA1\x04", 6, true},
		{"\x02"
		 "bold\x0F \x03"
		 "4red\x03\n",
			13, false},
		{"b\bbo\x1B[1m\a\t\f\n\x1A", 13, false},
		{"caf\xC3", 4, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(fortune_probe_is_binary(rows[i].text, rows[i].length),
			rows[i].is_binary, "row %zu", i);
}

Test(fortune_probe, knows_doubled_delimiters)
{
	static const struct {
		const char *text;
		char delimiter;
		bool doubled;
		size_t line;
	} rows[] = {
		{"a\nb\n%%\nc\n%%\n", '%', true, 3},
		{"a\r\n%% \r\nb\n", '%', true, 2},
		{"a\n@@\nb\n", '@', true, 2},
		{"a\n%%\nb\n%\n", '%', false, 0},
		{"a\n%%\nb\n", '@', false, 0},
		{"a\n%%c\nb\n", '%', false, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t line = fortune_probe_doubled_line(
			rows[i].text, strlen(rows[i].text), rows[i].delimiter);
		cr_expect_eq(line > 0, rows[i].doubled, "row %zu", i);
		cr_expect_eq(line, rows[i].line, "row %zu", i);
	}
}

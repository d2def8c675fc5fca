#include "core/text/clean.h"

#include <string.h>

#include <criterion/criterion.h>

Test(clean, quotes)
{
	static const struct {
		const char *name, *raw, *clean;
	} rows[] = {
		{"plain", "An apple a day", "An apple a day"},
		{"line ends", "a\r\nb\r\n", "a\nb"},
		{"CR alone", "a\rb\r", "a\nb"},
		{"CR twice", "a\r\rb", "a\n\nb"},
		{"CR CR LF", "a\r\r\nb", "a\nb"},
		{"mixed", "\ra\nb\rc \rd\r\n", "a\nb\nc\nd"},
		{"a tab after CR", "abc\r\tb", "abc\n        b"},
		{"CR in a string", "a\x1b]x\rb\ay", "ax\nby"},
		{"trailing blanks", "a  \nb\t\n", "a\nb"},
		{"blank ends", "\n \n  a\n\nb\n \n\n", "  a\n\nb"},
		{"nothing", " \t\n\r\n", ""},
		{"tab at 0", "\tx", "        x"},
		{"tab at 3", "abc\tx", "abc     x"},
		{"tab at 8", "abcdefgh\tx", "abcdefgh        x"},
		{"tab after backspaces over a tab", "a\tb\b\bX\ty", "a      Xb       y"},
		{"tab after tabs", "a\tb\t\u00e9\tc", "a       b       \u00e9       c"},
		{"tab after wide letters", "\u4e2d\u6587\tx", "\u4e2d\u6587    x"},
		{"bold", "b\bbo\bol\bld\bd", "bold"},
		{"underlined", "_\bi_\bt", "it"},
		{"underlined afterwards", "it\b\b__!", "it!"},
		{"overstrike of two octets", "\u00e9\b\u00e9a", "\u00e9a"},
		{"backspace at the start", "\b\bx", "x"},
		{"backspaces at the end", "abc\b\b", "abc"},
		{"colour", "\x1b[1;31mred\x1b[0m", "red"},
		{"title", "\x1b]0;title\x07x\x1b]0;t\x1b\\y", "xy"},
		{"unterminated title", "\x1b]0;t\nx", "0;t\nx"},
		{"two characters", "\x1b(Bx\x1b=y", "xy"},
		{"ESC at the end", "x\x1b", "x"},
		{"CSI at the end", "x\x1b[1;", "x"},
		{"C0 and DEL",
			"a\x01\x0e\x7f"
			"b",
			"ab"},
		{"C1",
			"a\xC2\x84\xC2\x9B"
			"b\u00a0c",
			"ab\u00a0c"},
		{"VT and FF", "\fa\vb \fc\f\nd\n\f\ne\v\r\nf\v", "a\nb\nc\nd\n\ne\nf"},
		{"NEL, LS and PS", "a\xC2\x85\tb \u2028c\u2029\u2029d\u2028",
			"a\n        b\nc\n\nd"},
		{"neighbours of LS and PS", "a\u2027b\u202ac\u20a8", "a\u2027b\u202ac\u20a8"},
		{"byte order mark inside", "a\ufeffb\uff01", "ab\uff01"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		buffer_add(&out, "kept\n");
		clean_quote(rows[i].raw, strlen(rows[i].raw), &out, NULL);
		cr_assert_str_eq(out.data + 5, rows[i].clean, "%s: %s", rows[i].name, out.data);
		buffer_finish(&out);
	}
}

/* Text is scanned several octets at a time, and a special one must be noticed at any of them. */
Test(clean, notices_special_octets_at_any_offset)
{
	static const char letters[] = "abcdefghijklmnopqrst";
	static const struct {
		const char *special, *shown;
	} rows[] = {{"\x01", ""}, {"\x1F", ""}, {"\x7F", ""}, {"\xC2\x80", ""}, {"\xC2\x9F", ""},
		{"\uFEFF", ""}, {"\x1B[m", ""}, {"~", "~"}, {" ", " "}, {"\u00FF", "\u00FF"},
		{"\u2028", "\n"}, {"\u2014", "\u2014"}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		for (size_t place = 1; place < strlen(letters); place++) {
			struct buffer raw = {0}, expected = {0}, out = {0};
			buffer_format(&raw, "%.*s%s%s", (int)place, letters, rows[i].special,
				letters + place);
			buffer_format(&expected, "%.*s%s%s", (int)place, letters, rows[i].shown,
				letters + place);
			clean_quote(raw.data, raw.length, &out, NULL);
			cr_assert_str_eq(out.data, expected.data, "row %zu at %zu", i, place);
			buffer_finish(&raw);
			buffer_finish(&expected);
			buffer_finish(&out);
		}
	}
}

Test(clean, drops_nul)
{
	struct buffer out = {0};
	clean_quote("a\0b", 3, &out, NULL);
	cr_assert_str_eq(out.data, "ab");
	buffer_finish(&out);
}

Test(clean, counts_what_it_mended)
{
	static const struct {
		const char *raw;
		struct file_report counts;
	} rows[] = {
		{"plain", {0}},
		{"\x1b[1mx\x1b[0m", {.escapes = 2}},
		{"a\x01\x7f", {.controls = 2}},
		{"b\bb", {.overstrikes = 1}},
		{"\ta\tb", {.tabs = 2}},
		{"a \nb\t\n", {.trailing_blanks = 2, .tabs = 1}},
		{"a\r\nb\r\n", {.carriage_returns = 2}},
		{"a\vb\f\n", {.breaks = 2}},
		{"a\u2028b\xC2\x85\xC2\x84", {.breaks = 2, .controls = 1}},
		{"\xEF\xBB\xBF"
		 "a",
			{.marks = 1}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		struct file_report counts = {0};
		clean_quote(rows[i].raw, strlen(rows[i].raw), &out, &counts);
		cr_assert_eq(memcmp(&counts, &rows[i].counts, sizeof counts), 0, "row %zu", i);
		buffer_finish(&out);
	}
}

Test(clean, applies_rot13)
{
	char text[] = "Uryyb, [`{@ \xC3\xA9 NnMmZz";
	clean_rot13(text, strlen(text));
	cr_assert_str_eq(text, "Hello, [`{@ \xC3\xA9 AaZzMm");
}

/* Each would take hours if part of a long line were scanned again for each of its octets. */
Test(clean, takes_linear_time_for_long_lines, .timeout = 60)
{
	static const char *const parts[] = {"x\t", "\x1b]", "\x1bP\t", "x\b", "x\b\t", "\b\b",
		"\u00e9\t", "\x1b[1;", "  ", "\xEF\xBB\xBF"};
	enum { OCTETS = 2000000 };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct buffer text = {0}, quote = {0};
		while (text.length < OCTETS)
			buffer_add(&text, parts[i]);
		clean_quote(text.data, text.length, &quote, NULL);
		buffer_finish(&text);
		buffer_finish(&quote);
	}
}

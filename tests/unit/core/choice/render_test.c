#include "core/choice/render.h"

#include <string.h>

#include <criterion/criterion.h>

Test(render, lays_out)
{
	static const struct {
		const char *text;
		struct quote_fit fit;
		const char *out; /* NULL: does not fit */
	} rows[] = {
		{"a\nb", {0}, "a\nb\n"},
		{"a\nb", {.crlf = true}, "a\r\nb\r\n"},
		{" /\\_/\\\n( o.o )\n > ^ <", {.fold = true}, NULL},
		{"a\n\n  b  c", {.fold = true}, "a | b c\n"},
		{"  a", {.fold = true, .crlf = true}, "a\r\n"},
		{"a\nb", {.crlf = true, .max_bytes = 6}, "a\r\nb\r\n"},
		{"a\nb", {.crlf = true, .max_bytes = 5}, NULL},
		{"a\nb", {.fold = true, .max_bytes = 6}, "a | b\n"},
		{"a\nb", {.fold = true, .max_bytes = 5}, NULL},
		{"a\nb", {.max_lines = 2}, "a\nb\n"},
		{"a\nb", {.max_lines = 1}, NULL},
		{"a\nb", {.max_lines = 1, .fold = true}, "a | b\n"},
		{"one two three", {.line_bytes = 7}, "one two\nthree\n"},
		{"one two three", {.line_bytes = 8}, "one two\nthree\n"},
		{"one two three", {.line_bytes = 6}, "one\ntwo\nthree\n"},
		{"one two three", {.line_bytes = 6, .max_lines = 2}, NULL},
		{"one\ntwo", {.line_bytes = 5, .fold = true}, "one |\ntwo\n"},
		{"abcdef", {.line_bytes = 4}, "abcd\nef\n"},
		{"abcdef", {.line_bytes = 6}, "abcdef\n"},
		{"  abcdef", {.line_bytes = 4}, "  ab\ncdef\n"},
		{"      ab", {.line_bytes = 4}, "ab\n"},
		{"\u00e9\u00e9\u00e9", {.line_bytes = 5}, "\u00e9\u00e9\n\u00e9\n"},
		{"ae\u0301b", {.line_bytes = 2}, "a\ne\n\u0301\nb\n"},
		{"aae\u0301b", {.line_bytes = 4}, "aa\ne\u0301b\n"},
		{"\u4e2d", {.line_bytes = 2}, NULL},
		{"x\U0001F1E9\U0001F1EA", {.line_bytes = 8}, "x\n\U0001F1E9\U0001F1EA\n"},
		{"  a\n\n\n  b\n    c", {.fold = true}, "a | b | c\n"},
		{"a\nb\nc", {.line_bytes = 1, .fold = true, .crlf = true},
			"a\r\n|\r\nb\r\n|\r\nc\r\n"},
		{"a   b    c", {.line_bytes = 3, .fold = true}, "a b\nc\n"},
		{"abc\nde", {.line_bytes = 2, .fold = true, .max_lines = 3}, NULL},
		{"abc\nde", {.line_bytes = 2, .fold = true, .max_lines = 4}, "ab\nc\n|\nde\n"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct quote quote = {.text = rows[i].text, .length = strlen(rows[i].text)};
		struct buffer out = {0};
		buffer_add(&out, "kept");
		bool fits = render_quote(&quote, &rows[i].fit, &out);
		cr_assert_eq(fits, rows[i].out != NULL, "row %zu: %s", i, out.data);
		cr_assert_str_eq(out.data + 4, fits ? rows[i].out : "", "row %zu: %s", i, out.data);
		cr_assert_eq(out.length, strlen(out.data));
		buffer_finish(&out);
	}
}

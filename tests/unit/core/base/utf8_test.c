#include "core/base/utf8.h"

#include <string.h>

#include <criterion/criterion.h>

Test(utf8, is_valid)
{
	static const struct {
		const char *text;
		size_t length;
		bool valid;
	} rows[] = {
		{"", 0, true},
		{"a\0b", 3, true},
		{"\xC3\xA9", 2, true},
		{"\xC3", 1, false},             /* cut */
		{"\x80", 1, false},             /* starts inside */
		{"\xE9t", 2, false},            /* ISO 8859-1 */
		{"\xC0\x80", 2, false},         /* over-long */
		{"\xED\xA0\x80", 3, false},     /* a surrogate */
		{"\xF4\x8F\xBF\xBF", 4, true},  /* U+10FFFF */
		{"\xF4\x90\x80\x80", 4, false}, /* beyond it */
		{"\xFF", 1, false},
		{"seventeen letters\xC3\xA9", 19, true},
		{"seventeen letters\xC3", 18, false},
		{"sixteen letters!\xE9", 17, false},
		{"seven..\x80", 8, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_eq(
			utf8_is_valid(rows[i].text, rows[i].length), rows[i].valid, "row %zu", i);
}

Test(utf8, first_and_last)
{
	static const struct {
		const char *text;
		size_t first, last, cluster;
	} rows[] = {
		{"a", 1, 1, 1}, {"ab", 1, 1, 1}, {"\u00e9z", 2, 1, 2}, {"z\u4e2d", 1, 3, 1},
		{"\r\nx", 1, 1, 2}, {"\n\r", 1, 1, 1}, {"\U0001F600", 4, 4, 4},
		{"e\u0301x", 1, 1, 3},                       /* a letter and its accent */
		{"\U0001F1E9\U0001F1EA", 4, 4, 8},           /* a flag */
		{"\U0001F1E9\U0001F1EA\U0001F1EB", 4, 4, 8}, /* a flag and half of another */
		{"\U0001F469\u200D\U0001F52C", 4, 4, 11},    /* joined */
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t length = strlen(rows[i].text);
		cr_assert_eq(utf8_code_point(rows[i].text, length), rows[i].first, "row %zu", i);
		cr_assert_eq(
			utf8_last_code_point(rows[i].text, length), rows[i].last, "row %zu", i);
		cr_assert_eq(utf8_cluster(rows[i].text, length), rows[i].cluster, "row %zu", i);
	}
	cr_assert_eq(utf8_number("ab", 2), 'a');
	cr_assert_eq(utf8_number("\u20ACx", 4), 0x20AC);
	cr_assert_eq(utf8_number("\U0001F600", 4), 0x1F600);
}

Test(utf8, cuts_between_code_points)
{
	static const struct {
		const char *text;
		size_t room;
		size_t cut;
	} rows[] = {
		{"abc", 3, 3},
		{"abc", 2, 2},
		{"a\xc3\xa4", 2, 1},
		{"a\xe2\x82\xac", 3, 1},
		{"a\xf0\x9f\x98\x80z", 4, 1},
		{"a\xf0\x9f\x98\x80z", 5, 5},
		{"\x80\x80\x80\x80\x80\x80", 5, 2},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_eq(utf8_cut(rows[i].text, strlen(rows[i].text), rows[i].room),
			rows[i].cut, "row %zu", i);
}

Test(utf8, append)
{
	struct buffer out = {0};
	cr_assert(utf8_append('a', &out));
	cr_assert(utf8_append(0x20AC, &out));
	cr_assert(utf8_append(0x10FFFF, &out));
	cr_assert_not(utf8_append(0, &out));
	cr_assert_not(utf8_append(0xDFFF, &out));
	cr_assert_not(utf8_append(0x110000, &out));
	cr_assert_str_eq(out.data, "a\u20AC\U0010FFFF");
	buffer_finish(&out);
}

Test(utf8, columns)
{
	static const struct {
		const char *text;
		size_t columns;
	} rows[] = {{"", 0}, {"abc", 3}, {"\u00e9", 1}, {"e\u0301", 1}, {"\u4e2d\u6587", 4}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_eq(utf8_columns(rows[i].text, strlen(rows[i].text)), rows[i].columns,
			"row %zu", i);
}

Test(utf8, knows_small_letters)
{
	static const struct {
		const char *text;
		bool lower;
	} rows[] = {
		{"a", true},
		{"A", false},
		{"1", false},
		{"\u00E9", true},
		{"\u00C9", false},
		{"\u0444", true},
		{"\u8001", false},
		{"\u05D0", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_assert_eq(utf8_is_lower(rows[i].text, strlen(rows[i].text)), rows[i].lower, "%s",
			rows[i].text);
}

Test(utf8, knows_what_words_are_made_of)
{
	static const struct {
		const char *character;
		bool is_word;
	} rows[] = {
		{"a", true},
		{"7", true},
		{"\u0301", true},
		{"\u093e", true},
		{"\ue000", true},
		{"\u4e2d", true},
		{" ", false},
		{"'", false},
		{"\u2014", false},
		{"\U0001f600", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(utf8_is_word(rows[i].character, strlen(rows[i].character)),
			rows[i].is_word, "row %zu", i);
}

Test(utf8, wraps_by_columns)
{
	static const struct {
		const char *text;
		size_t columns;
		const char *wrapped;
	} rows[] = {
		{"", 5, ""},
		{"one two", 7, "one two"},
		{"one two", 6, "one\ntwo"},
		{"one  two", 3, "one\ntwo"},
		{"one two three", 7, "one two\nthree"},
		{"caf\u00e9 \u4e2d\u6587 x", 9, "caf\u00e9 \u4e2d\u6587\nx"},
		{"one\ntwo three", 5, "one\ntwo\nthree"},
		{"longer than that", 3, "longer\nthan\nthat"},
		{"\u00e9t\u00e9 \u00e9t\u00e9", 7, "\u00e9t\u00e9 \u00e9t\u00e9"},
		{"\u4e2d\u6587\u5f15\u6587", 5, "\u4e2d\u6587\n\u5f15\u6587"},
		{"e\u0301e\u0301 e\u0301", 4, "e\u0301e\u0301 e\u0301"},
		{"one\n        -- Me", 12, "one\n        --\nMe"},
		{"    a b", 4, "    a\nb"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		buffer_add(&out, "");
		utf8_wrap(rows[i].text, strlen(rows[i].text), rows[i].columns, &out);
		cr_expect_str_eq(out.data, rows[i].wrapped, "row %zu: '%s'", i, out.data);
		buffer_finish(&out);
	}
}

Test(utf8, escapes_what_a_reader_does_not_see)
{
	struct buffer out = {0};
	utf8_escape("\uFEFFa\u00A0b\u200Bc\u3000d \u00e9\u2026\U0001F469\u200D\U0001F4BB", &out);
	cr_expect_str_eq(out.data, "\\xEF\\xBB\\xBFa\\xC2\\xA0b\\xE2\\x80\\x8Bc\\xE3\\x80\\x80d "
				   "\u00e9\u2026\U0001F469\u200D\U0001F4BB");
	buffer_finish(&out);
}

Test(utf8, escapes_what_a_terminal_obeys)
{
	struct buffer out = {0};
	utf8_escape("a\x1B[2J b\u00e9\n\xFF\u202E", &out);
	cr_expect_str_eq(out.data, "a\\x1B[2J b\u00e9\\x0A\\xFF\\xE2\\x80\\xAE");
	buffer_finish(&out);
}

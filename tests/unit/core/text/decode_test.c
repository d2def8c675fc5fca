#include "core/text/decode.h"

#include <string.h>

#include <criterion/criterion.h>

static void check_decoded(const char *charset, const char *text, const char *wanted, size_t bad)
{
	struct error error = {0};
	struct buffer out = {0};
	struct decoder *decoder = decode_open(charset, &error);
	cr_assert_not_null(decoder, "%s", error.text);
	cr_assert_eq(decode_text(decoder, text, strlen(text), &out).count, bad, "%s", charset);
	cr_assert_str_eq(out.data, wanted, "%s: %s", charset, out.data);
	buffer_finish(&out);
	decode_close(decoder);
}

Test(decode, converts_to_utf8)
{
	check_decoded("ISO-8859-1", "caf\xE9 \xFF", "caf\u00e9 \u00ff", 0);
	check_decoded("iso-8859-2", "\xE6", "\u0107", 0);
	check_decoded("UTF-8", "a\xFF\xFE\u00e9", "a\uFFFD\uFFFD\u00e9", 2);
	check_decoded("UTF-8", "a\xFB\xBC\x93\x93\x93z", "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDz", 5);
	check_decoded("UTF-8", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", 3);
	check_decoded("EUC-JP", "\xA4\xA2\n\xA4", "\u3042\n\uFFFD", 1);
	/* The decoder holds back the last letter, as a combining mark could follow. */
	check_decoded("CP1258", "Xin cha\xEC", "Xin ch\u00e1", 0);
	check_decoded("CP1258", "Xin chao", "Xin chao", 0);
}

Test(decode, converts_utf16)
{
	static const struct {
		bool is_big;
		const char *text;
		size_t length, whole;
		const char *decoded;
		size_t bad;
	} rows[] = {
		{false, "a\0\xE9\0", 4, 4, "a\u00e9", 0},
		{true, "\0a\0\xE9", 4, 4, "a\u00e9", 0},
		{false, "a\0\xE9", 3, 2, "a\uFFFD", 1},
		{false, "\x3D\xD8\x00\xDE", 4, 4, "\U0001F600", 0},
		{false, "a\0\x3D\xD8", 4, 2, "a\uFFFD", 1},
		{true, "\0a\xD8\x3D", 4, 2, "a\uFFFD", 1},
		{true, "\xDE\x00\0a\xD8\x3D\0b", 8, 8, "\uFFFDa\uFFFDb", 2},
		{true, "", 0, 0, "", 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error;
		struct buffer out = {0};
		struct decoder *decoder = decode_open_utf16(rows[i].is_big, &error);
		buffer_add(&out, "");
		cr_expect_eq(decode_utf16_whole(decoder, rows[i].text, rows[i].length),
			rows[i].whole, "row %zu", i);
		cr_expect_eq(decode_text(decoder, rows[i].text, rows[i].length, &out).count,
			rows[i].bad, "row %zu", i);
		cr_expect_str_eq(out.data, rows[i].decoded, "row %zu: %s", i, out.data);
		buffer_finish(&out);
		decode_close(decoder);
	}
}

/* Whichever comes first: what iconv rejects or what it passes on. */
Test(decode, locates_the_first_flaw)
{
	static const struct {
		const char *charset, *text;
		size_t first;
	} rows[] = {
		{"UTF-8", "\u00e9\na\xFF\xFE", 4},
		{"UTF-8", "a\xED\xA0\x80 \xFF", 1},
		{"UTF-8", "a\xFF \xED\xA0\x80", 1},
		{"EUC-JP", "\xA4\xA2\n\xA4", 4},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error;
		struct buffer out = {0};
		struct decoder *decoder = decode_open(rows[i].charset, &error);
		struct decode_flaws flaws =
			decode_text(decoder, rows[i].text, strlen(rows[i].text), &out);
		cr_expect_eq(flaws.first, rows[i].first, "%zu: %zu", i, flaws.first);
		cr_expect_eq(memcmp(out.data + flaws.first, "\uFFFD", 3), 0);
		buffer_finish(&out);
		decode_close(decoder);
	}
}

Test(decode, has_no_size_limit)
{
	enum { COUNT = 100000 };
	static char text[COUNT + 1];
	struct error error;
	struct buffer out = {0};
	struct decoder *decoder = decode_open("ISO-8859-2", &error);
	memset(text, '\xE6', COUNT);
	cr_assert_eq(decode_text(decoder, text, COUNT, &out).count, 0);
	cr_assert_eq(out.length, 2 * COUNT);
	for (size_t i = 0; i < COUNT; i++)
		cr_assert_eq(memcmp(out.data + 2 * i, "\u0107", 2), 0);
	buffer_finish(&out);
	decode_close(decoder);
}

Test(decode, refuses)
{
	static const struct {
		const char *charset, *error;
	} rows[] = {
		{"KLINGON", "charset: iconv does not know 'KLINGON'; see 'iconv -l'"},
		{"ASCII//IGNORE", "charset: iconv does not know 'ASCII//IGNORE'; see 'iconv -l'"},
		{"UTF-16",
			"charset: 'UTF-16' is not a superset of ASCII; convert the file to UTF-8"},
		{"UTF-32LE", "charset: 'UTF-32LE' is not a superset of ASCII; convert the file to "
			     "UTF-8"},
		{"IBM037",
			"charset: 'IBM037' is not a superset of ASCII; convert the file to UTF-8"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error;
		cr_assert_null(decode_open(rows[i].charset, &error));
		cr_assert_str_eq(error.text, rows[i].error);
	}
}

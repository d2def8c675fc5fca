#include "core/formats/fortune_text.h"

#include <string.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"

/* Appends each quote and "|" to \p out. */
static void split_as(bool doubled, const char *text, size_t length, struct buffer *out)
{
	struct quote_file_window window = {.text = text, .length = length, .at_end = true};
	struct fortune_text walk = {.window = &window, .delimiter = '%', .doubled = doubled};
	struct quote_file_piece segment;
	buffer_add(out, "");
	while (fortune_text_next(&walk, &segment)) {
		if (fortune_text_is_blank(&segment))
			continue;
		buffer_append(out, segment.text, segment.length);
		buffer_add(out, "|");
	}
}

static void split(const char *text, size_t length, struct buffer *out)
{
	split_as(false, text, length, out);
}

Test(fortune_text, splits_at_delimiters)
{
	static const struct {
		const char *text, *split;
	} rows[] = {
		{"", ""},
		{"a\n%\nb\n", "a\n|b\n|"},
		{"a\n%\nb", "a\n|b|"},
		{"a\n%\nb\n%\n", "a\n|b\n|"},
		{"a\n%\nb\n%", "a\n|b\n|"},
		{"a\n%\nb\n%\r", "a\n|b\n|"},
		{"%\na\n", "a\n|"},
		{"%\n%\n", ""},
		{"%", ""},
		{"a\n%\n%\nb\n", "a\n|b\n|"},
		{"a\r\n%\r\nb\r\n", "a\r\n|b\r\n|"},
		{"a\n%\n\n%\n \t\r\n%\nb\n", "a\n|b\n|"},
		{"a\n% \nb\n", "a\n|b\n|"},
		{"a\n%\t \nb\n", "a\n|b\n|"},
		{"a\n% \t\r\nb\n", "a\n|b\n|"},
		{"a\n% ", "a\n|"},
		{"a\n% b\n", "a\n% b\n|"},
		{"a\n% %\n", "a\n% %\n|"},
		{"a\n%%\nb\n", "a\n%%\nb\n|"},
		{"a\n%% c\nb\n", "a\n%% c\nb\n|"},
		{"50%\nof\n", "50%\nof\n|"},
		{"a\n%\r\r\nb\n", "a\n|b\n|"},
		{"a\r%\rb\r", "a\r|b\r|"},
		{"a\rb\r%\rc", "a\rb\r|c|"},
		{"a\rb\n%\nc\r\n%\r\nd\r%\re", "a\rb\n|c\r\n|d\r|e|"},
		{"a\n%\rb\r%\nc", "a\n|b\r|c|"},
		{"a\r\r%\r\rb", "a\r\r|\rb|"},
		{"a\n %\nb\n", "a\n %\nb\n|"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		split(rows[i].text, strlen(rows[i].text), &out);
		cr_assert_str_eq(out.data, rows[i].split, "row %zu: %s", i, out.data);
		buffer_finish(&out);
	}
}

Test(fortune_text, splits_at_doubled_delimiters)
{
	static const struct {
		const char *text, *split;
	} rows[] = {
		{"a\n%%\nb\n", "a\n|b\n|"},
		{"a\r%% \rb%%\r%%", "a\r|b%%\r|"},
		{"a\n%\nb\n%%\nc\n", "a\n|b\n|c\n|"},
		{"a\n%%%\nb\n%% c\n", "a\n%%%\nb\n%% c\n|"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		split_as(true, rows[i].text, strlen(rows[i].text), &out);
		cr_expect_str_eq(out.data, rows[i].split, "row %zu: %s", i, out.data);
		buffer_finish(&out);
	}
}

Test(fortune_text, tells_how_a_quote_ends)
{
	static const struct {
		const char *text;
		enum fortune_text_end end;
	} rows[] = {
		{"a\n%\n", FORTUNE_TEXT_END_LF},
		{"a\r\n%\n", FORTUNE_TEXT_END_LF},
		{"a\n%\r\n", FORTUNE_TEXT_END_RETURN},
		{"a\n%\r", FORTUNE_TEXT_END_RETURN},
		{"a\r%\n", FORTUNE_TEXT_END_RETURN},
		{"a\n% \n", FORTUNE_TEXT_END_BLANKS},
		{"a\n%\t", FORTUNE_TEXT_END_BLANKS},
		{"a\n%% \n", FORTUNE_TEXT_END_DOUBLED},
		{"a\n%", FORTUNE_TEXT_END_BARE},
		{"a\n", FORTUNE_TEXT_END_FILE},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct quote_file_window window = {
			.text = rows[i].text, .length = strlen(rows[i].text), .at_end = true};
		struct fortune_text walk = {.window = &window, .delimiter = '%', .doubled = true};
		struct quote_file_piece segment;
		cr_assert(fortune_text_next(&walk, &segment));
		cr_expect_eq(walk.end, rows[i].end, "row %zu: %d", i, walk.end);
	}
}

Test(fortune_text, takes_a_delimiter_back)
{
	struct quote_file_window window = {.text = "a\n% \nb\n%\nc", .length = 10, .at_end = true};
	struct fortune_text walk = {.window = &window, .delimiter = '%'};
	struct quote_file_piece segment;
	cr_assert(fortune_text_next(&walk, &segment));
	fortune_text_undo(&walk, &segment);
	cr_assert(fortune_text_next(&walk, &segment));
	cr_expect_eq(segment.length, 7);
	cr_expect_eq(segment.line, 1);
	cr_assert(fortune_text_next(&walk, &segment));
	cr_expect_eq(segment.line, 5);
}

Test(fortune_text, takes_a_long_line_ending_in_a_delimiter_as_text)
{
	char text[255 + 4];
	memset(text, 'x', sizeof text);
	memcpy(text + 255, "%\ny\n", 4);
	struct buffer out = {0};
	split(text, 259, &out);
	cr_assert_eq(out.length, 260);
	buffer_finish(&out);
}

Test(fortune_text, takes_nul_as_text)
{
	struct buffer out = {0};
	split("a\0b\n%\nc", 7, &out);
	cr_assert_eq(out.length, 7);
	cr_assert_arr_eq(out.data, "a\0b\n|c|", 7);
	buffer_finish(&out);
}

#include "core/formats/fortune_text.h"

#include <string.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"

/* Appends each quote and "|" to \p out. */
static void split(const char *text, size_t length, struct buffer *out)
{
	struct fortune_text walk = {
		.text = text, .length = length, .at_end = true, .delimiter = '%'};
	struct fortune_segment segment;
	buffer_add(out, "");
	while (fortune_text_next(&walk, &segment)) {
		if (fortune_text_is_blank(&segment))
			continue;
		buffer_append(out, segment.text, segment.length);
		buffer_add(out, "|");
	}
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
		{"a\n% \nb\n", "a\n% \nb\n|"},
		{"a\n%%\nb\n", "a\n%%\nb\n|"},
		{"a\n%% c\nb\n", "a\n%% c\nb\n|"},
		{"50%\nof\n", "50%\nof\n|"},
		{"a\n%\r\r\nb\n", "a\n%\r\r\nb\n|"},
		{"a\n %\nb\n", "a\n %\nb\n|"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		split(rows[i].text, strlen(rows[i].text), &out);
		cr_assert_str_eq(out.data, rows[i].split, "row %zu: %s", i, out.data);
		buffer_finish(&out);
	}
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

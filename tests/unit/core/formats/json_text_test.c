#include "core/formats/json_text.h"

#include <string.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"

/* Returns "LINE:VALUE|" for each value and "LINE!REASON" for what is wrong, read in two parts. */
static void split(const char *text, size_t first, struct buffer *out)
{
	struct quote_file_window window = {0};
	struct json_text walk = {.window = &window};
	struct quote_file_piece value;
	const char *reason = NULL;
	buffer_clear(out);
	buffer_add(out, "");
	for (int part = 0; part < 2 && reason == NULL; part++) {
		enum json_text_result result;
		window.text = text;
		window.length = part == 0 ? first : strlen(text);
		window.at_end = part == 1;
		while ((result = json_text_next(&walk, &value, &reason)) == JSON_TEXT_RESULT_VALUE)
			buffer_format(out, "%zu:%.*s|", value.line, (int)value.length, value.text);
		if (result == JSON_TEXT_RESULT_BAD)
			buffer_format(out, "%zu!%s", value.line, reason);
	}
}

Test(json_text, splits_values)
{
	static const struct {
		const char *text, *values;
	} rows[] = {
		{"[\"a\", \"b\"]", "1:\"a\"|1:\"b\"|"},
		{"[{\"a\": [1, {}]}\n, 2.5e3 ,\r\n null]", "1:{\"a\": [1, {}]}|2:2.5e3|3:null|"},
		{"[\"]\", \"\\\"]\", \"\\\\\"]", "1:\"]\"|1:\"\\\"]\"|1:\"\\\\\"|"},
		{"{\"a\":1}{\"b\":2}\n3 4", "1:{\"a\":1}|1:{\"b\":2}|2:3|2:4|"},
		{"\r\r\n\n1", "4:1|"},
		{"[1,]", "1:1|"},
		{"[]", ""},
		{"", ""},
		{"[[1],[2]]", "1:[1]|1:[2]|"},
		{"[1 2]", "1:1|1!a comma or the end of the array is missing before this"},
		{"[\n,", "2!a value is missing before this"},
		{"[1,,2]", "1:1|1!a value is missing before this"},
		{"1\n,2", "1:1|2!a comma separates the values of an array, but none has begun; put "
			  "[ before the first value and ] behind the last"},
		{"[1]\r\n\x1A", "1:1|"},
		{"[]1", "1!text follows the end of the array"},
		{"[1", "1:1|1!the array has no end"},
		{"[", "1!the array has no end"},
		{"\n{\"a\":\n", "2!the value that begins here has no end"},
		{"\"a\\\"", "1!the value that begins here has no end"},
	};
	struct buffer out = {0};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t first = 0; first <= strlen(rows[i].text); first++) {
			split(rows[i].text, first, &out);
			cr_expect_str_eq(
				out.data, rows[i].values, "row %zu at %zu: %s", i, first, out.data);
		}
	buffer_finish(&out);
}

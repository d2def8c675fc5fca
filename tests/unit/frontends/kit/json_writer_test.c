#include "frontends/kit/json_writer.h"

#include <string.h>

#include <criterion/criterion.h>
#include <jansson.h>

Test(json_writer, writes_every_kind)
{
	struct buffer out = {0};
	struct json_writer *object = json_writer_object();
	struct json_writer *array = json_writer_array();
	json_writer_element(array, json_writer_object());
	json_writer_text(object, "text", "a \"b\"\n\u00e9");
	json_writer_text(object, "bad", "\xFF");
	json_writer_count(object, "count", 7);
	json_writer_real(object, "real", 2.5);
	json_writer_flag(object, "flag", true);
	json_writer_member(object, "array", array);
	json_writer_time(object, "time", 86399);
	json_writer_time(object, "never", 0);
	json_writer_line(object, &out);
	cr_assert_str_eq(out.data, "{\"text\":\"a \\\"b\\\"\\n\u00e9\",\"bad\":null,\"count\":7,"
				   "\"real\":2.5,\"flag\":true,\"array\":[{}],"
				   "\"time\":\"1970-01-01T23:59:59Z\",\"never\":null}\n");
	buffer_finish(&out);
}

Test(json_writer, writes_strings_that_another_reader_understands)
{
	char text[0x180] = "";
	size_t length = 0;
	for (int octet = 0; octet < 0x80; octet++)
		text[length++] = (char)octet;
	memcpy(text + length, "\u00e9\u2028\U0001F600\uFFFF", 12);
	length += 12;
	struct buffer out = {0};
	struct json_writer *object = json_writer_object();
	json_writer_span(object, "k\"y", text, length);
	json_writer_span(object, "none", NULL, 0);
	json_writer_span(object, "empty", text, 0);
	json_writer_line(object, &out);
	json_t *root = json_loadb(out.data, out.length, JSON_ALLOW_NUL, NULL);
	cr_assert_not_null(root, "%s", out.data);
	const json_t *read = json_object_get(root, "k\"y");
	cr_assert_eq(json_string_length(read), length);
	cr_assert_arr_eq(json_string_value(read), text, length);
	cr_assert(json_is_null(json_object_get(root, "none")));
	cr_assert_str_eq(json_string_value(json_object_get(root, "empty")), "");
	json_decref(root);
	buffer_finish(&out);
}

Test(json_writer, escapes_an_octet_wherever_it_stands)
{
	char text[] = "\u00e9 plain text: \x7f\u00e9";
	for (size_t at = 0; at < sizeof text - 1; at++) {
		for (int octet = 0; octet < 0x80; octet++) {
			char other[sizeof text];
			struct buffer out = {0};
			struct json_writer *object = json_writer_object();
			memcpy(other, text, sizeof text);
			other[at] = (char)octet;
			json_writer_span(object, "text", other, sizeof text - 1);
			json_writer_line(object, &out);
			json_t *root = json_loadb(out.data, out.length, JSON_ALLOW_NUL, NULL);
			cr_assert_not_null(root, "%s", out.data);
			const json_t *read = json_object_get(root, "text");
			bool valid = at > 1 && at < sizeof text - 3;
			cr_assert_eq(json_is_string(read), valid, "%zu", at);
			if (valid)
				cr_assert_arr_eq(json_string_value(read), other, sizeof text - 1);
			json_decref(root);
			buffer_finish(&out);
		}
	}
}

Test(json_writer, writes_a_quote_without_its_attribution)
{
	static const char text[] = "An apple a day\n-- Me";
	struct quote quote = {.id = 0,
		.text = text,
		.length = sizeof text - 1,
		.body_length = strlen("An apple a day"),
		.author = text + strlen("An apple a day\n-- "),
		.author_length = 2};
	struct buffer out = {0};
	json_writer_line(json_writer_quote(&quote), &out);
	cr_assert_not_null(
		strstr(out.data, "\"text\":\"An apple a day\",\"author\":\"Me\",\"language\":null,"
				 "\"tags\":[]}\n"),
		"%s", out.data);
	buffer_clear(&out);
	quote.author = NULL;
	quote.language = "pt-BR";
	quote.tags = "one,two \\ words";
	json_writer_line(json_writer_quote(&quote), &out);
	cr_assert_not_null(strstr(out.data, "\"author\":null,\"language\":\"pt-BR\","
					    "\"tags\":[\"one\",\"two \\\\ words\"]}"),
		"%s", out.data);
	buffer_finish(&out);
}

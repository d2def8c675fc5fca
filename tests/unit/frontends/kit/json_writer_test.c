#include "frontends/kit/json_writer.h"

#include <string.h>

#include <criterion/criterion.h>

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
	json_writer_count(object, "count", 8);
	json_writer_time(object, "time", 86399);
	json_writer_time(object, "never", 0);
	json_writer_line(object, &out);
	cr_assert_str_eq(out.data, "{\"text\":\"a \\\"b\\\"\\n\u00e9\",\"bad\":null,\"count\":8,"
				   "\"real\":2.5,\"flag\":true,\"array\":[{}],"
				   "\"time\":\"1970-01-01T23:59:59Z\",\"never\":null}\n");
	buffer_finish(&out);
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
		strstr(out.data,
			"\"text\":\"An apple a day\",\"author\":\"Me\",\"language\":null}\n"),
		"%s", out.data);
	buffer_clear(&out);
	quote.author = NULL;
	quote.language = "pt-BR";
	json_writer_line(json_writer_quote(&quote), &out);
	cr_assert_not_null(
		strstr(out.data, "\"author\":null,\"language\":\"pt-BR\"}"), "%s", out.data);
	buffer_finish(&out);
}

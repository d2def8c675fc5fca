#include "core/formats/format_guess.h"

#include <string.h>

#include <criterion/criterion.h>

Test(format_guess, tells_what_a_text_looks_like)
{
	static const struct {
		const char *path, *text;
		enum format format;
	} rows[] = {
		{"f", "", FORMAT_FORTUNE},
		{"f", "one\n%\ntwo\n", FORMAT_FORTUNE},
		{"f", "One.\n%\nTwo.\n%\nThree.\n", FORMAT_FORTUNE},
		{"f", "One.\r\n%\r\nTwo.\r\n%\r\nThree.\r\n", FORMAT_FORTUNE},
		{"f", "One.\r%\rTwo.\r%\rThree.\r", FORMAT_FORTUNE},
		{"f", "One.\n%%\nTwo.\n%%\nThree.\n", FORMAT_FORTUNE},
		{"f", "One.\n% \nTwo.\n", FORMAT_FORTUNE},
		{"f.json", "[\"x\"\n%\n]", FORMAT_FORTUNE},
		{"f", "A quote alone.\n", FORMAT_FORTUNE},
		{"f", "Roses are red,\nviolets are blue,\nthis is a poem,\nand it is true.\n",
			FORMAT_FORTUNE},
		{"f", "One.\nTwo.\nThree.\n\t\t-- A poet", FORMAT_FORTUNE},
		{"f", "One.\nTwo.\nThree.\n-- A poet", FORMAT_FORTUNE},
		{"f", "One.\nTwo.\nThree.\n", FORMAT_LINES},
		{"f", "One.\rTwo.\rThree.\r", FORMAT_LINES},
		{"f", "# mine\n\nOne!\n\nTwo?\nHe said \"three.\"\n", FORMAT_LINES},
		{"f", "One -- Ann\nTwo \u2014 Bob\nThree ~ Cem\n", FORMAT_LINES},
		{"f", "One.\nTwo.\n", FORMAT_FORTUNE},
		{"f", "[\"one\", \"two\"]", FORMAT_JSON},
		{"f", "[\n  {\"text\": \"one\"}\n]\n", FORMAT_JSON},
		{"f", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n", FORMAT_JSON},
		{"f", "[sic] said he\n", FORMAT_FORTUNE},
		{"f", "{ one }\n", FORMAT_FORTUNE},
		{"f", "[", FORMAT_FORTUNE},
		{"f.jsonl", "\"one\"\n\"two\"\n", FORMAT_JSON},
		{"f.csv", "\"one\"\n\"two\"\n", FORMAT_FORTUNE},
		{"f", "quote,author\nHello,Bob\n", FORMAT_CSV},
		{"f", "Author;Text\r\nBob;Hello\r\n", FORMAT_CSV},
		{"f", "id\t\"content\"\n1\tHello\n", FORMAT_CSV},
		{"f", "\"Hello\",\"Bob\"\n\"World\",\"Ann\"\n", FORMAT_CSV},
		{"f", "\"Hello\",\"Bob\"\n", FORMAT_FORTUNE},
		{"f.csv", "\"Hello\",\"Bob\"\n", FORMAT_CSV},
		{"f.CSV", "quote\nHello\n", FORMAT_CSV},
		{"f", "quote\nHello\n", FORMAT_FORTUNE},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum format format =
			format_guess(rows[i].path, rows[i].text, strlen(rows[i].text), true);
		cr_expect_eq(format, rows[i].format, "row %zu: %s", i, format_name(format));
	}
}

Test(format_guess, passes_over_a_line_that_may_go_on)
{
	const char *text = "One.\nTwo.\nThree.\nand then";
	cr_expect_eq(format_guess("f", text, strlen(text), false), FORMAT_LINES);
	cr_expect_eq(format_guess("f", text, strlen(text), true), FORMAT_FORTUNE);
}

Test(format_guess, knows_json_on_one_long_line)
{
	const char *text = "[{\"text\": \"one";
	cr_expect_eq(format_guess("f", text, strlen(text), false), FORMAT_JSON);
	cr_expect_eq(format_guess("f", "One. Two", 8, false), FORMAT_FORTUNE);
}

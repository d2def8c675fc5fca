#include "core/formats/format_guess.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"

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
		{"f", "\xEF\xBB\xBF[\n  {\"text\": \"one\"}\n]\n", FORMAT_JSON},
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
		enum format format = format_guess(rows[i].path, rows[i].text, strlen(rows[i].text));
		cr_expect_eq(format, rows[i].format, "row %zu: %s", i, format_guess_scheme(format));
	}
}

Test(format_guess, passes_over_a_line_that_may_go_on)
{
	struct buffer text = {0};
	while (text.length < FORMAT_GUESS_OCTETS - 4)
		buffer_add(&text, "One. \n");
	buffer_add(&text, "          ");
	cr_expect_eq(format_guess("f", text.data, FORMAT_GUESS_OCTETS), FORMAT_LINES);
	buffer_add(&text, "\n%\n");
	cr_expect_eq(format_guess("f", text.data, text.length), FORMAT_LINES, "beyond what counts");
	buffer_finish(&text);
}

Test(format_guess, has_a_scheme_and_a_title_for_each)
{
	cr_expect_str_eq(format_guess_scheme(FORMAT_JSON), "json");
	cr_expect_str_eq(format_guess_title(FORMAT_JSON), "JSON");
	for (int i = 0; i < FORMAT_COUNT; i++) {
		cr_expect_neq(format_guess_scheme((enum format)i), NULL);
		cr_expect_neq(format_guess_title((enum format)i), NULL);
	}
}

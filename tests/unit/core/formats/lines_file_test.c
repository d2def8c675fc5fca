#include "core/formats/lines_file.h"

#include <criterion/criterion.h>

#include "tests/support/readings.h"
#include "tests/support/scratch.h"

Test(lines_file, takes_a_quote_from_each_line, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text, *said;
	} rows[] = {
		{"one\ntwo\n", "1:one|2:two|"},
		{"one\r\ntwo\r\n", "1:one|2:two|"},
		{"one\rtwo\r", "1:one|2:two|"},
		{"one\ntwo", "1:one|2:two|"},
		{"\n# mine\n \t\n  one  \n #two\n#\n", "4:one|5:#two|"},
		{"\uFEFF# mine\none\n", "(1 a byte order mark, removed)2:one|"},
		{"\uFEFFone\n\r\n\rtwo", "(1 a byte order mark, removed)1:one|4:two|"},
		{"Hello -- Bob\n%\n", "1:Hello -- Bob|2:%|"},
		{"a\x1B"
		 "[1mb\n",
			"(1 an escape sequence, removed)1:ab|"},
		{"café\n", "1:café|"},
		{"", "[file: contains no quotes]"},
		{"# only\n", "[file: contains no quotes]"},
	};
	static const struct quote_file plain = {0};
	struct buffer out = {0};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t chunk = 0; chunk < 9; chunk++) {
			const char *said =
				readings_of(FORMAT_LINES, &plain, chunk, rows[i].text, &out);
			cr_expect_str_eq(
				said, rows[i].said, "row %zu, chunk %zu: %s", i, chunk, said);
		}
	buffer_finish(&out);
}

Test(lines_file, knows_other_charsets, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct quote_file plain = {0}, greek = {.charset = "ISO-8859-7"};
	struct buffer out = {0};
	const char *text = "one\ncaf\xE9\n";
	for (size_t chunk = 0; chunk < 9; chunk++) {
		const char *said = readings_of(FORMAT_LINES, &plain, chunk, text, &out);
		cr_expect_str_eq(said, "1:one|2:caf\u00e9|", "%s", said);
		said = readings_of(FORMAT_LINES, &greek, chunk, text, &out);
		cr_expect_str_eq(said, "1:one|2:caf\u03b9|", "%s", said);
	}
	buffer_finish(&out);
}

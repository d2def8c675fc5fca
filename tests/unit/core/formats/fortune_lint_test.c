#include "core/formats/fortune_lint.h"

#include <criterion/criterion.h>
#include <string.h>

#include "core/base/buffer.h"

static void on_anomaly(void *data, size_t line, const char *what)
{
	buffer_format(data, "%zu: %s|", line, what);
}

Test(fortune_lint, names_each_oddity_and_its_line)
{
	static const char strfile_line[] = "7: a line whose end strfile takes for a delimiter|";
	char long_line[257];
	memset(long_line, 'x', 255);
	strcpy(long_line + 255, "%");
	const struct {
		const char *text;
		char delimiter;
		bool comments;
		const char *said;
	} rows[] = {
		{"fine\nas it\tis\n", '%', false, ""},
		{"caf\u00e9\n50%\n%x\n% y\n", '%', false, ""},
		{"a\r\nb\r\n", '%', false, ""},
		{"a\n\x1b[1mb\n", '%', false, "8: an escape sequence, removed|"},
		{"a\x01\n", '%', false, "7: a control character, removed|"},
		{"b\bb\n", '%', false, "7: an overstrike, replaced by the letter that it shows|"},
		{"a\nb \nc", '%', false, "8: trailing blanks, removed|"},
		{"a\rb\n", '%', false, "7: a carriage return alone, taken as a line end|"},
		{"a\xEF\xBB\xBF", '%', false, "7: a byte order mark, removed|"},
		{"a\n% \t\n", '%', false,
			"8: trailing blanks, removed|8: a delimiter followed by blanks, taken as "
			"text as its .dat file says; remove the blanks and run strfile again|"},
		{"@\t\n", '@', false,
			"7: trailing blanks, removed|7: a delimiter followed by blanks, taken as "
			"text as its .dat file says; remove the blanks and run strfile again|"},
		{"a\x01\r\rb\x01\r\n", '%', false,
			"7: a control character, removed|7: a carriage return alone, taken as a "
			"line end|8: a carriage return alone, taken as a line end|"
			"9: a control character, removed|"},
		{"%%c\n", '%', false,
			"7: two delimiters, taken as text; set comments = true to leave such lines "
			"out|"},
		{"%%\n", '%', false,
			"7: two delimiters, taken as text; write one to end a quote, or set "
			"comments = true to leave such lines out|"},
		{"%%c\n", '%', true, ""},
		{"%%c\n", '@', false, ""},
		{long_line, '%', false, strfile_line},
		{long_line + 1, '%', false, ""},
		{long_line, '@', false, ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer said = {0};
		struct quote_file_piece segment = {
			.text = rows[i].text, .length = strlen(rows[i].text), .line = 7};
		struct file_report report = {.delimiter = rows[i].delimiter};
		struct quote_file file = {
			.report = &report, .on_anomaly = on_anomaly, .data = &said};
		buffer_add(&said, "");
		fortune_lint(&file, &segment, rows[i].comments);
		cr_expect_str_eq(said.data, rows[i].said, "row %zu: %s", i, said.data);
		buffer_finish(&said);
	}
}

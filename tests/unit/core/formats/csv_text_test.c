#include "core/formats/csv_text.h"

#include <string.h>

#include <criterion/criterion.h>

/* Returns "LINE:FIELD|FIELD/" for each record, read in two parts. */
static void split(const char *text, size_t first, char separator, struct buffer *out)
{
	struct quote_file_window window = {0};
	enum csv_text_state state = CSV_TEXT_STATE_START;
	struct quote_file_piece record;
	buffer_clear(out);
	buffer_add(out, "");
	for (int part = 0; part < 2; part++) {
		window.text = text;
		window.length = part == 0 ? first : strlen(text);
		window.at_end = part == 1;
		while (csv_text_next(&window, separator, &state, &record)) {
			size_t position = 0;
			buffer_format(out, "%zu:", record.line);
			while (csv_text_field(record.text, record.length,
				separator == '\0' ? ',' : separator, &position, out))
				buffer_add(out, "|");
			buffer_add(out, "/");
		}
	}
	if (state == CSV_TEXT_STATE_QUOTED)
		buffer_add(out, "!");
}

Test(csv_text, splits_records_and_fields)
{
	static const struct {
		const char *text;
		char separator;
		const char *fields;
	} rows[] = {
		{"a,b\nc,d\n", ',', "1:a|b|/2:c|d|/"},
		{"a,b\r\nc,d", ',', "1:a|b|/2:c|d|/"},
		{"a\rb\r", ',', "1:a|/2:b|/"},
		{"a;b,c\n", ';', "1:a|b,c|/"},
		{"a\tb\n", '\t', "1:a|b|/"},
		{"\"a,b\",c\n", ',', "1:a,b|c|/"},
		{"\"a\r\nb\",c\nd\n", ',', "1:a\r\nb|c|/3:d|/"},
		{"\"a\"\"b\",\"\"\n", ',', "1:a\"b||/"},
		{"\"\"\"\"\n", ',', "1:\"|/"},
		{"a\"b,c\"\nd\n", ',', "1:a\"b|c\"|/2:d|/"},
		{"\"a\"b\"c,d\n", ',', "1:ab\"c|d|/"},
		{" a, \"b, \n\" , c d \n", ',', "1:a|b, \n |c d |/"},
		{"a|\"b\n\"\n", '\0', "1:a|\"b\n\"|/"},
		{"a  \"b c\"\n", ' ', "1:a||b c|/"},
		{"\"a;\n\";b\n", '\0', "1:a;\n;b|/"},
		{",\n", ',', "1:||/"},
		{"\na", ',', "1:|/2:a|/"},
		{"a\n\"b\nc", ',', "1:a|/!"},
		{"", ',', ""},
	};
	struct buffer out = {0};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t first = 0; first <= strlen(rows[i].text); first++) {
			split(rows[i].text, first, rows[i].separator, &out);
			cr_expect_str_eq(
				out.data, rows[i].fields, "row %zu at %zu: %s", i, first, out.data);
		}
	buffer_finish(&out);
}

Test(csv_text, finds_the_separator)
{
	static const struct {
		const char *record;
		char separator;
	} rows[] = {
		{"quote,author", ','},
		{"quote;author", ';'},
		{"quote\tauthor", '\t'},
		{"quote", ','},
		{"\"a,b,c\";d", ';'},
		{"\"a\"\",b\";c", ';'},
		{"a, b;c;d", ';'},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(csv_text_separator(rows[i].record, strlen(rows[i].record)),
			rows[i].separator, "row %zu", i);
}

Test(csv_text, sees_text_behind_a_field)
{
	static const struct {
		const char *record;
		bool closed;
	} rows[] = {
		{"a,\"b\",c", true},
		{"\"a\" , \"b\"", true},
		{"\"a \"\"b\"\" c\"", true},
		{"a \"b\" c,d", true},
		{"\"a\"b", false},
		{"a,\"b\" c", false},
		{"\"a \\\"b\\\"\"", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(csv_text_is_closed(rows[i].record, strlen(rows[i].record), ','),
			rows[i].closed, "row %zu", i);
}

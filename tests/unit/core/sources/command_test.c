#include "core/sources/command.h"

#include <string.h>

#include <criterion/criterion.h>

Test(command, splits)
{
	static const struct {
		const char *text, *words; /* joined by |; NULL: refused */
	} rows[] = {
		{"fortune -s", "fortune|-s|"},
		{"  a\t b ", "a|b|"},
		{"a 'b c' \"d e\"", "a|b c|d e|"},
		{"a\\ b 'c\\d' \"e\\\"f\"", "a b|c\\d|e\"f|"},
		{"a '' $HOME *", "a||$HOME|*|"},
		{"a 'b", NULL},
		{"a \"b", NULL},
		{" ", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct strings argv = {0};
		struct buffer joined = {0};
		struct error error;
		bool split = command_split(rows[i].text, &argv, &error);
		cr_assert_eq(split, rows[i].words != NULL, "row %zu", i);
		for (size_t j = 0; split && j < argv.count; j++)
			buffer_format(&joined, "%s|", argv.items[j]);
		if (split)
			cr_assert_str_eq(joined.data, rows[i].words, "row %zu", i);
		buffer_finish(&joined);
		strings_finish(&argv);
	}
}

#include "frontends/shell/shell_printing.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

Test(shell_printing, escapes_what_a_terminal_would_obey)
{
	static const struct {
		const char *text;
		size_t length;
		const char *printed;
	} rows[] = {
		{"", 0, ""},
		{"one\r\ntwo\r\n", 10, "one\ntwo\n"},
		{"no end", 6, "no end\n"},
		{"a\tb\n", 4, "a\tb\n"},
		{"a\rb\r", 4, "a\\x0Db\\x0D\n"},
		{"\r\r\n", 3, "\\x0D\n"},
		{"\x1B[2Jgone\a\n", 10, "\\x1B[2Jgone\\x07\n"},
		{"a\0b", 3, "a\\x00b\n"},
		{"\xC2\x9B"
		 "31m \x7F",
			7, "\\xC2\\x9B31m \\x7F\n"},
		{"\xC3\x89tude \xE9tude\n", 13, "\xC3\x89tude \\xE9tude\n"},
		{"cut \xE4\xB8", 6, "cut \\xE4\\xB8\n"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *printed;
		size_t size;
		struct output out = {.file = open_memstream(&printed, &size)};
		struct error error = {0};
		shell_printing_foreign(&out, rows[i].text, rows[i].length);
		cr_assert(output_flush(&out, &error));
		cr_assert_str_eq(printed, rows[i].printed);
		fclose(out.file);
		free(printed);
	}
}

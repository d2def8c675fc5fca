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
		{"a\xE2\x80\xAE"
		 "b\xE2\x81\xA6"
		 "c\n",
			10, "a\\xE2\\x80\\xAEb\\xE2\\x81\\xA6c\n"},
		{"\xE2\x80\x8F\xD7\x90\n", 6, "\xE2\x80\x8F\xD7\x90\n"},
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

static const struct quote first = {.text = "one", .length = 3};
static const struct quote second = {.text = "zw\xc3\xb6lf", .length = 6};

Test(shell_printing, puts_a_line_between_or_after)
{
	char *printed;
	size_t size;
	struct output out = {.file = open_memstream(&printed, &size)};
	struct shell_printing printing = {.out = &out};
	shell_printing_quote(&printing, &first);
	shell_printing_quote(&printing, &second);
	cr_expect_eq(printing.printed, 2);
	cr_expect_eq(printing.characters, 8);
	shell_printing_entry(&printing, &first);
	fclose(out.file);
	cr_expect_str_eq(printed, "one\n%\nzw\xc3\xb6lf\none\n%\n");
	free(printed);
}

Test(shell_printing, writes_json_objects)
{
	char *printed;
	size_t size;
	struct output out = {.file = open_memstream(&printed, &size)};
	struct shell_printing printing = {.out = &out, .json = true};
	shell_printing_quote(&printing, &first);
	shell_printing_entry(&printing, &second);
	fclose(out.file);
	char *end = strchr(printed, '\n');
	cr_assert_not_null(end);
	*end = '\0';
	cr_expect_not_null(strstr(printed, "\"text\":\"one\""), "%s", printed);
	cr_expect_eq(end[1], '{', "no line of %% is between");
	free(printed);
}

Test(shell_printing, waits_only_if_it_was_printed, .timeout = 5)
{
	struct output out = {.file = fopen("/dev/full", "w")};
	struct shell_printing printing = {.out = &out};
	shell_printing_quote(&printing, &first);
	shell_printing_wait(&printing);
	cr_expect_neq(out.failure, 0);
	fclose(out.file);
}

#include "frontends/shell/shell_printing.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/quotes.h"

#define ID "ww8xkbg73q85"

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
static const struct shell_options plain;

Test(shell_printing, puts_a_line_between_or_after)
{
	char *printed;
	size_t size;
	struct output out = {.file = open_memstream(&printed, &size)};
	struct shell_printing printing = {.out = &out, .options = &plain};
	shell_printing_quote(&printing, &first);
	shell_printing_quote(&printing, &second);
	cr_expect_eq(printing.printed, 2);
	cr_expect_eq(printing.characters, 8);
	shell_printing_entry(&printing, &first);
	fclose(out.file);
	cr_expect_str_eq(printed, "one\n%\nzw\xc3\xb6lf\none\n%\n");
	free(printed);
}

/* Prints the quote of a static source, or one that no file has. */
static char *printed(const struct shell_options *options, bool of_command)
{
	static const struct collection command = {.name = "live"};
	struct quotes quotes = {0};
	struct selection selection;
	struct strings all = {0};
	struct error error;
	char *text;
	size_t size;
	struct output out = {.file = open_memstream(&text, &size)};
	struct quoter *quoter = quotes_open_one(&quotes, "static:one two");
	const struct library *library = quoter_library(quoter);
	cr_assert(selection_init(&selection, library, &all, &error));
	struct shell_printing printing = {&out, options, library, &selection, &command, 0, 0};
	struct quote quote = quote_store_get(&library->store, 0);
	shell_printing_quote(&printing, of_command ? &first : &quote);
	fclose(out.file);
	selection_finish(&selection);
	quotes_finish(&quotes);
	return text;
}

Test(shell_printing, puts_before_a_quote_what_is_asked)
{
	static const struct {
		struct shell_options options;
		const char *printed;
	} rows[] = {
		{{.width = 5}, "one\ntwo\n"},
		{{.show_file = true}, "(static)\n%\none two\n"},
		{{.show_id = true}, "(" ID ")\n%\none two\n"},
		{{.show_file = true, .show_id = true}, "(static)\n(" ID ")\n%\none two\n"},
		{{.json = true}, "{\"id\":\"" ID "\",\"text\":\"one two\",\"author\":null,"
				 "\"language\":null,\"tags\":[],\"file\":\"static\",\"collection\":"
				 "\"quotes\"}\n"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *text = printed(&rows[i].options, false);
		cr_expect_str_eq(text, rows[i].printed, "row %zu: %s", i, text);
		free(text);
	}
	char *text = printed(&rows[4].options, true);
	cr_expect_not_null(strstr(text, "\"file\":null,\"collection\":\"live\"}"), "%s", text);
	free(text);
}

Test(shell_printing, waits_only_if_it_was_printed, .timeout = 5)
{
	struct output out = {.file = fopen("/dev/full", "w")};
	struct shell_printing printing = {.out = &out, .options = &plain};
	shell_printing_quote(&printing, &first);
	shell_printing_wait(&printing);
	cr_expect_neq(out.failure, 0);
	fclose(out.file);
}

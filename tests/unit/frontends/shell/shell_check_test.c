#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "frontends/shell/shell.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

/* Checks a file with this text, which a wire shows up to 10 octets of. */
static int check(const char *text, const struct strings *findings, char **ret_printed)
{
	static const struct strings all = {0};
	struct quotes quotes = {0};
	struct error error = {0};
	size_t size;
	unsigned number;
	struct quote_wire wire = {.name = "qotd.a", .collections = &all, .fit = {.max_bytes = 10}};
	struct output out = {.file = open_memstream(ret_printed, &size)};
	scratch_write("file", text, strlen(text));
	struct quoter *quoter = quotes_open_one(&quotes, "fortune:file");
	cr_assert(quoter_add_wire(quoter, &wire, &number, &error), "%s", error.text);
	int status = shell_check(quoter, findings, &quotes.warnings, &out);
	fclose(out.file);
	quotes_finish(&quotes);
	return status;
}

Test(shell_check, names_what_is_odd_and_counts, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text;
		int status;
		const char *printed;
	} rows[] = {
		{"one\n%\ntwo\n", EX_OK,
			"file: 2 quotes, UTF-8\n2 quotes in 1 files\n"
			"qotd.a: 2 of 2 quotes fit (100.0%)\n"},
		{"one \n%\ntwo\n%\none\n", EX_OK,
			"file:1: trailing blanks, removed\n"
			"file:5: the same quote as in file:1\n"
			"file: 2 quotes, UTF-8, 1 duplicate; mended: 1 line with trailing blanks\n"
			"2 quotes in 1 files\nqotd.a: 2 of 2 quotes fit (100.0%)\n"},
		{"12345678901\n%\n1\n", EX_OK,
			"file: 2 quotes, UTF-8\n2 quotes in 1 files\n"
			"qotd.a: 1 of 2 quotes fit (50.0%)\n"},
		{"12345678901\n", 1,
			"file: 1 quote, UTF-8\n1 quotes in 1 files\n"
			"qotd.a: 0 of 1 quotes fit (0.0%): it has nothing to show\n"},
		{"a\n%\ncaf\xE9\n", EX_OK,
			"file:3: not UTF-8, so the file is read as ISO-8859-1; set its charset\n"
			"file: 2 quotes, ISO-8859-1\n2 quotes in 1 files\n"
			"qotd.a: 2 of 2 quotes fit (100.0%)\n"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *printed;
		struct strings none = {0};
		cr_expect_eq(check(rows[i].text, &none, &printed), rows[i].status, "row %zu", i);
		cr_expect_str_eq(printed, rows[i].printed, "row %zu: %s", i, printed);
		free(printed);
	}
}

Test(shell_check, fails_with_findings, .init = scratch_enter, .fini = scratch_leave)
{
	char *printed;
	struct strings findings = {0};
	strings_add(&findings, "gone: No such file or directory");
	cr_expect_eq(check("one\n", &findings, &printed), 1);
	cr_expect_eq(strncmp(printed, "gone: No such file or directory\nfile: ", 38), 0);
	free(printed);
	strings_finish(&findings);
}

Test(shell_check, names_files_that_were_passed_over, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct strings none = {0};
	char *printed;
	size_t size;
	struct quotes quotes = {0};
	struct output out = {.file = open_memstream(&printed, &size)};
	mkdir("d", 0700);
	scratch_write("d/jokes", "one\n%\ntwo\n", 10);
	scratch_write("d/README", "Read me\n", 8);
	struct quoter *quoter = quotes_open_one(&quotes, "fortune:d");
	cr_expect_eq(shell_check(quoter, &none, &quotes.warnings, &out), EX_OK);
	fclose(out.file);
	cr_expect_str_eq(printed, "passed over: d/README: no delimiter lines\n"
				  "d/jokes: 2 quotes, UTF-8\n2 quotes in 1 files\n");
	free(printed);
	quotes_finish(&quotes);
}

Test(shell_check, lets_a_wire_show_commands_alone)
{
	static const struct strings all = {0};
	char *printed;
	size_t size;
	unsigned number;
	struct quotes quotes = {0};
	struct error error = {0};
	struct quote_wire wire = {.name = "qotd.a", .collections = &all};
	struct output out = {.file = open_memstream(&printed, &size)};
	struct quoter *quoter = quotes_open_one(&quotes, "command:echo x");
	cr_assert(quoter_add_wire(quoter, &wire, &number, &error), "%s", error.text);
	cr_expect_eq(shell_check(quoter, &all, &all, &out), EX_OK);
	fclose(out.file);
	cr_expect_str_eq(printed, "0 quotes in 0 files\nqotd.a: shows only what commands print\n");
	free(printed);
	quotes_finish(&quotes);
}

Test(shell_check, says_why_there_is_nothing_to_check)
{
	char *printed;
	size_t size;
	struct strings findings = {0}, warnings = {0};
	struct output out = {.file = open_memstream(&printed, &size)};
	strings_add(&findings, "gone");
	strings_add(&warnings, "no quotes");
	cr_expect_eq(shell_check_nothing(&findings, &warnings, &out), 1);
	fclose(out.file);
	cr_expect_str_eq(printed, "gone\nno quotes\n");
	free(printed);
	strings_finish(&findings);
	strings_finish(&warnings);
}

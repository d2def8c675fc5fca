#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "frontends/shell/shell.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

/* Checks a file with this text, which a wire shows up to 10 octets of. */
static int check(const char *text, const struct shell_options *options, char **ret_printed)
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
	int status = shell_check(options, quoter, &quotes.warnings, &out);
	fclose(out.file);
	quotes_finish(&quotes);
	return status;
}

#define TWO "file: 2 quotes, UTF-8\n2 quotes in 1 file\n"
#define ODD "one \n%\ntwo\n%\none\n%\nx \n"
#define ODD_REPORT                                                                                 \
	"file: 3 quotes, UTF-8, 1 duplicate; mended: 2 lines with trailing blanks\n"               \
	"3 quotes in 1 file\nqotd.a: 3 of 3 quotes fit (100.0%)\n"
#define ODD_JSON                                                                                   \
	"{\"path\":\"file\",\"quotes\":3,\"duplicates\":1,\"findings\":["                          \
	"{\"what\":\"trailing blanks, removed\",\"count\":2,\"line\":1},"                          \
	"{\"what\":\"a quote that came before\",\"count\":1,\"line\":5}]}\n"                       \
	"{\"front_end\":\"qotd.a\",\"quotes\":3,\"fit\":3,\"commands\":false}\n"

Test(shell_check, sums_up_what_is_odd, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *text;
		struct shell_options options;
		int status;
		const char *printed;
	} rows[] = {
		{"one\n%\ntwo\n", {.verbose = false}, EX_OK,
			TWO "qotd.a: 2 of 2 quotes fit (100.0%)\n"},
		{ODD, {.verbose = false}, EX_OK,
			"trailing blanks, removed: 2 in 1 file, first file:1\n"
			"a quote that came before: 1 in 1 file, first file:5\n" ODD_REPORT},
		{ODD, {.verbose = true}, EX_OK,
			"file:1: trailing blanks, removed\n"
			"file:5: the same quote as in file:1\n"
			"file:7: trailing blanks, removed\n" ODD_REPORT},
		{ODD, {.json = true}, EX_OK, ODD_JSON},
		{"x \n", {.json = true, .verbose = true}, EX_OK,
			"{\"path\":\"file\",\"line\":1,\"what\":\"trailing blanks, removed\"}\n"
			"{\"path\":\"file\",\"quotes\":1,\"duplicates\":0,\"findings\":["
			"{\"what\":\"trailing blanks, removed\",\"count\":1,\"line\":1}]}\n"
			"{\"front_end\":\"qotd.a\",\"quotes\":1,\"fit\":1,\"commands\":false}\n"},
		{"12345678901\n%\n1\n", {.verbose = true}, EX_OK,
			TWO "qotd.a: 1 of 2 quotes fit (50.0%)\n"},
		{"12345678901\n", {.verbose = false}, 1,
			"file: 1 quote, UTF-8\n1 quote in 1 file\n"
			"qotd.a: 0 of 1 quotes fit (0.0%): it has nothing to show\n"},
		{"12345678901\n", {.json = true}, 1,
			"{\"path\":\"file\",\"quotes\":1,\"duplicates\":0,\"findings\":[]}\n"
			"{\"front_end\":\"qotd.a\",\"quotes\":1,\"fit\":0,\"commands\":false}\n"},
		{"a\n%\ncaf\xE9\n", {.verbose = true}, EX_OK,
			"file:3: not UTF-8, so the file is read as ISO-8859-1; set its charset\n"
			"file: 2 quotes, ISO-8859-1\n2 quotes in 1 file\n"
			"qotd.a: 2 of 2 quotes fit (100.0%)\n"},
		/* Each quote is in the charset that it was loaded in. */
		{"\u2026b\n%\ncaf\xE9\x85\n%\n\u2026b\n", {.verbose = true}, EX_OK,
			"file:3: not UTF-8, so the file is read as CP1252; set its charset\n"
			"file:5: the same quote as in file:1\n"
			"file: 2 quotes, CP1252, 1 duplicate\n2 quotes in 1 file\n"
			"qotd.a: 2 of 2 quotes fit (100.0%)\n"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *printed;
		cr_expect_eq(check(rows[i].text, &rows[i].options, &printed), rows[i].status,
			"row %zu", i);
		cr_expect_str_eq(printed, rows[i].printed, "row %zu: %s", i, printed);
		free(printed);
	}
}

Test(shell_check, fails_with_findings, .init = scratch_enter, .fini = scratch_leave)
{
	char *printed;
	struct shell_options options = {.json = false};
	strings_add(&options.findings, "gone: No such file or directory");
	cr_expect_eq(check("one\n", &options, &printed), 1);
	cr_expect_eq(strncmp(printed, "gone: No such file or directory\nfile: ", 38), 0);
	free(printed);
	options.json = true;
	cr_expect_eq(check("one\n", &options, &printed), 1);
	cr_expect_not_null(strstr(printed, "\n{\"error\":\"gone: No such file or directory\"}\n"));
	free(printed);
	shell_options_finish(&options);
}

Test(shell_check, names_files_that_were_passed_over, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct shell_options plain = {.json = false};
	char *printed;
	size_t size;
	struct quotes quotes = {0};
	struct output out = {.file = open_memstream(&printed, &size)};
	mkdir("d", 0700);
	scratch_write("d/jokes", "one\n%\ntwo\n", 10);
	scratch_write("d/README", "Read me\n", 8);
	struct quoter *quoter = quotes_open_one(&quotes, "fortune:d");
	cr_expect_eq(shell_check(&plain, quoter, &quotes.warnings, &out), EX_OK);
	fclose(out.file);
	cr_expect_str_eq(printed, "passed over: d/README: no delimiter lines\n"
				  "d/jokes: 2 quotes, UTF-8\n2 quotes in 1 file\n");
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
	const struct shell_options plain = {.json = false};
	cr_expect_eq(shell_check(&plain, quoter, &all, &out), EX_OK);
	fclose(out.file);
	cr_expect_str_eq(printed, "0 quotes in 0 files\nqotd.a: shows only what commands print\n");
	free(printed);
	quotes_finish(&quotes);
}

Test(shell_check, says_why_there_is_nothing_to_check)
{
	char *printed;
	size_t size;
	struct strings warnings = {0};
	struct shell_options options = {.json = false};
	struct output out = {.file = open_memstream(&printed, &size)};
	strings_add(&options.findings, "gone");
	strings_add(&warnings, "no quotes");
	cr_expect_eq(shell_check_nothing(&options, &warnings, &out), 1);
	fclose(out.file);
	cr_expect_str_eq(printed, "gone\nno quotes\n");
	free(printed);
	shell_options_finish(&options);
	strings_finish(&warnings);
}

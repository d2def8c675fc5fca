#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "frontends/shell/shell.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

static struct quotes quotes;

static void set_up(void)
{
	scratch_enter();
	cr_redirect_stderr();
	scratch_write("a", "apple\n%\nplum\n%\nAPPLE PIE\n", 25);
	scratch_write("b", "grape\n%\napple\n", 14);
	quotes_add(&quotes, "files", "fortune:a");
	quotes_add(&quotes, "files", "fortune:b");
	quotes_open(&quotes);
}

static void tear_down(void)
{
	quotes_finish(&quotes);
	scratch_leave();
}

static int match(struct shell_options *options, char **ret_printed, struct error *reterr)
{
	size_t size;
	struct output out = {.file = open_memstream(ret_printed, &size)};
	struct selection selection;
	const struct library *library = quoter_library(quotes.quoter);
	struct shell_printing printing = {&out, options, library, &selection, NULL, 0, 0};
	*ret_printed = NULL;
	int status = 1;
	if (selection_init(&selection, library, &options->collections, reterr))
		status = shell_match(&printing, reterr);
	selection_finish(&selection);
	fclose(out.file);
	return status;
}

Test(shell_match, prints_each_quote_once, .init = set_up, .fini = tear_down)
{
	static const struct {
		struct shell_options options;
		const char *printed;
	} rows[] = {
		{{.match = "apple"}, "apple\n%\n"},
		{{.match = "apple", .ignore_case = true}, "apple\n%\nAPPLE PIE\n%\n"},
		{{.match = "ap"}, "apple\n%\ngrape\n%\n"},
		{{.match = "ap", .count = 1}, "apple\n%\n"},
		{{.match = "ap", .filter = {.max_bytes = 4}}, ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *printed;
		struct error error = {0};
		struct shell_options options = rows[i].options;
		bool any = *rows[i].printed != '\0';
		cr_expect_eq(match(&options, &printed, &error), any ? EX_OK : 1, "row %zu", i);
		cr_expect_str_eq(printed, rows[i].printed, "row %zu", i);
		cr_expect_str_eq(error.text, any ? "" : "no quote matches 'ap'");
		free(printed);
	}
}

Test(shell_match, names_the_files_on_standard_error, .init = set_up, .fini = tear_down)
{
	char *printed;
	char named[64] = "";
	struct error error = {0};
	struct shell_options options = {.match = "ap", .ignore_case = true};
	cr_expect_eq(match(&options, &printed, &error), EX_OK);
	fflush(stderr);
	cr_expect_gt(fread(named, 1, sizeof named - 1, cr_get_redirected_stderr()), 0);
	cr_expect_str_eq(named, "(a)\n%\n(b)\n%\n");
	free(printed);
}

Test(shell_match, prints_json_alone, .init = set_up, .fini = tear_down)
{
	char *printed;
	char named[64] = "";
	struct error error = {0};
	struct shell_options options = {.match = "plum", .json = true};
	cr_expect_eq(match(&options, &printed, &error), EX_OK);
	cr_expect_not_null(strstr(printed, "\"text\":\"plum\""), "%s", printed);
	fprintf(stderr, "end\n");
	fflush(stderr);
	cr_expect_gt(fread(named, 1, sizeof named - 1, cr_get_redirected_stderr()), 0);
	cr_expect_str_eq(named, "end\n", "no file is named");
	free(printed);
}

Test(shell_match, refuses_what_it_cannot_match, .init = set_up, .fini = tear_down)
{
	char *printed;
	struct error error = {0};
	struct shell_options options = {.match = "a\\("};
	cr_expect_eq(match(&options, &printed, &error), EX_USAGE);
	cr_expect_eq(strncmp(error.text, "--match: 'a\\(': ", 16), 0, "%s", error.text);
	free(printed);
	options = (struct shell_options){.match = "a"};
	strings_add(&options.collections, "fils");
	cr_expect_eq(match(&options, &printed, &error), 1);
	cr_expect_not_null(strstr(error.text, "did you mean 'files'?"), "%s", error.text);
	free(printed);
	strings_finish(&options.collections);
}

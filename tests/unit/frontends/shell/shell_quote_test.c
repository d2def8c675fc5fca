#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/mem.h"
#include "frontends/shell/shell.h"
#include "tests/support/quotes.h"

/* Runs quoted quote with \p options; frees their lists. */
static int ask(struct quotes *quotes, struct shell_options options, char **ret_printed,
	struct error *reterr)
{
	size_t size;
	struct output out = {.file = open_memstream(ret_printed, &size)};
	*reterr = (struct error){0};
	int status = shell_quote(&options, quotes->quoter, &out, reterr);
	fclose(out.file);
	shell_options_finish(&options);
	return status;
}

Test(shell_quote, answers_each_way_to_ask)
{
	static const struct {
		struct shell_options options;
		int status;
		const char *said; /* printed, or the error if the status is not 0 */
	} rows[] = {
		{{.count = 1, .filter = {.max_bytes = 5}}, EX_OK, "apple\n"},
		{{.count = 2, .filter = {.max_bytes = 5}}, EX_OK, "apple\n%\napple\n"},
		{{.count = 1, .filter = {.max_bytes = 2}}, 1, "no quote has the length asked for"},
		{{.count = 1, .search = "plum"}, EX_OK, "a plum tree\n"},
		{{.count = 1, .search = "pear"}, 1, "no quote matches 'pear'"},
		{{.count = 1, .id = "!"}, 1, "an id has 4 to 12 letters and digits"},
		{{.match = "^app"}, EX_OK, "apple\n%\n"},
	};
	struct quotes quotes = {0};
	cr_redirect_stderr();
	quotes_add(&quotes, "fruit", "static:apple");
	quotes_add(&quotes, "fruit", "static:a plum tree");
	quotes_open(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *printed;
		struct error error;
		int status = ask(&quotes, rows[i].options, &printed, &error);
		cr_expect_eq(status, rows[i].status, "row %zu: %s", i, error.text);
		cr_expect_str_eq(status == EX_OK ? printed : error.text, rows[i].said);
		free(printed);
	}
	quotes_finish(&quotes);
}

Test(shell_quote, gives_the_quotes_of_days_in_a_row)
{
	struct quotes quotes = {0};
	struct error error;
	char *both, *first, *second;
	quotes_add_many(&quotes, "quote", 30);
	quotes_open(&quotes);
	struct shell_options options = {.dated = true, .day = 20000, .count = 2};
	cr_assert_eq(ask(&quotes, options, &both, &error), EX_OK);
	options.count = 1;
	cr_assert_eq(ask(&quotes, options, &first, &error), EX_OK);
	options.day++;
	cr_assert_eq(ask(&quotes, options, &second, &error), EX_OK);
	char *joined = mem_format("%s%%\n%s", first, second);
	cr_expect_str_eq(both, joined);
	free(joined);
	free(both);
	free(first);
	free(second);
	quotes_finish(&quotes);
}

Test(shell_quote, says_why_there_is_nothing)
{
	struct quotes quotes = {0};
	struct error error;
	char *printed;
	quotes_add(&quotes, "staff", "static:x")->is_private = true;
	quotes_open(&quotes);
	cr_expect_eq(ask(&quotes, (struct shell_options){.count = 1}, &printed, &error), 1);
	cr_expect_str_eq(
		error.text, "only private collections have quotes; name one with --collection");
	free(printed);
	struct shell_options options = {.count = 1};
	strings_add(&options.collections, "staff");
	cr_expect_eq(ask(&quotes, options, &printed, &error), EX_OK);
	cr_expect_str_eq(printed, "x\n");
	free(printed);
	quotes_finish(&quotes);
}

Test(shell_quote, runs_the_command_it_draws, .init = cr_redirect_stderr)
{
	static const char failing[] = "command:sh -c 'echo broken >&2; exit 3'";
	char log[512] = "";
	struct quotes quotes = {0};
	struct error error;
	char *printed;
	quotes_open_one(&quotes, "command:echo drawn");
	cr_expect_eq(ask(&quotes, (struct shell_options){.count = 2}, &printed, &error), EX_OK);
	cr_expect_str_eq(printed, "drawn\n%\ndrawn\n");
	free(printed);
	quotes_finish(&quotes);
	quotes_open_one(&quotes, failing);
	cr_expect_eq(ask(&quotes, (struct shell_options){.count = 1}, &printed, &error), 1);
	cr_expect_str_eq(error.text, "", "the reason is logged");
	free(printed);
	quotes_finish(&quotes);
	fflush(stderr);
	cr_expect_gt(fread(log, 1, sizeof log - 1, cr_get_redirected_stderr()), 0);
	cr_expect_not_null(
		strstr(log, "collection \"quotes\": command:sh: exit status 3: broken"), "%s", log);
}

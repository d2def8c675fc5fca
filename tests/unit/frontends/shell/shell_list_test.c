#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "frontends/shell/shell.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

#define MENDED(escapes, tabs)                                                                      \
	"\"mended\":{\"blank\":0,\"comments\":0,\"undecodable\":0,\"escapes\":" escapes ","        \
	"\"controls\":0,\"overstrikes\":0,\"tabs\":" tabs ",\"trailing_blanks\":0,"                \
	"\"carriage_returns\":0,\"breaks\":0,\"marks\":0}}\n"

static int list(struct quotes *quotes, const char *collection, bool json, char **ret_printed,
	struct error *reterr)
{
	size_t size;
	struct shell_options options = {.command = SHELL_COMMAND_LIST, .json = json};
	struct output out = {.file = open_memstream(ret_printed, &size)};
	if (collection != NULL)
		strings_add(&options.collections, collection);
	int status = shell_list(&options, quotes->quoter, &out, reterr);
	fclose(out.file);
	shell_options_finish(&options);
	return status;
}

static void open(struct quotes *quotes)
{
	scratch_write("a", "1\n", 2);
	scratch_write("b", "2\n%\n3\n%\n4\n", 10);
	*quotes = (struct quotes){0};
	quotes_add(quotes, "files", "fortune:a");
	quotes_add(quotes, "files", "fortune:b");
	quotes_add(quotes, "staff", "static:5")->is_private = true;
	quotes_add(quotes, "live", "command:echo x")->percent = 20;
	quotes_open(quotes);
}

Test(shell_list, has_collections_files_and_shares, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *collection; /* NULL: none is named */
		const char *printed;
	} rows[] = {
		{NULL, " 80.00% files (4)\n     20.00% a (1)\n     60.00% b (3)\n"
		       "  0.00% staff (1), private\n      0.00% static (1)\n"
		       " 20.00% live (a command)\n"},
		{"staff", "100.00% staff (1), private\n    100.00% static (1)\n"},
		{"live", "100.00% live (a command)\n"},
		{"b", "100.00% files (3)\n    100.00% b (3)\n"},
	};
	struct quotes quotes;
	open(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *printed;
		struct error error = {0};
		int status = list(&quotes, rows[i].collection, false, &printed, &error);
		cr_expect_eq(status, EX_OK, "%s", error.text);
		cr_expect_str_eq(printed, rows[i].printed);
		free(printed);
	}
	quotes_finish(&quotes);
}

Test(shell_list, is_a_json_object_a_line, .init = scratch_enter, .fini = scratch_leave)
{
	char *printed;
	struct quotes quotes;
	struct error error = {0};
	open(&quotes);
	cr_expect_eq(list(&quotes, "live", true, &printed, &error), EX_OK);
	cr_expect_str_eq(printed, "{\"collection\":\"live\",\"private\":false,\"command\":"
				  "\"echo x\",\"language\":null,\"share\":100}\n");
	free(printed);
	cr_expect_eq(list(&quotes, NULL, true, &printed, &error), EX_OK);
	const char *const files[] = {"\"a\"", "\"b\"", "\"static\"", "\"echo x\""};
	const char *at = printed;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		at = strstr(at, files[i]);
		cr_assert_not_null(at, "%s is not in its place in %s", files[i], printed);
		at = strchr(at, '\n');
	}
	free(printed);
	quotes_finish(&quotes);
}

Test(shell_list, knows_no_other_names, .init = scratch_enter, .fini = scratch_leave)
{
	char *printed;
	struct quotes quotes;
	struct error error = {0};
	open(&quotes);
	cr_expect_eq(list(&quotes, "stuff", false, &printed, &error), 1);
	cr_expect_not_null(strstr(error.text, "did you mean 'staff'?"), "%s", error.text);
	cr_expect_str_eq(printed, "");
	free(printed);
	quotes_finish(&quotes);
}

Test(shell_list, says_all_of_a_file_in_json, .init = scratch_enter, .fini = scratch_leave)
{
	static char german[] = "de";
	char *printed;
	struct quotes quotes = {0};
	struct error error = {0};
	scratch_write("file", "a\tb\n%\n\x1b[1mc\x1b[0m\n%\nd\n", 20);
	quotes_add(&quotes, "files", "fortune:file");
	struct collection *live = quotes_add(&quotes, "live", "command:echo \"x\"");
	live->is_private = true;
	live->language = german;
	quotes_open(&quotes);
	cr_expect_eq(list(&quotes, NULL, true, &printed, &error), EX_OK);
	cr_expect_str_eq(printed,
		"{\"collection\":\"files\",\"private\":false,\"file\":\"file\",\"path\":\"file\","
		"\"language\":null,\"format\":\"fortune\",\"charset\":\"UTF-8\","
		"\"delimiter\":\"%\",\"rot13\":false,\"table\":\"none\","
		"\"quotes\":3,\"duplicates\":0,\"share\":100," MENDED(
			"2", "1") "{\"collection\":\"live\",\"private\":true,\"command\":"
				  "\"echo \\\"x\\\"\",\"language\":\"de\",\"share\":0}\n");
	free(printed);
	quotes_finish(&quotes);
}

#include "frontends/shell/shell_operands.h"

#include <string.h>
#include <sys/stat.h>

#include <criterion/criterion.h>

#include "tests/support/arguments.h"
#include "tests/support/scratch.h"

static bool take(enum shell_command command, const char *line, struct shell_options *ret_options,
	struct error *reterr)
{
	char *argv[ARGUMENTS_MAX + 1];
	int argc = arguments_split(line, argv);
	*ret_options = (struct shell_options){.command = command};
	return shell_operands_take(ret_options, argv + 1, argc - 1, reterr);
}

Test(shell_operands, refuse_percentages_that_do_not_add_up)
{
	static const struct {
		const char *line;
		const char *error;
	} rows[] = {
		{"60% a 60% b", "the percentages add up to 120; lower them to 100"},
		{"100% a b", "the percentages add up to 100 and leave nothing for b; lower one"},
		{"60% a", "the percentages add up to 60; name a file without one to take the rest"},
		{"101% a", "101%: a percentage is an integer from 0 to 100"},
		{"99999999999999999999% a", "99999999999999999999%: a percentage is an integer "
					    "from 0 to 100"},
		{"2.5% a b", "2.5%: a percentage is an integer from 0 to 100"},
		{"30%", "30%: name a file after it"},
		{"30% 70% a", "30%: name a file after it"},
		{"30% a 70% a", "a is named twice; give it one percentage"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct shell_options options;
		struct error error = {0};
		cr_expect_not(take(SHELL_COMMAND_QUOTE, rows[i].line, &options, &error), "%s",
			rows[i].line);
		cr_expect_str_eq(error.text, rows[i].error, "%s", rows[i].line);
		shell_options_finish(&options);
	}
}

Test(shell_operands, name_one_server)
{
	struct shell_options options;
	struct error error = {0};
	cr_assert(take(SHELL_COMMAND_GET, "", &options, &error));
	cr_expect_str_eq(options.target.host, "localhost");
	cr_expect_eq(options.target.port, 0);
	cr_assert(take(SHELL_COMMAND_GET, "[::1]:17", &options, &error));
	cr_expect_str_eq(options.target.host, "::1");
	cr_expect_eq(options.target.port, 17);
	cr_expect_not(take(SHELL_COMMAND_GET, "[localhost]:17", &options, &error));
	cr_expect_not(take(SHELL_COMMAND_GET, "a:0", &options, &error));
	cr_expect_str_eq(error.text, "'a:0' is not a server; write HOST, HOST:PORT or [IPV6]:PORT, "
				     "with a port from 1 to 65535");
}

Test(shell_operands, take_percentages)
{
	static const struct {
		const char *line;
		const char *files[3];
		long percents[3];
	} rows[] = {
		{"30% a 70% b", {"fortune:a", "fortune:b"}, {30, 70}},
		{"30%a b c/d", {"fortune:a", "fortune:b", "fortune:c/d"}, {30, -1, -1}},
		{"b 0% a", {"fortune:b", "fortune:a"}, {-1, 0}},
		{"100% a 0% b", {"fortune:a", "fortune:b"}, {100, 0}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct shell_options options;
		struct error error = {0};
		cr_assert(
			take(SHELL_COMMAND_LIST, rows[i].line, &options, &error), "%s", error.text);
		cr_assert_not_null(options.common.percents);
		for (size_t j = 0; j < options.common.quotes.count; j++) {
			cr_expect_str_eq(options.common.quotes.items[j], rows[i].files[j]);
			cr_expect_eq(options.common.percents[j], rows[i].percents[j]);
		}
		shell_options_finish(&options);
	}
}

Test(shell_operands, tell_files_from_collections, .init = scratch_enter, .fini = scratch_leave)
{
	struct shell_options options;
	struct error error = {0};
	scratch_write("here", "x", 1);
	cr_assert(take(SHELL_COMMAND_QUOTE, "here no-such ./nowhere csv:here", &options, &error));
	cr_assert_eq(options.common.quotes.count, 3);
	cr_expect_str_eq(options.common.quotes.items[0], "fortune:here");
	cr_expect_str_eq(options.common.quotes.items[1], "fortune:./nowhere");
	cr_expect_str_eq(options.common.quotes.items[2], "csv:here");
	cr_assert_eq(options.collections.count, 1);
	cr_expect_str_eq(options.collections.items[0], "no-such");
	shell_options_finish(&options);
}

#define FORTUNES "fortune:/usr/share/games/fortunes"

Test(shell_operands, find_the_fortunes_of_the_system, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		enum shell_command command;
		const char *word;
		const char *quotes; /* NULL: it names a collection or nothing */
	} rows[] = {
		{SHELL_COMMAND_QUOTE, "linux", FORTUNES "/linux"},
		{SHELL_COMMAND_LIST, "linux", FORTUNES "/linux"},
		{SHELL_COMMAND_CHECK, "linux", FORTUNES "/linux"},
		{SHELL_COMMAND_QUOTE, "all", FORTUNES},
		{SHELL_COMMAND_QUOTE, "all-o", FORTUNES "/off"},
		{SHELL_COMMAND_QUOTE, "zuse-o", FORTUNES "/off/zuse-o"},
		{SHELL_COMMAND_QUOTE, "es/off", FORTUNES "/es/off"},
		{SHELL_COMMAND_LIST, "art", "fortune:art"},
		{SHELL_COMMAND_LIST, "./linux", "fortune:./linux"},
		{SHELL_COMMAND_LIST, "no-such", NULL},
		{SHELL_COMMAND_QUOTE, "no-such-o", NULL},
	};
	scratch_write("art", "x", 1);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct shell_options options;
		struct error error = {0};
		cr_assert(take(rows[i].command, rows[i].word, &options, &error));
		const struct strings *quotes = &options.common.quotes;
		cr_expect_eq(quotes->count, rows[i].quotes != NULL, "%s", rows[i].word);
		cr_expect_eq(options.collections.count, rows[i].quotes == NULL);
		if (quotes->count > 0 && rows[i].quotes != NULL)
			cr_expect_str_eq(quotes->items[0], rows[i].quotes);
		shell_options_finish(&options);
	}
}

Test(shell_operands, find_none_of_these_if_a_configuration_is_named)
{
	char *words[] = {"linux"};
	struct error error = {0};
	struct shell_options options = {.common.config_path = "conf"};
	cr_assert(shell_operands_take(&options, words, 1, &error));
	cr_expect_eq(options.collections.count, 1);
	shell_options_finish(&options);
	options = (struct shell_options){.common.only_offensive = true};
	words[0] = "zuse";
	cr_assert(shell_operands_take(&options, words, 1, &error));
	cr_expect_str_eq(options.common.quotes.items[0], FORTUNES "/off/zuse-o");
	shell_options_finish(&options);
}

Test(shell_operands, of_a_check_may_be_unreadable, .init = scratch_enter, .fini = scratch_leave)
{
	struct shell_options options;
	struct error error = {0};
	scratch_write("here", "x", 1);
	cr_assert_eq(mkdir("directory", 0700), 0);
	cr_assert_eq(mkfifo("fifo", 0600), 0);
	cr_assert(
		take(SHELL_COMMAND_CHECK, "here gone directory lines:here fifo", &options, &error));
	cr_assert_eq(options.common.quotes.count, 3);
	cr_expect_str_eq(options.common.quotes.items[1], "fortune:directory");
	cr_expect_str_eq(options.common.quotes.items[2], "lines:here");
	cr_assert_eq(options.findings.count, 2);
	cr_expect_str_eq(options.findings.items[0], "gone: No such file or directory");
	cr_expect_str_eq(options.findings.items[1], "fifo: is a FIFO, not a file");
	shell_options_finish(&options);
	cr_assert(take(SHELL_COMMAND_CHECK, "gone", &options, &error));
	cr_expect_eq(options.common.quotes.count, 1, "it replaces the configured quotes");
	cr_expect_eq(options.findings.count, 1);
	shell_options_finish(&options);
}

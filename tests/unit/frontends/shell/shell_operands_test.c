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
	cr_assert(take(SHELL_COMMAND_QUOTE, "here linux ./nowhere", &options, &error));
	cr_assert_eq(options.common.quotes.count, 2);
	cr_expect_str_eq(options.common.quotes.items[0], "fortune:here");
	cr_expect_str_eq(options.common.quotes.items[1], "fortune:./nowhere");
	cr_assert_eq(options.collections.count, 1);
	cr_expect_str_eq(options.collections.items[0], "linux");
	shell_options_finish(&options);
	cr_assert(take(SHELL_COMMAND_LIST, "linux", &options, &error));
	cr_expect_eq(options.common.quotes.count, 1);
	shell_options_finish(&options);
}

Test(shell_operands, of_a_check_may_be_unreadable, .init = scratch_enter, .fini = scratch_leave)
{
	struct shell_options options;
	struct error error = {0};
	scratch_write("here", "x", 1);
	cr_assert_eq(mkdir("directory", 0700), 0);
	cr_assert_eq(mkfifo("fifo", 0600), 0);
	cr_assert(take(SHELL_COMMAND_CHECK, "here gone directory fifo", &options, &error));
	cr_assert_eq(options.common.quotes.count, 2);
	cr_expect_str_eq(options.common.quotes.items[1], "fortune:directory");
	cr_assert_eq(options.findings.count, 2);
	cr_expect_str_eq(options.findings.items[0], "gone: No such file or directory");
	cr_expect_str_eq(options.findings.items[1], "fifo: is a FIFO, not a file");
	shell_options_finish(&options);
	cr_assert(take(SHELL_COMMAND_CHECK, "gone", &options, &error));
	cr_expect_eq(options.common.quotes.count, 1, "it replaces the configured quotes");
	cr_expect_eq(options.findings.count, 1);
	shell_options_finish(&options);
}

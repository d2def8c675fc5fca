#include "frontends/shell/shell_options.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/arguments.h"
#include "tests/support/scratch.h"

static bool parse(const char *line, struct shell_options *ret_options, struct error *reterr)
{
	char *argv[ARGUMENTS_MAX + 1];
	int argc = arguments_split(line, argv);
	return shell_options_parse(argc, argv, ret_options, reterr);
}

static struct shell_options parsed(const char *line)
{
	struct shell_options options;
	struct error error = {0};
	cr_assert(parse(line, &options, &error), "%s: %s", line, error.text);
	return options;
}

Test(shell_options, refuses)
{
	static const struct {
		const char *line;
		const char *error;
	} rows[] = {
		{"quote --short --long", "--short and --long: use one of them"},
		{"quote --today --date 2026-01-01", "--today and --date: use one of them"},
		{"quote --today -s", "--today and --short: use one of them"},
		{"quote --today -l", "--today and --long: use one of them"},
		{"quote -n 5 --today", "--today and --length: use one of them"},
		{"quote --date 2026-01-01 -s", "--date and --short: use one of them"},
		{"quote --date 2026-01-01 --id abcd", "--date and --id: use one of them"},
		{"quote --today --search a", "--today and --search: use one of them"},
		{"quote --id abcd --search a", "--id and --search: use one of them"},
		{"quote --id abcd --count 2", "--id and --count: use one of them"},
		{"quote --id abcd -n 2", "--id and --length: use one of them"},
		{"quote --id abcd --seed 2", "--id and --seed: use one of them"},
		{"quote --search a -e", "--search and --equal: use one of them"},
		{"quote --today --seed 1", "--today and --seed: use one of them"},
		{"quote --today -m a", "--today and --match: use one of them"},
		{"quote --search a -m a", "--search and --match: use one of them"},
		{"quote -m a -w", "--match and --wait: use one of them"},
		{"quote -m a --seed 1", "--match and --seed: use one of them"},
		{"quote -i", "--ignore-case: goes with --match only"},
		{"quote -a -o", "--all and --offensive: use one of them"},
		{"quote -f -m a", "--match: goes with quoted quote only"},
		{"list -w", "--wait: goes with quoted quote only"},
		{"check -f", "-f: goes with quoted quote and quoted list only"},
		{"check 30% a b", "a percentage: goes with quoted quote and quoted list only"},
		{"quote --today 30% a b", "--today and a percentage: use one of them"},
		{"quote -e 30% a b", "--equal and a percentage: use one of them"},
		{"quote 60% a 60% b", "the percentages sum up to 120, over 100"},
		{"quote 100% a b", "the percentages sum up to 100 and leave nothing to b"},
		{"quote 60% a", "the percentages sum up to 60 and nothing takes the rest; leave "
				"one file without"},
		{"quote 101% a", "101%: a percentage is an integer from 0 to 100"},
		{"quote 99999999999999999999% a", "99999999999999999999%: a percentage is an "
						  "integer from 0 to 100"},
		{"quote 2.5% a b", "2.5%: a percentage is an integer from 0 to 100"},
		{"quote 30%", "30%: write a file behind it"},
		{"quote 30% 70% a", "30%: write a file behind it"},
		{"quote 30% a 70% a", "a: is named twice; give it one percentage"},
		{"list --today", "--today: goes with quoted quote only"},
		{"list --seed 1", "--seed: goes with quoted quote only"},
		{"list -s", "--short: goes with quoted quote only"},
		{"list --count 2", "--count: goes with quoted quote only"},
		{"check --collection a",
			"--collection: goes with quoted quote and quoted list only"},
		{"check --json", "--json: goes with quoted quote and quoted list only"},
		{"check -e", "--equal: goes with quoted quote and quoted list only"},
		{"check --id abcd", "--id: goes with quoted quote only"},
		{"quote --bogus", "unknown option '--bogus'; see 'quoted quote --help'"},
		{"quote -es --x=y", "unknown option '--x'; see 'quoted quote --help'"},
		{"quote -c a -ze", "unknown option '-z'; see 'quoted quote --help'"},
		{"quote --wait=1", "option '--wait' takes no value; see 'quoted quote --help'"},
		{"quote -n", "option '-n' needs a value; see 'quoted quote --help'"},
		{"quote -n 0", "--length: '0' is no number from 1 to 1000000"},
		{"quote --count 1000001", "--count: '1000001' is no number from 1 to 1000000"},
		{"quote --count x", "--count: 'x' is no number from 1 to 1000000"},
		{"quote --seed -1", "--seed: '-1' is not a number from 0 to 2^64 - 1"},
		{"quote --date 2026-02-30",
			"--date: '2026-02-30' is no date; write it as 2026-12-25"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct shell_options options;
		struct error error = {0};
		cr_expect_not(parse(rows[i].line, &options, &error), "%s", rows[i].line);
		cr_expect_str_eq(error.text, rows[i].error, "%s", rows[i].line);
	}
}

Test(shell_options, lets_what_goes_together)
{
	static const char *const lines[] = {
		"quote",
		"quote -s -n 80 --count 3 --json --seed 7 -e -a -c x",
		"quote -l --search words --count 2",
		"quote --today --count 3 --json --collection a",
		"quote --date 2026-01-01 --count 3",
		"quote --id abcd --collection a --collection b",
		"list -a -e --json --collection a -c x",
		"check -a -c x file",
		"check --today -h",
		"quote -m a -i -s --count 2 --json --collection a",
		"quote -w --today --count 2",
		"quote -f -o --json",
		"check -o",
		"list 100% a",
		"quote --seed 1 -s 30% a b",
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct shell_options options = parsed(lines[i]);
		shell_options_finish(&options);
	}
}

Test(shell_options, filter_by_length)
{
	static const struct {
		const char *line;
		size_t minimum;
		size_t maximum;
	} rows[] = {
		{"quote", 0, 0},
		{"quote -s", 0, 160},
		{"quote -l", 161, 0},
		{"quote -n 20", 0, 20},
		{"quote -s -n 20", 0, 20},
		{"quote -ln 20", 21, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct shell_options options = parsed(rows[i].line);
		cr_expect_eq(options.filter.min_bytes, rows[i].minimum, "%s", rows[i].line);
		cr_expect_eq(options.filter.max_bytes, rows[i].maximum, "%s", rows[i].line);
		shell_options_finish(&options);
	}
}

Test(shell_options, take_what_is_asked)
{
	struct shell_options options =
		parsed("quote -c conf --seed 18446744073709551615 --count 9 -ae --json");
	cr_expect_eq(options.command, SHELL_COMMAND_QUOTE);
	cr_expect_str_eq(options.common.config_path, "conf");
	cr_expect(options.common.seeded && options.common.seed == UINT64_MAX);
	cr_expect_eq(options.count, 9);
	cr_expect(options.common.offensive && options.common.equal && options.json);
	options = parsed("quote --date 1970-01-02 --count 2");
	cr_expect(options.dated && !options.today && options.day == 1);
	options = parsed("check -h");
	cr_expect_eq(options.command, SHELL_COMMAND_HELP);
}

Test(shell_options, count_one_quote_but_all_that_match)
{
	struct shell_options options = parsed("quote");
	cr_expect_eq(options.count, 1);
	options = parsed("quote -m a");
	cr_expect_eq(options.count, 0);
	cr_expect_str_eq(options.match, "a");
	options = parsed("quote --match a --count 7");
	cr_expect_eq(options.count, 7);
	options = parsed("quote -f");
	cr_expect_eq(options.command, SHELL_COMMAND_LIST);
	options = parsed("quote -o");
	cr_expect(options.common.offensive && options.common.only_offensive);
}

Test(shell_options, take_percentages)
{
	static const struct {
		const char *line;
		const char *files[3];
		long percents[3];
	} rows[] = {
		{"quote 30% a 70% b", {"fortune:a", "fortune:b"}, {30, 70}},
		{"quote 30%a b c/d", {"fortune:a", "fortune:b", "fortune:c/d"}, {30, -1, -1}},
		{"list b 0% a", {"fortune:b", "fortune:a"}, {-1, 0}},
		{"list 100% a 0% b", {"fortune:a", "fortune:b"}, {100, 0}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct shell_options options = parsed(rows[i].line);
		cr_assert_not_null(options.common.percents);
		for (size_t j = 0; j < options.common.quotes.count; j++) {
			cr_expect_str_eq(options.common.quotes.items[j], rows[i].files[j]);
			cr_expect_eq(options.common.percents[j], rows[i].percents[j]);
		}
		shell_options_finish(&options);
	}
}

Test(shell_options, tell_files_from_collections, .init = scratch_enter, .fini = scratch_leave)
{
	scratch_write("here", "x", 1);
	struct shell_options options = parsed("quote here linux ./nowhere");
	cr_assert_eq(options.common.quotes.count, 2);
	cr_expect_str_eq(options.common.quotes.items[0], "fortune:here");
	cr_expect_str_eq(options.common.quotes.items[1], "fortune:./nowhere");
	cr_assert_eq(options.collections.count, 1);
	cr_expect_str_eq(options.collections.items[0], "linux");
	shell_options_finish(&options);
	options = parsed("check linux");
	cr_expect_eq(options.common.quotes.count, 1);
	shell_options_finish(&options);
}

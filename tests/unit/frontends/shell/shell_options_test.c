#include "frontends/shell/shell_options.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/arguments.h"

#define QUEUE_USAGE                                                                                \
	"write quoted queue list, quoted queue retry ID... or quoted queue drop ID...; see "       \
	"'quoted queue --help'"

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
		{"check 30% a b", "a percentage works only with 'quoted quote' and 'quoted list'"},
		{"quote 60% a 60% b", "the percentages add up to 120; lower them to 100"},
		{"list --today", "--today works only with 'quoted quote'"},
		{"list --seed 1", "--seed works only with 'quoted quote'"},
		{"list -s", "--short works only with 'quoted quote'"},
		{"list --count 2", "--count works only with 'quoted quote'"},
		{"check --collection a",
			"--collection works only with 'quoted quote' and 'quoted list'"},
		{"list -v", "--verbose works only with 'quoted check'"},
		{"list --show-id", "--show-id works only with 'quoted quote'"},
		{"quote --verbose", "--verbose works only with 'quoted check'"},
		{"quote --width 80 --json", "use either --width or --json, not both"},
		{"quote --width 0", "--width: '0' is not a number from 1 to 10000"},
		{"list --bogus", "unknown option '--bogus'; see 'quoted list --help'"},
		{"check -e", "--equal works only with 'quoted quote' and 'quoted list'"},
		{"get -c a", "--config works only with 'quoted quote', 'quoted list', "
			     "'quoted check', 'quoted deliver', 'quoted queue' and 'quoted "
			     "subscribers'"},
		{"get --json", "--json works only with 'quoted quote', 'quoted list', 'quoted "
			       "check' and 'quoted queue'"},
		{"subscribers list --json",
			"--json works only with 'quoted quote', 'quoted list', 'quoted check' and "
			"'quoted queue'"},
		{"queue --json drop 7", "--json works only with 'quoted queue list'"},
		{"queue --wrong list", "unknown option '--wrong'; see 'quoted queue --help'"},
		{"queue list -c", "option '-c' needs a value; see 'quoted queue --help'"},
		{"queue", QUEUE_USAGE},
		{"queue -c x", QUEUE_USAGE},
		{"queue mail", QUEUE_USAGE},
		{"queue list 7", QUEUE_USAGE},
		{"queue drop", QUEUE_USAGE},
		{"subscribers erase",
			"write quoted subscribers list, quoted subscribers export or quoted "
			"subscribers erase ADDRESS...; see 'quoted subscribers --help'"},
		{"get a b", "b: one server is enough; name only one"},
		{"get --timeout 0", "--timeout: '0' is not a number from 1 to 3600"},
		{"get -t 3601", "--timeout: '3601' is not a number from 1 to 3600"},
		{"get -n 1000001", "--length: '1000001' is not a number from 1 to 1000000"},
		{"quote --udp", "--udp works only with 'quoted get'"},
		{"list -n 5", "--length works only with 'quoted quote' and 'quoted get'"},
		{"check --timeout 5", "--timeout works only with 'quoted get'"},
		{"check --id abcd", "--id works only with 'quoted quote'"},
		{"quote --bogus", "unknown option '--bogus'; see 'quoted quote --help'"},
		{"quote -es --x=y", "unknown option '--x'; see 'quoted quote --help'"},
		{"quote -c a -ze", "unknown option '-z'; see 'quoted quote --help'"},
		{"quote --wait=1", "option '--wait' takes no value; see 'quoted quote --help'"},
		{"quote -n", "option '-n' needs a value; see 'quoted quote --help'"},
		{"quote -n 0", "--length: '0' is not a number from 1 to 1000000"},
		{"quote --count 1000001", "--count: '1000001' is not a number from 1 to 1000000"},
		{"quote --count x", "--count: 'x' is not a number from 1 to 1000000"},
		{"quote --seed -1", "--seed: '-1' is not a number from 0 to 2^64 - 1"},
		{"quote --date 2026-02-30",
			"--date: '2026-02-30' is not a date; write it as 2026-12-25"},
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
		"quote -s -n 80 --count 3 --json --seed 7 -e -a --config x",
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
		"quote -fcu",
		"quote -cu --show-id --width 80 -m x",
		"check -v --json",
		"check -o",
		"list 100% a",
		"quote --seed 1 -s 30% a b",
		"get",
		"deliver -f a@b.example quote@q.example",
		"get -u -t 3600 -n 1 example.org",
		"get --today -h",
		"queue list --json -c x",
		"queue -h",
		"subscribers export",
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
		parsed("quote --config conf --seed 18446744073709551615 --count 9 -ae --json");
	cr_expect_eq(options.command, SHELL_COMMAND_QUOTE);
	cr_expect_str_eq(options.common.config_path, "conf");
	cr_expect(options.common.seeded && options.common.seed == UINT64_MAX);
	cr_expect_eq(options.count, 9);
	cr_expect(options.common.offensive && options.common.equal && options.json);
	options = parsed("quote --date 1970-01-02 --count 2");
	cr_expect(options.dated && !options.today && options.day == 1);
	options = parsed("check -h");
	cr_expect(options.command == SHELL_COMMAND_CHECK && options.help);
	options = parsed("quote -v nothing");
	cr_expect(options.version && options.common.quotes.count == 0);
	options = parsed("quote -c --show-id --width 40");
	cr_expect(options.show_file && options.show_id && options.width == 40);
}

Test(shell_options, name_a_server_and_its_limits)
{
	struct shell_options options = parsed("get");
	cr_assert_str_eq(options.target.host, "localhost");
	cr_assert_eq(options.timeout, 5);
	cr_assert_eq(options.filter.max_bytes, 65536);
	cr_assert_not(options.udp);
	shell_options_finish(&options);
	options = parsed("get example.org:7 --udp --timeout 9 --length 3");
	cr_assert_str_eq(options.target.host, "example.org");
	cr_assert_eq(options.target.port, 7);
	cr_assert_eq(options.timeout, 9);
	cr_assert_eq(options.filter.max_bytes, 3);
	cr_assert(options.udp);
	shell_options_finish(&options);
}

Test(shell_options, take_an_action_and_its_subjects)
{
	char *argv[ARGUMENTS_MAX + 1];
	int argc = arguments_split("queue -c conf drop 7 all", argv);
	struct shell_options options;
	struct error error = {0};
	cr_assert(shell_options_parse(argc, argv, &options, &error), "%s", error.text);
	cr_expect_str_eq(options.common.config_path, "conf");
	cr_expect_str_eq(options.action, "drop");
	cr_assert_eq(options.subject_count, 2);
	cr_expect_str_eq(options.subjects[1], "all");
	options = parsed("queue list --json");
	cr_expect_str_eq(options.action, "list");
	cr_expect(options.subject_count == 0 && options.json);
	options = parsed("list --json");
	cr_expect(options.action == NULL && options.json);
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

Test(shell_options, of_a_command_are_in_its_help)
{
	static const struct {
		enum shell_command command;
		const char *has, *lacks;
	} rows[] = {
		{SHELL_COMMAND_QUOTE, "  -c, --show-file", "-c, --config"},
		{SHELL_COMMAND_QUOTE, "      --config FILE", "--udp"},
		{SHELL_COMMAND_LIST, "  -c, --config FILE", "--show-file"},
		{SHELL_COMMAND_CHECK, "  -v, --verbose", "--version"},
		{SHELL_COMMAND_GET, "  -u, --udp", "--config"},
		{SHELL_COMMAND_QUEUE, "\n  retry ID...       send these now", "--today"},
		{SHELL_COMMAND_QUEUE, "      --json", "--today"},
		{SHELL_COMMAND_SUBSCRIBERS, "\n  erase ADDRESS...  end the ", "--json"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *help = shell_options_help(rows[i].command);
		cr_expect_not_null(strstr(help, rows[i].has), "%s", help);
		cr_expect_null(strstr(help, rows[i].lacks), "%s", help);
		cr_expect_not_null(strstr(help, "\nExamples:\n  quoted "));
		cr_expect_not_null(strstr(help, "\nExit status: 0 if all went well; 'man quoted-"));
		free(help);
	}
}

Test(shell_options, suggest_a_command)
{
	static const struct {
		const char *word;
		const char *command; /* NULL: none is close */
	} rows[] = {{"quot", "quote"}, {"lst", "list"}, {"chekc", "check"}, {"queu", "queue"},
		{"subscriber", "subscribers"}, {"serve", NULL}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *command = shell_options_suggest(rows[i].word);
		cr_expect_eq(command == NULL, rows[i].command == NULL, "%s", rows[i].word);
		if (command != NULL && rows[i].command != NULL)
			cr_expect_str_eq(command, rows[i].command);
	}
}

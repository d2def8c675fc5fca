#include "frontends/shell/shell_options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
#include "frontends/shell/shell_operands.h"

enum {
	SHORT_QUOTE = 160, /* octets, as in fortune */
	LENGTH_MAX = 1000000,
	COUNT_MAX = 1000000,
	/* The value of a long option for getopt is this and its number: no letter is so large. */
	LONG = COMMON_OPTIONS_LONG + 1,
};

const char shell_options_help[] =
	"Usage: quoted quote [OPTION]... [[N%] FILE-OR-COLLECTION]...  print a quote\n"
	"       quoted list [OPTION]... [[N%] FILE]...  list collections, files and shares\n"
	"       quoted check [OPTION]... [FILE]...      report what is odd in the files\n"
	"\n"
	"  -c, --config FILE      use the quotes of this configuration\n"
	"      --collection NAME  use only this collection or file; can be repeated\n"
	"  -s, --short            only quotes of at most 160 octets, or of -n's number\n"
	"  -l, --long             only longer quotes\n"
	"  -n, --length N         only quotes of at most N octets\n"
	"  -a, --all              include the offensive files of directories\n"
	"  -o, --offensive        only offensive files: those in off/ or named *-o\n"
	"  -e, --equal            give every file the same chance\n"
	"      --today            print today's quote; with --count, the next days' too\n"
	"      --date YYYY-MM-DD  print that day's quote\n"
	"      --id ID            print the quote with this id, or 4 or more letters of it\n"
	"      --search WORDS     print the best match: words \"phrases\" pre* -not author:x in:y\n"
	"  -m, --match PATTERN    print every quote that matches; patterns as in grep\n"
	"  -i, --ignore-case      ignore case in the pattern of -m\n"
	"  -w, --wait             wait afterwards, long enough to read it\n"
	"  -f                     'quoted quote -f' is 'quoted list'\n"
	"      --count N          print N quotes, with a line of % between them\n"
	"      --json             print a JSON object a line\n"
	"      --seed N           make the same random choices as every run with this N\n"
	"  -h, --help             print this and exit\n"
	"\n"
	"Exit status: 0; 1 nothing found, or check found an error; 64 wrong usage, 66 no quotes "
	"in\n"
	"the files named, 74 cannot write the output, 78 wrong configuration.\n";

static const char *const commands[] = {"quote", "list", "check"};

static const char short_options[] = ":c:sln:aoem:iwfh";

/* The letters in short_options. */
static const char letters[SHELL_OPTION_END] = {
	[SHELL_OPTION_CONFIG] = 'c',
	[SHELL_OPTION_SHORT] = 's',
	[SHELL_OPTION_LONG] = 'l',
	[SHELL_OPTION_LENGTH] = 'n',
	[SHELL_OPTION_ALL] = 'a',
	[SHELL_OPTION_OFFENSIVE] = 'o',
	[SHELL_OPTION_EQUAL] = 'e',
	[SHELL_OPTION_MATCH] = 'm',
	[SHELL_OPTION_IGNORE_CASE] = 'i',
	[SHELL_OPTION_WAIT] = 'w',
	[SHELL_OPTION_LIST] = 'f',
	[SHELL_OPTION_HELP] = 'h',
};

static const struct option long_options[] = {
	{"config", required_argument, NULL, LONG + SHELL_OPTION_CONFIG},
	{"collection", required_argument, NULL, LONG + SHELL_OPTION_COLLECTION},
	{"short", no_argument, NULL, LONG + SHELL_OPTION_SHORT},
	{"long", no_argument, NULL, LONG + SHELL_OPTION_LONG},
	{"length", required_argument, NULL, LONG + SHELL_OPTION_LENGTH},
	{"all", no_argument, NULL, LONG + SHELL_OPTION_ALL},
	{"offensive", no_argument, NULL, LONG + SHELL_OPTION_OFFENSIVE},
	{"equal", no_argument, NULL, LONG + SHELL_OPTION_EQUAL},
	{"today", no_argument, NULL, LONG + SHELL_OPTION_TODAY},
	{"date", required_argument, NULL, LONG + SHELL_OPTION_DATE},
	{"id", required_argument, NULL, LONG + SHELL_OPTION_ID},
	{"search", required_argument, NULL, LONG + SHELL_OPTION_SEARCH},
	{"match", required_argument, NULL, LONG + SHELL_OPTION_MATCH},
	{"ignore-case", no_argument, NULL, LONG + SHELL_OPTION_IGNORE_CASE},
	{"wait", no_argument, NULL, LONG + SHELL_OPTION_WAIT},
	{"count", required_argument, NULL, LONG + SHELL_OPTION_COUNT},
	{"json", no_argument, NULL, LONG + SHELL_OPTION_JSON},
	{"seed", required_argument, NULL, LONG + SHELL_OPTION_SEED},
	{"help", no_argument, NULL, LONG + SHELL_OPTION_HELP},
	{NULL, 0, NULL, 0},
};

/* A command line while it is parsed. */
struct parsing {
	struct shell_options *options;
	uint32_t given; /* the set of options */
	long length;    /* of -n; 0: not given */
};

bool shell_options_is_command(const char *word)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(word, commands[i]) == 0)
			return true;
	return false;
}

static bool parse_number(
	const char *option, const char *text, long maximum, long *ret_number, struct error *reterr)
{
	char *end;
	errno = 0;
	long number = strtol(text, &end, 10);
	if (end != text && *end == '\0' && errno == 0 && number >= 1 && number <= maximum) {
		*ret_number = number;
		return true;
	}
	error_set(reterr, "%s: '%s' is not a number from 1 to %ld", option, text, maximum);
	return false;
}

static bool parse_date(struct shell_options *options, const char *text, struct error *reterr)
{
	options->dated = day_parse(text, &options->day);
	if (!options->dated)
		error_set(reterr, "--date: '%s' is not a date; write it as 2026-12-25", text);
	return options->dated;
}

/* Returns the option that getopt found; SHELL_OPTION_END if it is unknown. */
static enum shell_option option_of(int found)
{
	enum shell_option option = SHELL_OPTION_CONFIG;
	if (found >= LONG)
		return (enum shell_option)(found - LONG);
	while (option < SHELL_OPTION_END && letters[option] != found)
		option++;
	return option;
}

static bool has(const struct parsing *parsing, enum shell_option option)
{
	return (parsing->given & shell_rules_bit(option)) != 0;
}

static bool take_value(struct parsing *parsing, enum shell_option option, struct error *reterr)
{
	struct shell_options *options = parsing->options;
	parsing->given |= shell_rules_bit(option);
	if (option == SHELL_OPTION_CONFIG)
		options->common.config_path = optarg;
	else if (option == SHELL_OPTION_COLLECTION)
		strings_add(&options->collections, optarg);
	else if (option == SHELL_OPTION_ID)
		options->id = optarg;
	else if (option == SHELL_OPTION_SEARCH)
		options->search = optarg;
	else if (option == SHELL_OPTION_MATCH)
		options->match = optarg;
	else if (option == SHELL_OPTION_LENGTH)
		return parse_number("--length", optarg, LENGTH_MAX, &parsing->length, reterr);
	else if (option == SHELL_OPTION_COUNT)
		return parse_number("--count", optarg, COUNT_MAX, &options->count, reterr);
	else if (option == SHELL_OPTION_DATE)
		return parse_date(options, optarg, reterr);
	else if (option == SHELL_OPTION_SEED)
		return common_options_take_seed(&options->common, optarg, reterr);
	return true;
}

static void set_filter(const struct parsing *parsing)
{
	struct quote_filter *filter = &parsing->options->filter;
	size_t limit = parsing->length > 0 ? (size_t)parsing->length : SHORT_QUOTE;
	if (has(parsing, SHELL_OPTION_LONG))
		filter->min_bytes = limit + 1;
	else if (has(parsing, SHELL_OPTION_SHORT) || parsing->length > 0)
		filter->max_bytes = limit;
}

static void set_flags(struct parsing *parsing)
{
	struct shell_options *options = parsing->options;
	options->common.only_offensive = has(parsing, SHELL_OPTION_OFFENSIVE);
	options->common.offensive =
		options->common.only_offensive || has(parsing, SHELL_OPTION_ALL);
	options->common.equal = has(parsing, SHELL_OPTION_EQUAL);
	options->today = has(parsing, SHELL_OPTION_TODAY);
	options->json = has(parsing, SHELL_OPTION_JSON);
	options->ignore_case = has(parsing, SHELL_OPTION_IGNORE_CASE);
	options->wait = has(parsing, SHELL_OPTION_WAIT);
	if (options->match == NULL && !has(parsing, SHELL_OPTION_COUNT))
		options->count = 1;
	if (options->common.percents != NULL)
		parsing->given |= shell_rules_bit(SHELL_OPTION_PERCENT);
	set_filter(parsing);
}

static bool parse(int argc, char **argv, struct parsing *parsing, struct error *reterr)
{
	optind = 0;
	for (;;) {
		int found = getopt_long(argc, argv, short_options, long_options, NULL);
		if (found == -1)
			break;
		enum shell_option option = option_of(found);
		if (option == SHELL_OPTION_END)
			return common_options_refuse(found, argv, "quoted quote --help", reterr);
		if (!take_value(parsing, option, reterr))
			return false;
	}
	if (has(parsing, SHELL_OPTION_LIST) && parsing->options->command == SHELL_COMMAND_QUOTE)
		parsing->options->command = SHELL_COMMAND_LIST;
	if (!has(parsing, SHELL_OPTION_HELP) &&
		!shell_operands_take(parsing->options, argv + optind, argc - optind, reterr))
		return false;
	set_flags(parsing);
	if (!has(parsing, SHELL_OPTION_HELP))
		return shell_rules_check(parsing->options->command, parsing->given, reterr);
	parsing->options->command = SHELL_COMMAND_HELP;
	return true;
}

bool shell_options_parse(
	int argc, char **argv, struct shell_options *ret_options, struct error *reterr)
{
	struct parsing parsing = {.options = ret_options};
	*ret_options = (struct shell_options){0};
	while (strcmp(argv[1], commands[ret_options->command]) != 0)
		ret_options->command++;
	if (parse(argc - 1, argv + 1, &parsing, reterr))
		return true;
	shell_options_finish(ret_options);
	return false;
}

void shell_options_finish(struct shell_options *options)
{
	common_options_finish(&options->common);
	strings_finish(&options->collections);
	strings_finish(&options->findings);
}

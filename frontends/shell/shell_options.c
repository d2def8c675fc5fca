#include "frontends/shell/shell_options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "core/base/suggest.h"
#include "frontends/shell/shell_operands.h"

enum {
	SHORT_QUOTE = 160, /* octets, as in fortune */
	LENGTH_MAX = 1000000,
	COUNT_MAX = 1000000,
	ANSWER_LENGTH = 65536, /* octets that get takes */
	TIMEOUT = 5,           /* seconds */
	TIMEOUT_MAX = 3600,
	WIDTH_MAX = 10000, /* columns */
	ACTION_WIDTH = sizeof "  erase ADDRESS...  " - 1,
};

const struct shell_command_row shell_options_commands[] = {
	[SHELL_COMMAND_QUOTE] = {"quote", "[[N%] FILE-OR-COLLECTION]...", "print a quote",
		"  quoted quote                      one of all quotes\n"
		"  quoted quote -s computers         a short one of the system's file computers\n"
		"  quoted quote 70% all 30% mine     in three of ten cases one of the file mine\n"
		"  quoted quote --search 'apple author:twain'\n"},
	[SHELL_COMMAND_LIST] = {"list", "[[N%] FILE-OR-COLLECTION]...",
		"list collections, files and shares",
		"  quoted list                       all quotes\n"
		"  quoted list -a computers all-o    a file, and all that is offensive\n"
		"  quoted list --config /etc/quoted/quoted.conf\n"},
	[SHELL_COMMAND_CHECK] = {"check", "[FILE]...", "report what is odd in the files",
		"  quoted check mine                 a summary for each kind, file and front end\n"
		"  quoted check -v mine              each oddity as FILE:LINE\n"
		"  quoted check --json mine          the same for programs\n"},
	[SHELL_COMMAND_GET] = {"get", "[HOST[:PORT]]", "ask a QOTD server",
		"  quoted get                        this machine, port 17 or 1717\n"
		"  quoted get -u example.org:1717    another one, over UDP\n"},
	[SHELL_COMMAND_DELIVER] = {"deliver", "[ADDRESS]", "hand a message to the daemon",
		"  quoted deliver <message           answered as if it had come by mail\n"
		"  \"|/usr/bin/quoted deliver\"        in the .forward of a user\n"},
	[SHELL_COMMAND_QUEUE] = {"queue", "list|retry|drop [ID]...",
		"show or change the queue of mail",
		"  quoted queue list                 a line for each message, with its ID\n"
		"  quoted queue list --json          the same for programs\n"
		"  quoted queue retry 7 9            send these two now\n"
		"  quoted queue drop all             forget all but what is being sent\n"},
	[SHELL_COMMAND_SUBSCRIBERS] = {"subscribers", "list|export|erase [ADDRESS]...",
		"show or erase who gets a daily mail",
		"  quoted subscribers list           a line for each\n"
		"  quoted subscribers export >kept   all that is kept of them\n"
		"  quoted subscribers erase ann@example.org\n"},
	{0},
};

static const struct option_row rows[] = {
	{SHELL_OPTION_CONFIG, 'c', "config", "FILE", "use this configuration"},
	{SHELL_OPTION_COLLECTION, '\0', "collection", "NAME",
		"use only this collection or file; can be repeated"},
	{SHELL_OPTION_SHORT, 's', "short", NULL,
		"only quotes of at most 160 octets, or of -n's number"},
	{SHELL_OPTION_LONG, 'l', "long", NULL, "only longer quotes"},
	{SHELL_OPTION_LENGTH, 'n', "length", "N", "only quotes of at most N octets"},
	{SHELL_OPTION_ALL, 'a', "all", NULL, "include the offensive files of directories"},
	{SHELL_OPTION_OFFENSIVE, 'o', "offensive", NULL,
		"only offensive files: those in off/ or named *-o"},
	{SHELL_OPTION_EQUAL, 'e', "equal", NULL, "give every file the same chance"},
	{SHELL_OPTION_TODAY, '\0', "today", NULL,
		"print today's quote; with --count, the next days' too"},
	{SHELL_OPTION_DATE, '\0', "date", "YYYY-MM-DD", "print that day's quote"},
	{SHELL_OPTION_ID, '\0', "id", "ID",
		"print the quote with this id, or 4 or more letters of it"},
	{SHELL_OPTION_SEARCH, '\0', "search", "WORDS",
		"print the best match: words \"phrases\" pre* -not author:x in:y lang:z tag:t"},
	{SHELL_OPTION_MATCH, 'm', "match", "PATTERN",
		"print every quote that matches; patterns as in grep"},
	{SHELL_OPTION_IGNORE_CASE, 'i', "ignore-case", NULL, "ignore case in the pattern of -m"},
	{SHELL_OPTION_SHOW_FILE, 'c', "show-file", NULL, "print the file of a quote before it"},
	{SHELL_OPTION_SHOW_ID, '\0', "show-id", NULL, "print the id of a quote before it"},
	{SHELL_OPTION_WIDTH, '\0', "width", "N", "break lines of more than N columns"},
	{SHELL_OPTION_WAIT, 'w', "wait", NULL, "wait afterwards, long enough to read it"},
	{SHELL_OPTION_LIST, 'f', NULL, NULL, "'quoted quote -f' is 'quoted list'"},
	{SHELL_OPTION_UNTRANSLATED, 'u', NULL, NULL,
		"as always, print UTF-8 whatever the locale is"},
	{SHELL_OPTION_COUNT, '\0', "count", "N", "print N quotes, with a line of % between them"},
	{SHELL_OPTION_JSON, '\0', "json", NULL, "print a JSON object a line"},
	{SHELL_OPTION_VERBOSE, 'v', "verbose", NULL, "print each oddity with its line"},
	{SHELL_OPTION_SEED, '\0', "seed", "N",
		"make the same random choices as every run with this N"},
	{SHELL_OPTION_UDP, 'u', "udp", NULL, "ask over UDP instead of TCP"},
	{SHELL_OPTION_TIMEOUT, 't', "timeout", "SECONDS",
		"wait at most this long for the server, by default 5"},
	{SHELL_OPTION_SENDER, 'f', "sender", "SENDER",
		"the envelope's sender; else the message or $SENDER says it"},
	{SHELL_OPTION_VERSION, 'v', "version", NULL, "print the version and exit"},
	{SHELL_OPTION_HELP, 'h', "help", NULL, "print this and exit"},
	{0},
};

/* A command line while it is parsed. */
struct parsing {
	struct shell_options *options;
	struct option_row rows[SHELL_OPTIONS_TABLE_SIZE];
	uint32_t given; /* the set of options */
	long length;    /* of -n; 0: not given */
};

bool shell_options_is_command(const char *word)
{
	const struct shell_command_row *row = shell_options_commands;
	while (row->name != NULL && strcmp(word, row->name) != 0)
		row++;
	return row->name != NULL;
}

const char *shell_options_suggest(const char *word)
{
	enum { COUNT = sizeof shell_options_commands / sizeof shell_options_commands[0] - 1 };
	const char *names[COUNT];
	for (size_t i = 0; i < COUNT; i++)
		names[i] = shell_options_commands[i].name;
	return suggest_nearest(word, names, COUNT);
}

/* In fortune, quote's -c is another option. */
static void add_row(
	enum shell_command command, const struct option_row *row, struct option_row *ret_row)
{
	*ret_row = *row;
	if (command == SHELL_COMMAND_QUOTE && row->id == SHELL_OPTION_CONFIG)
		ret_row->letter = '\0';
}

size_t shell_options_table(
	enum shell_command command, struct option_row ret_rows[SHELL_OPTIONS_TABLE_SIZE])
{
	size_t known = 0;
	size_t count = 0;
	for (const struct option_row *row = rows; row->help != NULL; row++)
		if (shell_rules_knows(command, (enum shell_option)row->id))
			add_row(command, row, &ret_rows[count++]);
	known = count;
	for (const struct option_row *row = rows; row->help != NULL; row++)
		if (!shell_rules_knows(command, (enum shell_option)row->id))
			add_row(command, row, &ret_rows[count++]);
	ret_rows[count] = (struct option_row){0};
	return known;
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

static bool has(const struct parsing *parsing, enum shell_option option)
{
	return (parsing->given & shell_rules_bit(option)) != 0;
}

static bool take_value(struct parsing *parsing, enum shell_option option, struct error *reterr)
{
	struct shell_options *options = parsing->options;
	/* As in fortune, the last of the two counts. */
	if (option == SHELL_OPTION_SHORT || option == SHELL_OPTION_LONG)
		parsing->given &=
			~(shell_rules_bit(SHELL_OPTION_SHORT) | shell_rules_bit(SHELL_OPTION_LONG));
	parsing->given |= shell_rules_bit(option);
	if (option == SHELL_OPTION_CONFIG)
		options->common.config_path = optarg;
	else if (option == SHELL_OPTION_COLLECTION)
		strings_add(&options->collections, optarg);
	else if (option == SHELL_OPTION_ID)
		options->id = optarg;
	else if (option == SHELL_OPTION_SENDER)
		options->sender = optarg;
	else if (option == SHELL_OPTION_SEARCH)
		options->search = optarg;
	else if (option == SHELL_OPTION_MATCH)
		options->match = optarg;
	else if (option == SHELL_OPTION_LENGTH)
		return parse_number("--length", optarg, LENGTH_MAX, &parsing->length, reterr);
	else if (option == SHELL_OPTION_COUNT)
		return parse_number("--count", optarg, COUNT_MAX, &options->count, reterr);
	else if (option == SHELL_OPTION_WIDTH)
		return parse_number("--width", optarg, WIDTH_MAX, &options->width, reterr);
	else if (option == SHELL_OPTION_TIMEOUT)
		return parse_number("--timeout", optarg, TIMEOUT_MAX, &options->timeout, reterr);
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
	else if (parsing->options->command == SHELL_COMMAND_GET)
		filter->max_bytes = ANSWER_LENGTH;
}

/* What the operands depend on. */
static void set_kinds(struct parsing *parsing)
{
	parsing->options->json = has(parsing, SHELL_OPTION_JSON);
	struct common_options *common = &parsing->options->common;
	bool all = has(parsing, SHELL_OPTION_ALL);
	common->only_offensive = has(parsing, SHELL_OPTION_OFFENSIVE) && !all;
	common->offensive = common->only_offensive || all;
	common->equal = has(parsing, SHELL_OPTION_EQUAL);
}

static void set_flags(struct parsing *parsing)
{
	struct shell_options *options = parsing->options;
	options->today = has(parsing, SHELL_OPTION_TODAY);
	options->show_file = has(parsing, SHELL_OPTION_SHOW_FILE);
	options->show_id = has(parsing, SHELL_OPTION_SHOW_ID);
	options->ignore_case = has(parsing, SHELL_OPTION_IGNORE_CASE);
	options->wait = has(parsing, SHELL_OPTION_WAIT) && options->match == NULL;
	options->verbose = has(parsing, SHELL_OPTION_VERBOSE);
	options->udp = has(parsing, SHELL_OPTION_UDP);
	if (options->match == NULL && !has(parsing, SHELL_OPTION_COUNT))
		options->count = 1;
	if (options->common.percents != NULL)
		parsing->given |= shell_rules_bit(SHELL_OPTION_PERCENT);
	set_filter(parsing);
}

static bool parse_options(int argc, char **argv, struct parsing *parsing, struct error *reterr)
{
	char *help = mem_format("quoted %s --help", argv[0]);
	bool good = true;
	optind = 0;
	while (good) {
		int found = option_row_next(parsing->rows, argc, argv);
		if (found == -1)
			break;
		good = found == '?' || found == ':'
			       ? option_row_refuse(found, argv, help, reterr)
			       : take_value(parsing, (enum shell_option)found, reterr);
	}
	free(help);
	return good;
}

/* fortune passes over what has no use with -f, and over -f with -m. */
static void take_list(struct parsing *parsing)
{
	static const enum shell_option useless[] = {SHELL_OPTION_SHOW_FILE,
		SHELL_OPTION_IGNORE_CASE, SHELL_OPTION_SHORT, SHELL_OPTION_LONG,
		SHELL_OPTION_LENGTH, SHELL_OPTION_UNTRANSLATED, SHELL_OPTION_WAIT};
	struct shell_options *options = parsing->options;
	if (!has(parsing, SHELL_OPTION_LIST) || options->match != NULL ||
		options->command != SHELL_COMMAND_QUOTE)
		return;
	options->command = SHELL_COMMAND_LIST;
	for (size_t i = 0; i < sizeof useless / sizeof *useless; i++)
		parsing->given &= ~shell_rules_bit(useless[i]);
}

static bool parse(int argc, char **argv, struct parsing *parsing, struct error *reterr)
{
	struct shell_options *options = parsing->options;
	shell_options_table(options->command, parsing->rows);
	if (!parse_options(argc, argv, parsing, reterr))
		return false;
	options->help = has(parsing, SHELL_OPTION_HELP);
	options->version = has(parsing, SHELL_OPTION_VERSION);
	if (options->help || options->version)
		return true;
	take_list(parsing);
	set_kinds(parsing);
	if (!shell_operands_take(options, argv + optind, argc - optind, reterr))
		return false;
	set_flags(parsing);
	return shell_rules_check(options->command, parsing->given, reterr);
}

bool shell_options_parse(
	int argc, char **argv, struct shell_options *ret_options, struct error *reterr)
{
	struct parsing parsing = {.options = ret_options};
	*ret_options = (struct shell_options){.timeout = TIMEOUT};
	while (strcmp(argv[1], shell_options_commands[ret_options->command].name) != 0)
		ret_options->command++;
	if (parse(argc - 1, argv + 1, &parsing, reterr))
		return true;
	shell_options_finish(ret_options);
	return false;
}

bool shell_options_ask_for_one(const struct shell_options *options)
{
	return options->command == SHELL_COMMAND_QUOTE && options->count == 1 &&
	       options->id == NULL && options->search == NULL && options->match == NULL &&
	       !options->today && !options->dated;
}

void shell_options_finish(struct shell_options *options)
{
	common_options_finish(&options->common);
	strings_finish(&options->collections);
	strings_finish(&options->findings);
}

static void add_actions(const struct shell_action *action, struct buffer *out)
{
	for (; action->name != NULL; action++) {
		size_t end = out->length + ACTION_WIDTH;
		buffer_format(out, "  %s", action->name);
		if (action->operand != NULL)
			buffer_format(out, " %s...", action->operand);
		buffer_format(out, "%*s%s\n", (int)(end - out->length), "", action->help);
	}
	buffer_add(out, "\n");
}

char *shell_options_help(enum shell_command command)
{
	struct buffer out = {0};
	struct option_row known[SHELL_OPTIONS_TABLE_SIZE];
	const struct shell_command_row *row = &shell_options_commands[command];
	known[shell_options_table(command, known)] = (struct option_row){0};
	buffer_format(&out, "Usage: quoted %s [OPTION]... %s  %s\n\n", row->name, row->operands,
		row->help);
	if (shell_rules_actions(command) != NULL)
		add_actions(shell_rules_actions(command), &out);
	option_row_add_help(known, &out);
	buffer_format(&out,
		"\nExamples:\n%s\nExit status: 0 if all went well; 'man quoted-%s' has the "
		"others.\n",
		row->examples, row->name);
	return out.data;
}

void shell_options_list_commands(struct buffer *out)
{
	for (const struct shell_command_row *row = shell_options_commands; row->name != NULL; row++)
		buffer_format(out, "  %-12s%s\n", row->name, row->help);
}

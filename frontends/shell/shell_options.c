#include "frontends/shell/shell_options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/day.h"
#include "core/mem.h"

enum {
	SHORT_QUOTE = 160, /* octets, as fortune has it */
	LENGTH_MAX = 1000000,
	COUNT_MAX = 1000000,
	OPTION_TODAY = 256,
	OPTION_DATE,
	OPTION_ID,
	OPTION_SEARCH,
	OPTION_COLLECTION,
	OPTION_COUNT,
	OPTION_JSON,
	OPTION_SEED,
};

const char shell_options_help[] =
	"Usage: quoted quote [OPTION]... [FILE-OR-COLLECTION]...  print a quote\n"
	"       quoted list [OPTION]... [FILE]...    list collections, files and shares\n"
	"       quoted check [OPTION]... [FILE]...   name what is odd in the files\n"
	"\n"
	"  -c, --config FILE      the configuration whose quotes they are\n"
	"      --collection NAME  only of this collection or file; can be repeated\n"
	"  -s, --short            at most 160 octets, or as many as -n says\n"
	"  -l, --long             more than these\n"
	"  -n, --length N         at most N octets\n"
	"  -a, --all              offensive files of directories too\n"
	"  -e, --equal            every file with the same chance\n"
	"      --today            today's quote\n"
	"      --date YYYY-MM-DD  that day's quote\n"
	"      --id ID            the quote with that id, or a prefix of 4 letters or more\n"
	"      --search WORDS     the best match: words \"phrases\" pre* -not author:x in:y\n"
	"      --count N          so many quotes, a line of % between them\n"
	"      --json             a JSON object a line\n"
	"      --seed N           repeat the choices that belong to N\n"
	"\n"
	"Exit status: 0; 1 nothing found, or check found an error; 64 usage, 66 no quotes,\n"
	"74 output, 78 configuration.\n";

static const char *const commands[] = {"quote", "list", "check"};

static const struct option long_options[] = {
	{"config", required_argument, NULL, 'c'},
	{"collection", required_argument, NULL, OPTION_COLLECTION},
	{"short", no_argument, NULL, 's'},
	{"long", no_argument, NULL, 'l'},
	{"length", required_argument, NULL, 'n'},
	{"all", no_argument, NULL, 'a'},
	{"equal", no_argument, NULL, 'e'},
	{"today", no_argument, NULL, OPTION_TODAY},
	{"date", required_argument, NULL, OPTION_DATE},
	{"id", required_argument, NULL, OPTION_ID},
	{"search", required_argument, NULL, OPTION_SEARCH},
	{"count", required_argument, NULL, OPTION_COUNT},
	{"json", no_argument, NULL, OPTION_JSON},
	{"seed", required_argument, NULL, OPTION_SEED},
	{"help", no_argument, NULL, 'h'},
	{NULL, 0, NULL, 0},
};

/* What the options have said so far of the length. */
struct length {
	bool is_short;
	bool is_long;
	long limit; /* 0: none */
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
	error_set(reterr, "%s: '%s' is no number from 1 to %ld", option, text, maximum);
	return false;
}

static bool parse_seed(struct shell_options *options, const char *text, struct error *reterr)
{
	char *end;
	errno = 0;
	options->seed = strtoull(text, &end, 10);
	options->seeded = *text >= '0' && *text <= '9' && *end == '\0' && errno == 0;
	if (!options->seeded)
		error_set(reterr, "--seed: '%s' is no number from 0 to 2^64 - 1", text);
	return options->seeded;
}

static bool parse_date(struct shell_options *options, const char *text, struct error *reterr)
{
	options->dated = day_parse(text, &options->day);
	if (!options->dated)
		error_set(reterr, "--date: '%s' is no date; write it as 2026-12-25", text);
	return options->dated;
}

static bool take_option(int letter, char **argv, struct shell_options *options,
	struct length *length, struct error *reterr)
{
	switch (letter) {
	case 'c':
		options->config_path = optarg;
		return true;
	case 's':
		return length->is_short = true;
	case 'l':
		return length->is_long = true;
	case 'n':
		return parse_number("--length", optarg, LENGTH_MAX, &length->limit, reterr);
	case 'a':
		return options->offensive = true;
	case 'e':
		return options->equal = true;
	case OPTION_TODAY:
		return options->today = true;
	case OPTION_DATE:
		return parse_date(options, optarg, reterr);
	case OPTION_ID:
		options->id = optarg;
		return true;
	case OPTION_SEARCH:
		options->search = optarg;
		return true;
	case OPTION_COLLECTION:
		strings_add(&options->collections, optarg);
		return true;
	case OPTION_COUNT:
		return parse_number("--count", optarg, COUNT_MAX, &options->count, reterr);
	case OPTION_JSON:
		return options->json = true;
	case OPTION_SEED:
		return parse_seed(options, optarg, reterr);
	case 'h':
		options->command = SHELL_COMMAND_HELP;
		return true;
	}
	error_set(reterr, "%s: %s; try quoted quote --help", argv[optind - 1],
		letter == ':' ? "needs a value" : "no such option, or not used so");
	return false;
}

static bool set_filter(
	struct shell_options *options, const struct length *length, struct error *reterr)
{
	size_t limit = length->limit > 0 ? (size_t)length->limit : SHORT_QUOTE;
	if (length->is_short && length->is_long) {
		error_set(reterr, "--short and --long: use one of them");
		return false;
	}
	if (length->is_long)
		options->filter.min_bytes = limit + 1;
	else if (length->is_short || length->limit > 0)
		options->filter.max_bytes = limit;
	return true;
}

/* A name that is no file is that of a collection. */
static void take_operand(struct shell_options *options, const char *word)
{
	char *spec = mem_format("fortune:%s", word);
	bool is_file = access(word, F_OK) == 0 || strchr(word, '/') != NULL ||
		       options->command != SHELL_COMMAND_QUOTE;
	strings_add(is_file ? &options->files : &options->collections, is_file ? spec : word);
	free(spec);
}

bool shell_options_parse(
	int argc, char **argv, struct shell_options *ret_options, struct error *reterr)
{
	struct length length = {0};
	*ret_options = (struct shell_options){.count = 1};
	while (strcmp(argv[1], commands[ret_options->command]) != 0)
		ret_options->command++;
	optind = 0;
	for (;;) {
		int letter = getopt_long(argc - 1, argv + 1, ":c:sln:aeh", long_options, NULL);
		if (letter == -1)
			break;
		if (!take_option(letter, argv + 1, ret_options, &length, reterr)) {
			shell_options_finish(ret_options);
			return false;
		}
	}
	for (int i = optind + 1; i < argc; i++)
		take_operand(ret_options, argv[i]);
	if (set_filter(ret_options, &length, reterr))
		return true;
	shell_options_finish(ret_options);
	return false;
}

void shell_options_finish(struct shell_options *options)
{
	strings_finish(&options->files);
	strings_finish(&options->collections);
}

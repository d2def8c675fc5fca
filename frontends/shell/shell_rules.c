#include "frontends/shell/shell_rules.h"

#include <string.h>

#include "core/base/buffer.h"
#include "frontends/shell/shell_options.h"

enum {
	QUOTE = 1 << SHELL_COMMAND_QUOTE,
	LIST = 1 << SHELL_COMMAND_LIST,
	CHECK = 1 << SHELL_COMMAND_CHECK,
	GET = 1 << SHELL_COMMAND_GET,
	DELIVER = 1 << SHELL_COMMAND_DELIVER,
	QUEUE = 1 << SHELL_COMMAND_QUEUE,
	SUBSCRIBERS = 1 << SHELL_COMMAND_SUBSCRIBERS,
	ALL = QUOTE | LIST | CHECK, /* that read quotes */
};

#define BIT(name) ((uint32_t)1 << SHELL_OPTION_##name)
#define SIZES (BIT(SHORT) | BIT(LONG) | BIT(LENGTH))
#define CHANCES (BIT(EQUAL) | BIT(SEED) | BIT(PERCENT))

static const struct {
	const char *name;
	unsigned commands; /* bits of those that know it */
	uint32_t against;  /* bits of options further down that exclude it */
} rows[SHELL_OPTION_END] = {
	[SHELL_OPTION_CONFIG] = {"--config", ALL | DELIVER | QUEUE | SUBSCRIBERS, 0},
	[SHELL_OPTION_COLLECTION] = {"--collection", QUOTE | LIST, 0},
	[SHELL_OPTION_TODAY] = {"--today", QUOTE,
		BIT(DATE) | BIT(ID) | BIT(SEARCH) | BIT(MATCH) | SIZES | CHANCES},
	[SHELL_OPTION_DATE] = {"--date", QUOTE,
		BIT(ID) | BIT(SEARCH) | BIT(MATCH) | SIZES | CHANCES},
	[SHELL_OPTION_ID] = {"--id", QUOTE,
		BIT(SEARCH) | BIT(MATCH) | BIT(COUNT) | SIZES | CHANCES},
	[SHELL_OPTION_SEARCH] = {"--search", QUOTE, BIT(MATCH) | CHANCES},
	[SHELL_OPTION_MATCH] = {"--match", QUOTE, BIT(SEED)},
	[SHELL_OPTION_IGNORE_CASE] = {"--ignore-case", QUOTE, 0},
	[SHELL_OPTION_SHORT] = {"--short", QUOTE, 0},
	[SHELL_OPTION_LONG] = {"--long", QUOTE, 0},
	[SHELL_OPTION_LENGTH] = {"--length", QUOTE | GET, 0},
	[SHELL_OPTION_ALL] = {"--all", ALL, 0},
	[SHELL_OPTION_OFFENSIVE] = {"--offensive", ALL, 0},
	[SHELL_OPTION_EQUAL] = {"--equal", QUOTE | LIST, 0},
	[SHELL_OPTION_SEED] = {"--seed", QUOTE, 0},
	[SHELL_OPTION_PERCENT] = {"a percentage", QUOTE | LIST, 0},
	[SHELL_OPTION_WAIT] = {"--wait", QUOTE, 0},
	[SHELL_OPTION_COUNT] = {"--count", QUOTE, 0},
	[SHELL_OPTION_WIDTH] = {"--width", QUOTE, BIT(JSON)},
	[SHELL_OPTION_JSON] = {"--json", ALL | QUEUE, 0},
	[SHELL_OPTION_SHOW_FILE] = {"--show-file", QUOTE, 0},
	[SHELL_OPTION_SHOW_ID] = {"--show-id", QUOTE, 0},
	[SHELL_OPTION_UNTRANSLATED] = {"-u", QUOTE, 0},
	[SHELL_OPTION_VERBOSE] = {"--verbose", CHECK, 0},
	[SHELL_OPTION_LIST] = {"-f", QUOTE | LIST, 0},
	[SHELL_OPTION_UDP] = {"--udp", GET, 0},
	[SHELL_OPTION_TIMEOUT] = {"--timeout", GET, 0},
	[SHELL_OPTION_SENDER] = {"--sender", DELIVER, 0},
	[SHELL_OPTION_VERSION] = {"--version", QUOTE, 0},
	[SHELL_OPTION_HELP] = {"--help", ALL | GET | DELIVER | QUEUE | SUBSCRIBERS, 0},
};

static const struct shell_action queue[] = {
	{"list", NULL, "each message that waits, is being sent, failed, or may be lost (unknown)"},
	{"retry", "ID", "send these now, as if they were new; all: all of them"},
	{"drop", "ID", "forget these; all: all of them"},
	{0},
};

static const struct shell_action subscribers[] = {
	{"list", NULL, "each subscriber, with the time of the daily quote"},
	{"export", NULL, "all that is kept of subscriptions and requests, a JSON object a line"},
	{"erase", "ADDRESS", "end the subscriptions of these, and forget their requests"},
	{0},
};

bool shell_rules_knows(enum shell_command command, enum shell_option option)
{
	return (rows[option].commands & 1u << command) != 0;
}

static bool knows(enum shell_command command, unsigned option, struct error *reterr)
{
	unsigned left = rows[option].commands;
	struct buffer list = {0};
	if (shell_rules_knows(command, option))
		return true;
	for (unsigned i = 0; left != 0; i++) {
		if ((left & 1u << i) == 0)
			continue;
		left &= ~(1u << i);
		const char *before = list.length == 0 ? "" : left == 0 ? " and " : ", ";
		buffer_format(&list, "%s'quoted %s'", before, shell_options_commands[i].name);
	}
	error_set(reterr, "%s works only with %s", rows[option].name, list.data);
	buffer_finish(&list);
	return false;
}

bool shell_rules_check(enum shell_command command, uint32_t given, struct error *reterr)
{
	for (unsigned i = 0; i < SHELL_OPTION_END; i++) {
		if ((given & shell_rules_bit(i)) == 0)
			continue;
		if (!knows(command, i, reterr))
			return false;
		for (unsigned j = i + 1; j < SHELL_OPTION_END; j++) {
			if ((given & rows[i].against & shell_rules_bit(j)) == 0)
				continue;
			error_set(reterr, "use either %s or %s, not both", rows[i].name,
				rows[j].name);
			return false;
		}
	}
	return true;
}

const struct shell_action *shell_rules_actions(enum shell_command command)
{
	if (command == SHELL_COMMAND_QUEUE)
		return queue;
	return command == SHELL_COMMAND_SUBSCRIBERS ? subscribers : NULL;
}

static bool is_action(const struct shell_action *action, char *const *words, int count)
{
	return count > 0 && strcmp(action->name, words[0]) == 0 &&
	       (count > 1) == (action->operand != NULL);
}

/* "write quoted queue list, quoted queue retry ID... or quoted queue drop ID..." */
bool shell_rules_check_action(
	enum shell_command command, char *const *words, int count, struct error *reterr)
{
	const char *name = shell_options_commands[command].name;
	struct buffer list = {0};
	for (const struct shell_action *action = shell_rules_actions(command); action->name != NULL;
		action++) {
		if (is_action(action, words, count)) {
			buffer_finish(&list);
			return true;
		}
		const char *before = list.length == 0 ? "" : action[1].name == NULL ? " or " : ", ";
		buffer_format(&list, "%squoted %s %s", before, name, action->name);
		if (action->operand != NULL)
			buffer_format(&list, " %s...", action->operand);
	}
	error_set(reterr, "write %s; see 'quoted %s --help'", list.data, name);
	buffer_finish(&list);
	return false;
}

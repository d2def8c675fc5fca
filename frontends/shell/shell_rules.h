/** Which options go with which command and with each other; any other use is an error. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_RULES_H
#define QUOTED_FRONTENDS_SHELL_SHELL_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"

/** The commands that the first word of a command line names. */
enum shell_command {
	SHELL_COMMAND_QUOTE,
	SHELL_COMMAND_LIST,
	SHELL_COMMAND_CHECK,
	SHELL_COMMAND_GET,
	SHELL_COMMAND_DELIVER,
	SHELL_COMMAND_QUEUE,
	SHELL_COMMAND_SUBSCRIBERS,
};

/** What a command can be told to do by its first operand; a table of these ends with a row without
 * a name. */
struct shell_action {
	const char *name;
	const char *operand; /* "ID": it needs one or more; NULL: it takes none */
	const char *help;    /* a phrase without a full stop */
};

/** The options, and what else a rule can be on. */
enum shell_option {
	SHELL_OPTION_CONFIG,
	SHELL_OPTION_COLLECTION,
	SHELL_OPTION_TODAY,
	SHELL_OPTION_DATE,
	SHELL_OPTION_ID,
	SHELL_OPTION_SEARCH,
	SHELL_OPTION_MATCH,
	SHELL_OPTION_IGNORE_CASE, /* needs SHELL_OPTION_MATCH */
	SHELL_OPTION_SHORT,
	SHELL_OPTION_LONG,
	SHELL_OPTION_LENGTH,
	SHELL_OPTION_ALL,
	SHELL_OPTION_OFFENSIVE,
	SHELL_OPTION_EQUAL,
	SHELL_OPTION_SEED,
	SHELL_OPTION_PERCENT, /* an operand */
	SHELL_OPTION_WAIT,
	SHELL_OPTION_COUNT,
	SHELL_OPTION_WIDTH,
	SHELL_OPTION_JSON,
	SHELL_OPTION_SHOW_FILE,
	SHELL_OPTION_SHOW_ID,
	SHELL_OPTION_UNTRANSLATED, /* does nothing */
	SHELL_OPTION_VERBOSE,
	SHELL_OPTION_UDP,
	SHELL_OPTION_TIMEOUT,
	SHELL_OPTION_SENDER,
	SHELL_OPTION_LIST, /* "quote -f" is "list" */
	SHELL_OPTION_VERSION,
	SHELL_OPTION_HELP,
	SHELL_OPTION_END, /* at most 32 */
};

/** Returns the bit of an option in a set of them. */
static inline uint32_t shell_rules_bit(enum shell_option option)
{
	return (uint32_t)1 << option;
}

/** Returns whether \p command knows \p option. */
bool shell_rules_knows(enum shell_command command, enum shell_option option);

/** Returns whether \p command knows every option of the set \p given and none excludes another; if
 * not, \p reterr has a sentence on the first. */
bool shell_rules_check(enum shell_command command, uint32_t given, struct error *reterr);

/** Returns the actions of \p command; NULL: it has none. */
const struct shell_action *shell_rules_actions(enum shell_command command);

/** Returns whether \p words, the \p count operands of \p command, are one of its actions and as
 * many operands as that takes; if not, \p reterr says what to write. */
bool shell_rules_check_action(
	enum shell_command command, char *const *words, int count, struct error *reterr);

#endif

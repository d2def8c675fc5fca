#include "frontends/shell/shell_rules.h"

#include <criterion/criterion.h>

#define EITHER(first, second) "use either " first " or " second ", not both"

/* The options are given together; END: none. */
static const struct {
	enum shell_command command;
	enum shell_option first, second;
	const char *error; /* NULL: none */
} rows[] = {
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_END, SHELL_OPTION_END, NULL},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_SHORT, SHELL_OPTION_LENGTH, NULL},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_SEARCH, SHELL_OPTION_COUNT, NULL},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_TODAY, SHELL_OPTION_WAIT, NULL},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_MATCH, SHELL_OPTION_IGNORE_CASE, NULL},
	{SHELL_COMMAND_LIST, SHELL_OPTION_EQUAL, SHELL_OPTION_JSON, NULL},
	{SHELL_COMMAND_CHECK, SHELL_OPTION_ALL, SHELL_OPTION_CONFIG, NULL},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_SHORT, SHELL_OPTION_LONG, NULL},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_TODAY, SHELL_OPTION_DATE, EITHER("--today", "--date")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_TODAY, SHELL_OPTION_SHORT, EITHER("--today", "--short")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_TODAY, SHELL_OPTION_LONG, EITHER("--today", "--long")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_LENGTH, SHELL_OPTION_TODAY,
		EITHER("--today", "--length")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_DATE, SHELL_OPTION_SHORT, EITHER("--date", "--short")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_DATE, SHELL_OPTION_ID, EITHER("--date", "--id")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_TODAY, SHELL_OPTION_SEARCH,
		EITHER("--today", "--search")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_ID, SHELL_OPTION_SEARCH, EITHER("--id", "--search")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_ID, SHELL_OPTION_COUNT, EITHER("--id", "--count")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_ID, SHELL_OPTION_LENGTH, EITHER("--id", "--length")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_ID, SHELL_OPTION_SEED, EITHER("--id", "--seed")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_SEARCH, SHELL_OPTION_EQUAL,
		EITHER("--search", "--equal")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_TODAY, SHELL_OPTION_SEED, EITHER("--today", "--seed")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_TODAY, SHELL_OPTION_MATCH, EITHER("--today", "--match")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_SEARCH, SHELL_OPTION_MATCH,
		EITHER("--search", "--match")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_MATCH, SHELL_OPTION_WAIT, NULL},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_MATCH, SHELL_OPTION_PERCENT, NULL},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_MATCH, SHELL_OPTION_SEED, EITHER("--match", "--seed")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_ALL, SHELL_OPTION_OFFENSIVE, NULL},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_TODAY, SHELL_OPTION_PERCENT,
		EITHER("--today", "a percentage")},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_EQUAL, SHELL_OPTION_PERCENT, NULL},
	{SHELL_COMMAND_QUOTE, SHELL_OPTION_IGNORE_CASE, SHELL_OPTION_END, NULL},
	{SHELL_COMMAND_LIST, SHELL_OPTION_MATCH, SHELL_OPTION_LIST,
		"--match works only with 'quoted quote'"},
	{SHELL_COMMAND_LIST, SHELL_OPTION_WAIT, SHELL_OPTION_END,
		"--wait works only with 'quoted quote'"},
	{SHELL_COMMAND_CHECK, SHELL_OPTION_LIST, SHELL_OPTION_END,
		"-f works only with 'quoted quote' and 'quoted list'"},
	{SHELL_COMMAND_CHECK, SHELL_OPTION_PERCENT, SHELL_OPTION_END,
		"a percentage works only with 'quoted quote' and 'quoted list'"},
};

Test(shell_rules, say_what_goes_together)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error = {0};
		uint32_t given = shell_rules_bit(rows[i].first) | shell_rules_bit(rows[i].second);
		given &= ~shell_rules_bit(SHELL_OPTION_END);
		cr_expect_eq(shell_rules_check(rows[i].command, given, &error),
			rows[i].error == NULL, "row %zu: %s", i, error.text);
		if (rows[i].error != NULL)
			cr_expect_str_eq(error.text, rows[i].error);
	}
}

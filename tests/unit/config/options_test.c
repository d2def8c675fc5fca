#include "config/options.h"

#include <criterion/criterion.h>

#include "tests/support/arguments.h"

static bool parse(const char *line, struct options *ret_options, struct error *reterr)
{
	char *argv[ARGUMENTS_MAX + 1];
	int argc = arguments_split(line, argv);
	return options_parse(argc, argv, ret_options, reterr);
}

static const struct {
	const char *line;
	enum options_action action;
	const char *config_path;
	long port;
	size_t quote_count;
	const char *quote;
} accepted[] = {
	{"", OPTIONS_ACTION_RUN, NULL, 0, 0, NULL},
	{"-c a.conf", OPTIONS_ACTION_RUN, "a.conf", 0, 0, NULL},
	{"--config=a.conf -t", OPTIONS_ACTION_CHECK, "a.conf", 0, 0, NULL},
	{"--test", OPTIONS_ACTION_CHECK, NULL, 0, 0, NULL},
	{"-p 17", OPTIONS_ACTION_RUN, NULL, 17, 0, NULL},
	{"--port 65535", OPTIONS_ACTION_RUN, NULL, 65535, 0, NULL},
	{"-s Hello", OPTIONS_ACTION_RUN, NULL, 0, 1, "static:Hello"},
	{"--static Hello a b", OPTIONS_ACTION_RUN, NULL, 0, 2, "fortune:a"},
	{"a -s Hello", OPTIONS_ACTION_RUN, NULL, 0, 1, "fortune:a"},
	{"--log-format json", OPTIONS_ACTION_RUN, NULL, 0, 0, NULL},
	{"-- -t", OPTIONS_ACTION_RUN, NULL, 0, 1, "fortune:-t"},
	{"-h --bogus", OPTIONS_ACTION_HELP, NULL, 0, 0, NULL},
	{"--version", OPTIONS_ACTION_VERSION, NULL, 0, 0, NULL},
};

Test(options, accepts)
{
	for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
		struct options options;
		struct error error = {0};
		const char *line = accepted[i].line;
		cr_assert(parse(line, &options, &error), "%s: %s", line, error.text);
		cr_expect_eq(options.action, accepted[i].action, "%s", line);
		cr_expect_eq(options.port, accepted[i].port, "%s", line);
		cr_expect_eq(options.common.quotes.count, accepted[i].quote_count, "%s", line);
		if (accepted[i].quote != NULL)
			cr_expect_str_eq(
				options.common.quotes.items[0], accepted[i].quote, "%s", line);
		if (accepted[i].config_path != NULL)
			cr_expect_str_eq(options.common.config_path, accepted[i].config_path);
		else
			cr_expect_null(options.common.config_path, "%s", line);
		common_options_finish(&options.common);
	}
}

static const struct {
	const char *line;
	const char *error;
} refused[] = {
	{"--bogus", "unknown option '--bogus'; see 'quoted --help'"},
	{"-x", "unknown option '-x'; see 'quoted --help'"},
	{"--test=yes", "option '--test' takes no value; see 'quoted --help'"},
	{"-c a -tz", "unknown option '-z'; see 'quoted --help'"},
	{"-c a -zt", "unknown option '-z'; see 'quoted --help'"},
	{"-c", "option '-c' needs a value; see 'quoted --help'"},
	{"--port", "option '--port' needs a value; see 'quoted --help'"},
	{"--log-format xml", "--log-format: 'xml' is neither plain nor json"},
	{"--log-format", "option '--log-format' needs a value; see 'quoted --help'"},
	{"-p 0", "--port: '0' is not a port number from 1 to 65535"},
	{"-p 65536", "--port: '65536' is not a port number from 1 to 65535"},
	{"-p x", "--port: 'x' is not a port number from 1 to 65535"},
	{"--seed -1", "--seed: '-1' is not a number from 0 to 2^64 - 1"},
	{"-p 17x", "--port: '17x' is not a port number from 1 to 65535"},
};

Test(options, refuses)
{
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct options options;
		struct error error = {0};
		cr_expect_not(parse(refused[i].line, &options, &error));
		cr_expect_str_eq(error.text, refused[i].error, "%s", error.text);
	}
}

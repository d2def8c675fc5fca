#include "config/options.h"

#include <string.h>

#include <criterion/criterion.h>

#include "config/options_apply.h"
#include "tests/support/arguments.h"

struct wire_options {
	struct strings listen;
	struct strings udp;
	long qotd_port;
	struct strings collections;
};

#define AT(field) offsetof(struct wire_options, field)

static const struct setting wire_settings[] = {
	{"listen", SETTING_TYPE_STRINGS, AT(listen), "{\"[::1]:1717\", \"unix:/a:1\"}", 0, 0,
		.help = ""},
	{"udp", SETTING_TYPE_STRINGS, AT(udp), "{\"localhost:1717\"}", 0, 0, .help = ""},
	{"qotd_port", SETTING_TYPE_INTEGER, AT(qotd_port), "0", 0, 65535, .help = ""},
	{"collections", SETTING_TYPE_STRINGS, AT(collections), "{}", 0, 0, .help = ""},
	{0},
};

static const struct config_schema schemas[] = {
	{"qotd", wire_settings, sizeof(struct wire_options)},
	{"web", wire_settings, sizeof(struct wire_options)},
	{NULL, NULL, 0},
};

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
		cr_expect_eq(options.quotes.count, accepted[i].quote_count, "%s", line);
		if (accepted[i].quote != NULL)
			cr_expect_str_eq(options.quotes.items[0], accepted[i].quote, "%s", line);
		if (accepted[i].config_path != NULL)
			cr_expect_str_eq(options.config_path, accepted[i].config_path);
		else
			cr_expect_null(options.config_path, "%s", line);
		options_finish(&options);
	}
}

static const struct {
	const char *line;
	const char *error;
} refused[] = {
	{"--bogus", "--bogus: no such option, or not used so; try --help"},
	{"-x", "-x: no such option, or not used so; try --help"},
	{"--test=yes", "--test=yes: no such option, or not used so; try --help"},
	{"-c", "-c: needs a value; try --help"},
	{"--port", "--port: needs a value; try --help"},
	{"-p 0", "--port: '0' is no port; it goes from 1 to 65535"},
	{"-p 65536", "--port: '65536' is no port; it goes from 1 to 65535"},
	{"-p x", "--port: 'x' is no port; it goes from 1 to 65535"},
	{"--seed 18446744073709551616",
		"--seed: '18446744073709551616' is no number from 0 to 2^64 - 1"},
	{"-p 17x", "--port: '17x' is no port; it goes from 1 to 65535"},
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

static struct config read_config(const char *text)
{
	struct config config;
	struct error error = {0};
	bool read = config_parse("x", text, strlen(text), schemas, &config, &error);
	cr_assert(read, "%s", error.text);
	return config;
}

Test(options, go_before_the_configuration)
{
	struct config config =
		read_config("quotes = {\"static:a\", \"static:b\"} qotd \"x\" {}"
			    "web \"y\" { qotd_port = 1717 collections = {\"gone\"} } web \"z\" {}");
	struct options options;
	struct error error = {0};
	cr_assert(parse("-p 2000 -s new", &options, &error));
	cr_assert(options_apply(&options, schemas, &config, &error), "%s", error.text);
	const struct wire_options *qotd = config.sections[0].options;
	const struct wire_options *web = config.sections[1].options;
	const struct wire_options *silent = config.sections[2].options;
	cr_expect_str_eq(qotd->listen.items[0], "[::1]:2000");
	cr_expect_str_eq(qotd->listen.items[1], "unix:/a:1");
	cr_expect_str_eq(qotd->udp.items[0], "localhost:2000");
	cr_expect_str_eq(web->listen.items[0], "[::1]:1717");
	cr_expect_eq(web->qotd_port, 2000);
	cr_expect_eq(web->collections.count, 0);
	cr_expect_eq(silent->qotd_port, 0, "a page without the hint stays so");
	cr_expect_eq(config.daemon.quotes.count, 1);
	cr_expect_str_eq(config.daemon.quotes.items[0], "static:new");
	options_finish(&options);
	config_finish(&config);
}

Test(options, name_the_qotd_port_where_there_is_no_configuration_file)
{
	struct config config;
	struct options options = {0};
	struct error error = {0};
	cr_assert(options_read_config(&options, schemas, &config, &error), "%s", error.text);
	cr_assert_eq(config.section_count, 2);
	const struct wire_options *qotd = config.sections[0].options;
	const struct wire_options *web = config.sections[1].options;
	cr_expect_eq(qotd->qotd_port, 0);
	cr_expect_eq(web->qotd_port, 1717);
	config_finish(&config);
}

Test(options, refuse_a_port_for_none_or_several)
{
	static const struct {
		const char *text;
		const char *error;
	} rows[] = {
		{"web \"y\" {}", "--port: needs exactly one qotd section, the configuration has 0"},
		{"qotd \"x\" {} qotd \"y\" {}",
			"--port: needs exactly one qotd section, the configuration has 2"},
	};
	for (size_t i = 0; i < 2; i++) {
		struct config config = read_config(rows[i].text);
		struct options options = {.port = 17};
		struct error error = {0};
		cr_expect_not(options_apply(&options, schemas, &config, &error));
		cr_expect_str_eq(error.text, rows[i].error);
		config_finish(&config);
	}
}

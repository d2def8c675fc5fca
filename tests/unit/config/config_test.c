#include "config/config.h"

#include <string.h>

#include <criterion/criterion.h>

struct bot_options {
	char *nick;
	struct strings channels;
	long pace;
	bool tls;
};

#define AT(field) offsetof(struct bot_options, field)

static const struct setting bot_settings[] = {
	{"nick", SETTING_TYPE_STRING, AT(nick), "quoted", 0, 0, .help = "Name of the bot"},
	{"channels", SETTING_TYPE_STRINGS, AT(channels), "{\"#a\", \"#b\"}", 0, 0,
		.help = "Channels"},
	{"pace", SETTING_TYPE_INTEGER, AT(pace), "2", 1, 60, .help = "Seconds between lines"},
	{"tls", SETTING_TYPE_BOOLEAN, AT(tls), "false", 0, 0, .help = "Encrypt"},
	{0},
};

static const struct config_schema schemas[] = {
	{"irc", bot_settings, sizeof(struct bot_options)},
	{"qotd", bot_settings, sizeof(struct bot_options)},
	{NULL, NULL, 0},
};

static bool parse(const char *text, struct config *ret_config, struct error *reterr)
{
	return config_parse("quoted.conf", text, strlen(text), schemas, ret_config, reterr);
}

Test(config, keeps_defaults_where_nothing_is_said)
{
	struct config config;
	struct error error = {0};
	cr_assert(parse("irc \"x\" {}", &config, &error), "%s", error.text);
	cr_assert_str_eq(config.daemon.log_level, "info");
	cr_assert_eq(config.daemon.drain_timeout, 10);
	cr_assert_eq(config.daemon.quotes.count, 0);
	cr_assert_eq(config.section_count, 1);
	cr_assert_str_eq(config.sections[0].title, "x");
	const struct bot_options *bot = config.sections[0].options;
	cr_assert_str_eq(bot->nick, "quoted");
	cr_assert_eq(bot->channels.count, 2);
	cr_assert_str_eq(bot->channels.items[1], "#b");
	cr_assert_eq(bot->pace, 2);
	cr_assert_not(bot->tls);
	config_finish(&config);
}

Test(config, reads_every_type)
{
	struct config config;
	struct error error = {0};
	cr_assert(parse("# a comment { \" ${X}\n"
			"quotes = {\"static:An apple\", 'fortune:/x y'} // more {\n"
			"log_level = debug /* {\n */ drain_timeout = 3600\n"
			"irc \"b\" { channels = {} tls = true }\n"
			"qotd \"q\" {}\n"
			"irc \"a\" { nick = \"Zo\xc3\xab\" pace = 060 channels = \"#one\" }\n",
			  &config, &error),
		"%s", error.text);
	cr_assert_eq(config.daemon.quotes.count, 2);
	cr_assert_str_eq(config.daemon.quotes.items[1], "fortune:/x y");
	cr_assert_str_eq(config.daemon.log_level, "debug");
	cr_assert_eq(config.daemon.drain_timeout, 3600);
	cr_assert_eq(config.section_count, 3);
	const struct bot_options *b = config.sections[0].options;
	const struct bot_options *a = config.sections[1].options;
	cr_assert_str_eq(config.sections[2].schema->name, "qotd");
	cr_assert_eq(b->channels.count, 0);
	cr_assert(b->tls);
	cr_assert_str_eq(config.sections[1].title, "a");
	cr_assert_str_eq(a->nick, "Zo\xc3\xab");
	cr_assert_eq(a->pace, 60);
	cr_assert_eq(a->channels.count, 1);
	config_finish(&config);
}

static const struct {
	const char *text;
	const char *error;
} refused[] = {
	{"# one\n/* two\n */\nirc \"x\" {\n\tnikc = a\n}",
		"quoted.conf:5: irc.nikc: no such setting; did you mean 'nick'?"},
	{"irc \"x\" { zzz = a }", "quoted.conf:1: irc.zzz: no such setting"},
	{"\nicr \"x\" {}", "quoted.conf:2: icr: no such setting or section; did you mean 'irc'?"},
	{"include(\"/etc/passwd\")", "quoted.conf:1: include: no such setting or section"},
	{"log_levle = info",
		"quoted.conf:1: log_levle: no such setting or section; did you mean 'log_level'?"},
	{"irc \"x\" {\n pace = 61\n}",
		"quoted.conf:2: irc.pace: 61 is out of range; it goes from 1 to 60"},
	{"irc \"x\" { pace = 99999999999999999999 }",
		"quoted.conf:1: irc.pace: 99999999999999999999 is out of range; it goes from 1 to "
		"60"},
	{"drain_timeout = -1",
		"quoted.conf:1: drain_timeout: -1 is out of range; it goes from 0 to 3600"},
	{"drain_timeout = soon", "quoted.conf:1: drain_timeout: 'soon' is not a whole number"},
	{"drain_timeout = \"\"", "quoted.conf:1: drain_timeout: '' is not a whole number"},
	{"irc \"x\" { tls = maybe }", "quoted.conf:1: irc.tls: 'maybe' is neither true nor false"},
	{"\nlog_level = loud",
		"quoted.conf:2: log_level: 'loud' is none of error, warning, info, debug"},
	{"irc \"x\" {}\nirc \"x\" {}", "quoted.conf:2: found duplicate title 'x'"},
	{"irc {}",
		"quoted.conf:1: irc: the section needs a title before its '{', as in \"default\""},
	{"irc \"\" {}", "quoted.conf:1: irc: a title is 1 to 32 letters, digits, '.', '_' and '-'"},
	{"irc \"a b\" {}",
		"quoted.conf:1: irc: a title is 1 to 32 letters, digits, '.', '_' and '-'"},
	{"irc \"x\"", "quoted.conf:1: premature end of file"},
	{"irc \"x\" {\n nick = a\n",
		"quoted.conf:1: the '{' here has no closing '}' before the end of the file"},
	{"\n}", "quoted.conf:2: '}' closes nothing"},
	{"\nlog_level = \"info\n\n",
		"quoted.conf:2: the string that starts here has no closing quote"},
	{"\n/* x", "quoted.conf:2: the comment that starts here has no closing '*/'"},
	{"\nlog_level = \"${HOME}\"",
		"quoted.conf:2: '${' is not supported: nothing is taken from the environment"},
	{"log_level = ${HOME}",
		"quoted.conf:1: '${' is not supported: nothing is taken from the environment"},
	{"quotes += {\"static:a\"}", "quoted.conf:1: '+=' is not supported; write the whole list"},
	{"log_level info", "quoted.conf:1: missing equal sign after option 'log_level'"},
	{"log_level = {a}", "quoted.conf:1: unexpected token '{'"},
	{"irc|nick = a", "quoted.conf:1: no sub-section title/index for 'irc'"},
	{"{{{{{{{{{", "quoted.conf:1: braces are nested too deeply"},
};

Test(config, says_what_is_wrong_and_where)
{
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct config config;
		struct error error = {0};
		cr_expect_not(parse(refused[i].text, &config, &error), "%s", refused[i].text);
		cr_expect_str_eq(error.text, refused[i].error, "got  %s\nwant %s", error.text,
			refused[i].error);
		cr_expect_null(config.sections);
		cr_expect_null(config.daemon.log_level);
	}
}

Test(config, refuses_what_is_no_text)
{
	struct config config;
	struct error error = {0};
	cr_assert_not(config_parse("x", "a\0b", 3, schemas, &config, &error));
	cr_assert_str_eq(error.text, "x: has NUL octets; it is no text file");
}

Test(config, names_the_file_that_is_missing)
{
	struct config config;
	struct error error = {0};
	cr_assert_not(config_read("/nonexistent/q.conf", schemas, &config, &error));
	cr_assert_str_eq(error.text, "/nonexistent/q.conf: No such file or directory");
	cr_assert_not(config_read("/", schemas, &config, &error));
	cr_assert_str_eq(error.text, "/: Is a directory");
	cr_assert_not(config_read("/dev/zero", schemas, &config, &error));
	cr_assert_str_eq(error.text, "/dev/zero: larger than 1048576 octets");
}

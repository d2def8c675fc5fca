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

static struct strings problems;

static void forget_problems(void)
{
	strings_finish(&problems);
}

static bool parse(const char *text, struct config *ret_config)
{
	return config_parse("quoted.conf", text, strlen(text), schemas, ret_config, &problems);
}

static void check_parse(const char *text, struct config *ret_config)
{
	cr_assert(parse(text, ret_config), "%s", problems.count > 0 ? problems.items[0] : "");
}

Test(config, keeps_the_defaults)
{
	struct config config;
	check_parse("irc \"x\" {}", &config);
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
	check_parse("# a comment { \" ${X}\n"
		    "quotes = {\"static:An apple\", 'fortune:/x y',} // more {\n"
		    "log_level = debug /* {\n */ drain_timeout = 3600\n"
		    "irc \"b\" { channels = {} tls = true }\n"
		    "qotd \"q\" {}\n"
		    "irc \"a\" { nick = \"Zo\xc3\xab\" pace = 060 channels = \"#one\" }\n",
		&config);
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
	const char *problems[4];
} refused[] = {
	{"# one\n/* two\n */\nirc \"x\" {\n\tnikc = a\n}",
		{"quoted.conf:5: irc.nikc: no such setting; did you mean 'nick'?"}},
	{"irc \"x\" { zzz = a }", {"quoted.conf:1: irc.zzz: no such setting"}},
	{"\nicr \"x\" {}", {"quoted.conf:2: icr: no such setting or section; did you mean 'irc'?"}},
	{"pace = 1", {"quoted.conf:1: pace: belongs in a section such as irc; move it there"}},
	{"irc \"x\" {\n log_level = info\n include = \"y\"\n}",
		{"quoted.conf:2: irc.log_level: belongs outside of all sections; move it there",
			"quoted.conf:3: irc.include: belongs outside of all sections; move it "
			"there"}},
	{"irc \"x\" {\nirc \"y\" {\n}\n",
		{"quoted.conf:1:1: the '{' of this section has no closing '}'",
			"quoted.conf:2: irc.irc: is a section; end the irc above it with '}'"}},
	{"log_levle = info", {"quoted.conf:1: log_levle: no such setting or section; did you mean "
			      "'log_level'?"}},
	{"irc \"x\" {\n pace = 61\n}",
		{"quoted.conf:2: irc.pace: 61 is out of range; it goes from 1 to 60"}},
	{"irc \"x\" { pace = 99999999999999999999 }",
		{"quoted.conf:1: irc.pace: 99999999999999999999 is out of range; it goes from 1 to "
		 "60"}},
	{"drain_timeout = -1",
		{"quoted.conf:1: drain_timeout: -1 is out of range; it goes from 0 to 3600"}},
	{"drain_timeout = soon", {"quoted.conf:1: drain_timeout: 'soon' is not a whole number"}},
	{"drain_timeout = \"\"", {"quoted.conf:1: drain_timeout: '' is not a whole number"}},
	{"drain_timeout = {1}", {"quoted.conf:1: drain_timeout: takes one value, not a list"}},
	{"irc \"x\" { tls = maybe }",
		{"quoted.conf:1: irc.tls: 'maybe' is neither true nor false"}},
	{"\nlog_level = loud",
		{"quoted.conf:2: log_level: 'loud' is not one of error, warning, info, debug"}},
	{"irc \"x\" {}\nirc \"x\" {}",
		{"quoted.conf:2: irc.x: there are two of this title; rename one"}},
	{"irc {}", {"quoted.conf:1: irc: the section needs a title before its '{', as in "
		    "\"default\""}},
	{"irc \"\" {}",
		{"quoted.conf:1: irc: a title is 1 to 32 letters, digits, '.', '_' and '-'"}},
	{"irc \"a b\" {}",
		{"quoted.conf:1: irc.a b: a title is 1 to 32 letters, digits, '.', '_' and '-'"}},
	{"irc = x", {"quoted.conf:1: irc: is a section; write it as NAME \"default\" { ... }"}},
	{"log_level \"x\" {}", {"quoted.conf:1: log_level: is a setting; write it with '='"}},
	{"include { x = 1 }", {"quoted.conf:1: include: is a setting; write it with '='"}},
	{"log_level = info\n\nlog_level = debug",
		{"quoted.conf:3: log_level: is set twice; the first time in quoted.conf:1"}},
	/* All of them at once. */
	{"log_levle = info\nirc \"x\" {\n pace = 0\n nick\n tls = 2\n}\nqotd {}\n",
		{"quoted.conf:4:2: '=' is missing behind the name of this setting",
			"quoted.conf:1: log_levle: no such setting or section; did you mean "
			"'log_level'?",
			"quoted.conf:3: irc.pace: 0 is out of range; it goes from 1 to 60",
			"quoted.conf:5: irc.tls: '2' is neither true nor false"}},
};

Test(config, says_what_is_wrong_and_where, .fini = forget_problems)
{
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct config config;
		cr_expect_not(parse(refused[i].text, &config), "%s", refused[i].text);
		for (size_t j = 0; j < 4 && refused[i].problems[j] != NULL; j++) {
			cr_assert_lt(j, problems.count, "%s", refused[i].text);
			cr_expect_str_eq(problems.items[j], refused[i].problems[j],
				"got  %s\nwant %s", problems.items[j], refused[i].problems[j]);
		}
		cr_expect_null(config.sections);
		cr_expect_null(config.daemon.log_level);
		forget_problems();
	}
}

Test(config, takes_a_byte_order_mark)
{
	struct config config;
	check_parse("\xEF\xBB\xBFquotes = {\"static:a\"}\n", &config);
	cr_assert_eq(config.daemon.quotes.count, 1);
	config_finish(&config);
}

Test(config, puts_the_line_before_an_error)
{
	static const struct {
		const char *error, *located;
		bool of_section;
	} rows[] = {
		{"listen: in use", "listen: in use", false},
		{"log_level: loud", "quoted.conf:1: log_level: loud", false},
		{"nick: taken", "quoted.conf:4: irc.nick: taken", true},
		{"tls: no", "quoted.conf:3: irc.tls: no", true},
		{"collection: of all", "collection: of all", false},
		{"irc \"x\": it is no", "quoted.conf:3: irc \"x\": it is no", false},
		{"irc \"x\": nick: no", "quoted.conf:4: irc \"x\": nick: no", false},
		{"irc \"y\": nick: no", "irc \"y\": nick: no", false},
		{"collection \"quotes\": no", "quoted.conf:6: collection \"quotes\": no", false},
	};
	struct config config;
	check_parse("log_level = info\n\nirc \"x\" {\n nick = a\n}\nquotes = {\"static:a\"}\n",
		&config);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error;
		error_set(&error, "%s", rows[i].error);
		cr_assert_not(config_locate(
			&config, rows[i].of_section ? &config.sections[0] : NULL, &error));
		cr_expect_str_eq(error.text, rows[i].located);
	}
	config_finish(&config);
}

Test(config, names_the_file_that_is_missing, .fini = forget_problems)
{
	static const struct {
		const char *path, *problem;
	} rows[] = {
		{"/nonexistent/q.conf", "/nonexistent/q.conf: No such file or directory"},
		{"/", "/: Is a directory; name a file in it"},
		{"/dev/zero", "/dev/zero: larger than 1048576 octets"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct config config;
		cr_assert_not(config_read(rows[i].path, schemas, &config, &problems));
		cr_expect_str_eq(problems.items[i], rows[i].problem);
	}
}

Test(config, prints_what_can_be_read_again)
{
	struct buffer first = {0}, second = {0};
	struct config config;
	check_parse("today_key = \"a \\\"b\\\" \\\\ \\n\\tc\" equal = yes\n"
		    "quotes = {\"static:x\", \"static:y\"} drain_timeout = 3\n"
		    "irc \"c.1\" { pace = 7 channels = {\"#z\"} }",
		&config);
	config_print(&config, &first);
	config_finish(&config);
	cr_expect_not_null(
		strstr(first.data, "quotes = {\"static:x\", \"static:y\"}\nequal = true\n"));
	cr_expect_not_null(strstr(first.data, "today_key = \"a \\\"b\\\" \\\\ \\n\\tc\"\n"));
	cr_expect_not_null(strstr(first.data, "\nirc \"c.1\" {\n\tnick = \"quoted\"\n"
					      "\tchannels = {\"#z\"}\n\tpace = 7\n"));
	check_parse(first.data, &config);
	config_print(&config, &second);
	cr_expect_str_eq(first.data, second.data);
	config_finish(&config);
	buffer_finish(&first);
	buffer_finish(&second);
}

#include "frontends/irc/irc_rules.h"

#include <criterion/criterion.h>

#define NO_TIME(text)                                                                              \
	"'" text "' has no time from 00:00 to 23:59; write \"09:00\", \"09:00 topic\" or "         \
	"\"09:00 Europe/Berlin topic\""

Test(irc_rules, a_channel_has_its_own)
{
	struct irc_options options = {.prefix = (char *)"!"};
	cr_assert(irc_rules_allow(&options, "#a", IRC_COMMAND_SEARCH));
	strings_add(&options.channel_prefix, "#a ?");
	strings_add(&options.channel_commands, "#a  quote,Today");
	strings_add(&options.channel_commands, "* help");
	cr_assert_str_eq(irc_rules_prefix(&options, "#A"), "?");
	cr_assert_str_eq(irc_rules_prefix(&options, "#b"), "!");
	cr_assert(irc_rules_allow(&options, "#a", IRC_COMMAND_QUOTE));
	cr_assert(irc_rules_allow(&options, "#a", IRC_COMMAND_TODAY));
	cr_assert_not(irc_rules_allow(&options, "#a", IRC_COMMAND_HELP));
	cr_assert(irc_rules_allow(&options, "#b", IRC_COMMAND_HELP));
	cr_assert_not(irc_rules_allow(&options, "bob", IRC_COMMAND_QUOTE));
	cr_assert(irc_rules_allow(&options, "#a", IRC_COMMAND_JOIN));
	strings_finish(&options.channel_prefix);
	strings_finish(&options.channel_commands);
}

Test(irc_rules, checks)
{
	static const struct {
		bool (*check)(const char *text, struct error *reterr);
		const char *text, *error;
	} rows[] = {
		{irc_rules_check_collections, "#a one,two", NULL},
		{irc_rules_check_collections, "* one", NULL},
		{irc_rules_check_collections, "#a",
			"'#a' is not \"#CHANNEL VALUE\"; write it as in "
			"\"#linux linux,debian\""},
		{irc_rules_check_collections, "a one",
			"'a one' is not \"#CHANNEL VALUE\"; write it "
			"as in \"#linux linux,debian\""},
		{irc_rules_check_collections, "#a one two",
			"'#a one two' has a blank in its list; separate collections by commas"},
		{irc_rules_check_prefix, "#a ?", NULL},
		{irc_rules_check_prefix, "#a ? !",
			"'#a ? !' has a prefix with a blank; write it as in \"#linux ?\""},
		{irc_rules_check_commands, "#a quote,qotd,help", NULL},
		{irc_rules_check_commands, "#a quote,serach",
			"'serach' is not a command; did you mean 'search'?"},
		{irc_rules_check_commands, "#a zzzzzzzz",
			"'zzzzzzzz' is not a command; write them "
			"as in \"quote,today,help\""},
		{irc_rules_check_commands, "#a join",
			"'join' is not a command; write them as in "
			"\"quote,today,help\""},
		{irc_rules_check_daily, "#a 00:00", NULL},
		{irc_rules_check_daily, "* 23:59 topic", NULL},
		{irc_rules_check_daily, "#a",
			"'#a' is not \"#CHANNEL VALUE\"; write it as in \"#quotes 09:00\""},
		{irc_rules_check_daily, "#a 24:00", NO_TIME("#a 24:00")},
		{irc_rules_check_daily, "#a 09:60", NO_TIME("#a 09:60")},
		{irc_rules_check_daily, "#a 9:00", NO_TIME("#a 9:00")},
		{irc_rules_check_daily, "#a 09:00topic", NO_TIME("#a 09:00topic")},
		{irc_rules_check_daily, "#a 09:00 Europe/Berlin", NULL},
		{irc_rules_check_daily, "#a 09:00 Europe/Berlin topic", NULL},
		{irc_rules_check_daily, "#a 09:00 topic Europe/Berlin",
			NO_TIME("#a 09:00 topic Europe/Berlin")},
		{irc_rules_check_daily, "#a 09:00 UTC UTC", NO_TIME("#a 09:00 UTC UTC")},
		{irc_rules_check_daily, "#a 09:00 topic topic", NO_TIME("#a 09:00 topic topic")},
		{irc_rules_check_daily, "#a 09:00 Europe/Berlni",
			"no zone 'Europe/Berlni' in /usr/share/zoneinfo; write one as in "
			"\"Europe/Berlin\", or install tzdata"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error error = {0};
		bool good = rows[i].check(rows[i].text, &error);
		cr_assert_eq(good, rows[i].error == NULL, "%s: %s", rows[i].text, error.text);
		cr_assert_str_eq(error.text, good ? "" : rows[i].error);
	}
}

Test(irc_rules, reads_the_time_of_daily_quotes)
{
	struct irc_rules_daily daily;
	cr_assert(irc_rules_read_daily("09:05", &daily));
	cr_assert(daily.minute == 545 && !daily.as_topic);
	cr_assert_str_eq(daily.zone, "");
	cr_assert(irc_rules_read_daily("00:00 Asia/Tokyo topic", &daily));
	cr_assert(daily.minute == 0 && daily.as_topic);
	cr_assert_str_eq(daily.zone, "Asia/Tokyo");
	cr_assert(irc_rules_read_daily("23:59 topic", &daily));
	cr_assert(daily.minute == 1439 && daily.as_topic);
}

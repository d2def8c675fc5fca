#include "frontends/irc/irc_command.h"

#include <criterion/criterion.h>

Test(irc_command, table)
{
	const enum irc_command NONE = IRC_COMMAND_NONE;
	const enum irc_command QUOTE = IRC_COMMAND_QUOTE;
	const enum irc_command HELP = IRC_COMMAND_HELP;
	const struct {
		const char *text;
		const char *mark;
		enum irc_command in_channel;
		enum irc_command in_private;
	} rows[] = {
		{"!quote", "!", QUOTE, QUOTE},
		{"  !QUOTE 12 words", "!", QUOTE, QUOTE},
		{"!help", "!", HELP, HELP},
		{"!today", "!", IRC_COMMAND_TODAY, IRC_COMMAND_TODAY},
		{"!qotd x", "!", IRC_COMMAND_TODAY, IRC_COMMAND_TODAY},
		{"!search x", "!", IRC_COMMAND_SEARCH, IRC_COMMAND_SEARCH},
		{"today", "!", NONE, IRC_COMMAND_TODAY},
		{"quote", "!", NONE, QUOTE},
		{"help", "!", NONE, HELP},
		{"quoted: quote", "!", QUOTE, QUOTE},
		{"quoted, quote please", "!", QUOTE, QUOTE},
		{"Quoted:quote", "!", QUOTE, QUOTE},
		{"quoted: !quote", "!", QUOTE, QUOTE},
		{"quoted: help", "!", HELP, HELP},
		{"quoted quote", "!", NONE, NONE},
		{"quoted2: quote", "!", NONE, NONE},
		{"quote: quote", "!", NONE, NONE},
		{"!quoted", "!", NONE, NONE},
		{"!quot", "!", NONE, NONE},
		{"!", "!", NONE, NONE},
		{"", "!", NONE, NONE},
		{"say !quote", "!", NONE, NONE},
		{".quote", ".", QUOTE, QUOTE},
		{"!quote", ".", NONE, NONE},
		{"quote", "", NONE, QUOTE},
		{"!quote", "", NONE, NONE},
		{"@quoted quote", "!", QUOTE, QUOTE},
		{"@Quoted: help", "!", HELP, HELP},
		{"@quoted", "!", NONE, NONE},
		{"@other quote", "!", NONE, NONE},
		{"quoted\xef\xbc\x9aquote", "!", QUOTE, QUOTE},
		{"quoted\xef\xbc\x8c quote", "!", QUOTE, QUOTE},
		{"\xef\xbc\xa0quoted quote", "!", QUOTE, QUOTE},
		{"\xef\xbc\x81quote", "!", QUOTE, QUOTE},
		{"\xef\xbc\x81quote", "?", NONE, NONE},
		{"\uFF01\uFF51\uFF55\uFF2F\uFF54\uFF45 one", "!", QUOTE, QUOTE},
		{"quoted: \uFF51\uFF55\uFF4F\uFF54\uFF45", "!", QUOTE, QUOTE},
		{"!quot\xef\xbd", "!", NONE, NONE},
		{"!quote\uFF51", "!", NONE, NONE},
		{"quoted; quote", "!", QUOTE, QUOTE},
		{"quoted\u3001quote", "!", QUOTE, QUOTE},
		{"quoted\u060C quote", "!", QUOTE, QUOTE},
		{"quoted\xef\xbc", "!", NONE, NONE},
		{"quote\xef\xbc\x9aquote", "!", NONE, NONE},
		{"@quoted\tquote", "!", QUOTE, QUOTE},
		{"!!quote", "!!", QUOTE, QUOTE},
		{"!quote", "!!", NONE, NONE},
		{"!more", "!", IRC_COMMAND_MORE, IRC_COMMAND_MORE},
		{"!fortune linux", "!", IRC_COMMAND_FORTUNE, IRC_COMMAND_FORTUNE},
		{"!id", "!", IRC_COMMAND_ID, IRC_COMMAND_ID},
		{"!by Twain", "!", IRC_COMMAND_BY, IRC_COMMAND_BY},
		{"!ignore x", "!", IRC_COMMAND_IGNORE, IRC_COMMAND_IGNORE},
		{"!join #a", "!", IRC_COMMAND_JOIN, IRC_COMMAND_JOIN},
		{"!part", "!", IRC_COMMAND_PART, IRC_COMMAND_PART},
		{"!reload", "!", IRC_COMMAND_RELOAD, IRC_COMMAND_RELOAD},
		{"quoted : quote", "!", QUOTE, QUOTE},
		{"quoted - help", "!", HELP, HELP},
		{"quoted-help", "!", NONE, NONE},
		{"quoted\u2014help", "!", HELP, HELP},
		{"quoted> help", "!", HELP, HELP},
		{"@quoted , help", "!", HELP, HELP},
		{"quoted !help", "!", HELP, HELP},
		{"quoted!help", "!", NONE, NONE},
		{"quoted help", "", NONE, NONE},
		{"quoted :", "!", NONE, NONE},
		{"!today!", "!", IRC_COMMAND_TODAY, IRC_COMMAND_TODAY},
		{"quoted: today, ", "!", IRC_COMMAND_TODAY, IRC_COMMAND_TODAY},
		{"!today:", "!", IRC_COMMAND_TODAY, IRC_COMMAND_TODAY},
		{"!TODAY?!...", "!", IRC_COMMAND_TODAY, IRC_COMMAND_TODAY},
		{"\uFF01today\uFF01\u3002", "!", IRC_COMMAND_TODAY, IRC_COMMAND_TODAY},
		{"!today? no", "!", NONE, NONE},
		{"!?", "!", NONE, NONE},
		{"\xff\xfe", "!", NONE, NONE},
	};
	const char *argument;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cr_assert_eq(
			irc_command_parse(rows[i].text, "quoted", rows[i].mark, false, &argument),
			rows[i].in_channel, "row %zu", i);
		cr_assert_eq(
			irc_command_parse(rows[i].text, "quoted", rows[i].mark, true, &argument),
			rows[i].in_private, "row %zu in private", i);
	}
}

Test(irc_command, arguments)
{
	static const struct {
		const char *text, *argument;
	} rows[] = {
		{"!quote", ""},
		{"!quote ", ""},
		{"!quote  some words", "some words"},
		{"quoted: search \t-not \"a b\"", "-not \"a b\""},
		{"!search what?", "what?"},
		{"nothing for it", ""},
		{"!quote please", ""},
		{"!quote !", ""},
		{"quoted: quote, please? :)", ""},
		{"!fortune \uFF01", ""},
		{"!quote please me", "please me"},
		{"!search please", "please"},
		{"!by !", "!"},
		{"!part ##", "##"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *argument;
		irc_command_parse(rows[i].text, "quoted", "!", false, &argument);
		cr_assert_str_eq(argument, rows[i].argument, "row %zu", i);
	}
}

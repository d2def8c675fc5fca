#include "frontends/irc/connection/irc_nick.h"

#include <criterion/criterion.h>
#include <string.h>

Test(irc_nick, compares_the_beginning)
{
	cr_assert(irc_nick_begins("Bot[: hi", "bot{"));
	cr_assert(irc_nick_begins("bot", "bot"));
	cr_assert_not(irc_nick_begins("bo", "bot"));
	cr_assert_not(irc_nick_begins("", "bot"));
	cr_assert_not(irc_nick_begins("bat: hi", "bot"));
}

Test(irc_nick, equal)
{
	cr_assert(irc_nick_equal("Quoted", "qUOTED"));
	cr_assert(irc_nick_equal("[a]\\^", "{A}|~"));
	cr_assert_not(irc_nick_equal("quoted", "quoted2"));
	cr_assert_not(irc_nick_equal("quoted2", "quoted"));
	cr_assert_not(irc_nick_equal("", "a"));
}

Test(irc_nick, in_a_list)
{
	cr_expect(irc_nick_is_listed("alice, Bot!u@h", "bot"));
	cr_expect(irc_nick_is_listed(" bot ", "bot"));
	cr_expect_not(irc_nick_is_listed("bot2 abot", "bot"));
	cr_expect_not(irc_nick_is_listed(" ,", "bot"));
}

Test(irc_nick, of_a_prefix)
{
	char nick[IRC_NICK_SIZE];
	char longest[200];
	irc_nick_of("a!b@c", nick);
	cr_assert_str_eq(nick, "a");
	cr_assert_str_eq(irc_nick_host("a!b@c"), "b@c");
	irc_nick_of("server.example", nick);
	cr_assert_str_eq(nick, "server.example");
	cr_assert_str_eq(irc_nick_host("server.example"), "server.example");
	memset(longest, 'x', sizeof longest - 1);
	longest[199] = '\0';
	irc_nick_of(longest, nick);
	cr_assert_eq(strlen(nick), IRC_NICK_SIZE - 1);
}

Test(irc_nick, alternatives)
{
	static const struct {
		unsigned attempt;
		const char *nick;
	} rows[] = {{1, "quoted_"}, {2, "quoted__"}, {3, "quoted3"}, {12, "quoted12"},
		{1003, "quoted3"}};
	char nick[IRC_NICK_SIZE];
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		irc_nick_alternative("quoted", rows[i].attempt, nick);
		cr_assert_str_eq(nick, rows[i].nick);
	}
}

Test(irc_nick, of_services)
{
	cr_expect(irc_nick_is_of_services("NickServ"));
	cr_expect(irc_nick_is_of_services("chanserv"));
	cr_expect(irc_nick_is_of_services("GLOBAL"));
	cr_expect_not(irc_nick_is_of_services("QuoteServ"));
	cr_expect_not(irc_nick_is_of_services("NickServ_"));
	cr_expect_not(irc_nick_is_of_services("Nick"));
}

Test(irc_nick, valid)
{
	static const struct {
		const char *nick;
		bool valid;
	} rows[] = {{"quoted", true}, {"Q-2_[x]\\`^{|}", true}, {"_q", true},
		{"\xc3\xa9t\xc3\xa9", false}, {"1bot", false}, {"-bot", false}, {"a b", false},
		{"a!b", false}, {"a.b", false}, {"#a", false}, {"", false},
		{"a23456789012345678901234567890123456789012345678901234567890123", true},
		{"a234567890123456789012345678901234567890123456789012345678901234", false}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(irc_nick_is_valid(rows[i].nick), rows[i].valid, "%s", rows[i].nick);
}

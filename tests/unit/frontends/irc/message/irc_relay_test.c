#include "frontends/irc/message/irc_relay.h"

#include <string.h>

#include <criterion/criterion.h>

Test(irc_relay, table)
{
	static const struct {
		const char *text, *name, *rest;
	} rows[] = {
		{"<bob> !quote", "bob", "!quote"},
		{"<Bob Smith>  hi", "Bob Smith", "hi"},
		{"[bob] !quote", "bob", "!quote"},
		{"[discord] <bob> !quote", "bob", "!quote"},
		{"bob: !quote", "bob", "!quote"},
		{"<bob> quoted: quote", "bob", "quoted: quote"},
		{"<bob>!quote", "bob", "!quote"},
		{"<bob>", "bob", ""},
		{"<bob>: !quote", "bob", "!quote"},
		{"[bob]: !quote", "bob", "!quote"},
		{"(bob) !quote", "bob", "!quote"},
		{"Bob Smith: !quote", "Bob Smith", "!quote"},
		{"[discord] bob: !quote", "bob", "!quote"},
		{"[discord] quoted: quote", "discord", "quoted: quote"},
		{"(discord) [bob] !quote", "bob", "!quote"},
		{"[discord] [#fun] <bob> !quote", "bob", "!quote"},
		{"[mc][admin] bob: !quote", "bob", "!quote"},
		{"[irc] (fun) [bob] bob !quote", "bob", "bob !quote"},
		{"[irc] [#fun] quoted: quote", "#fun", "quoted: quote"},
		{"<bob> [alice] !quote", "bob", "[alice] !quote"},
		{"<bob> alice: !quote", "bob", "alice: !quote"},
		{"<quoted> !quote", "quoted", "!quote"},
		{"**<bob>** !quote", "bob", "!quote"},
		{"**bob**: !quote", "**bob**", "!quote"},
		{"`[bob]`: !quote", "bob", "!quote"},
		{"{bob} !quote", "bob", "!quote"},
		{"\u00ABbob\u00BB !quote", "bob", "!quote"},
		{"\uFF1Cbob\uFF1E !quote", "bob", "!quote"},
		{"\u3010irc\u3011 bob: !quote", "bob", "!quote"},
		{"[irc] \u2039bob\u203A !quote", "bob", "!quote"},
		{"[irc] *bob* !quote", "irc", "*bob* !quote"},
		{"\u00AB\u00BB !quote", NULL, NULL},
		{"\u00ABbob !quote", NULL, NULL},
		{"* bob !quote", NULL, NULL},
		{"Quoted: quote", NULL, NULL},
		{"(bob !quote", NULL, NULL},
		{"bob:!quote", NULL, NULL},
		{"!quote", NULL, NULL},
		{"<> !quote", NULL, NULL},
		{"<bob !quote", NULL, NULL},
		{": !quote", NULL, NULL},
		{"", NULL, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char name[IRC_RELAY_NAME_SIZE];
		const char *rest;
		bool split = irc_relay_split(rows[i].text, "quoted", name, &rest);
		cr_assert_eq(split, rows[i].name != NULL, "%s", rows[i].text);
		cr_assert_str_eq(rest, split ? rows[i].rest : rows[i].text);
		if (split)
			cr_assert_str_eq(name, rows[i].name);
	}
}

Test(irc_relay, a_long_name_is_none)
{
	char text[2 * IRC_RELAY_NAME_SIZE] = "<";
	char name[IRC_RELAY_NAME_SIZE];
	const char *rest;
	memset(text + 1, 'b', IRC_RELAY_NAME_SIZE);
	text[IRC_RELAY_NAME_SIZE] = '>';
	cr_assert(irc_relay_split(text, "quoted", name, &rest));
	text[IRC_RELAY_NAME_SIZE] = 'b';
	text[IRC_RELAY_NAME_SIZE + 1] = '>';
	cr_assert_not(irc_relay_split(text, "quoted", name, &rest));
}

#include "frontends/irc/answer/irc_recent.h"

#include <stdio.h>

#include <criterion/criterion.h>

Test(irc_recent, remembers_each_place)
{
	struct irc_recent recent = {0};
	irc_recent_find(&recent, "#a")->id = 1;
	irc_recent_find(&recent, "#b")->id = 2;
	cr_assert_eq(irc_recent_find(&recent, "#A")->id, 1);
	cr_assert_eq(irc_recent_find(&recent, "#c")->id, 0);
	irc_recent_search(irc_recent_find(&recent, "#a"), "one");
	irc_recent_find(&recent, "#a")->next = 4;
	irc_recent_search(irc_recent_find(&recent, "#a"), irc_recent_find(&recent, "#a")->words);
	cr_assert_str_eq(irc_recent_find(&recent, "#a")->words, "one");
	cr_assert_eq(irc_recent_find(&recent, "#a")->next, 0);
	irc_recent_finish(&recent);
}

Test(irc_recent, the_oldest_gives_way)
{
	struct irc_recent recent = {0};
	char name[16];
	irc_recent_find(&recent, "#a")->id = 1;
	irc_recent_find(&recent, "#b")->id = 2;
	for (int i = 0; i < IRC_RECENT_PLACES - 1; i++) {
		snprintf(name, sizeof name, "n%d", i);
		irc_recent_find(&recent, "#a");
		irc_recent_find(&recent, name);
	}
	cr_assert_eq(irc_recent_find(&recent, "#a")->id, 1);
	cr_assert_eq(irc_recent_find(&recent, "#b")->id, 0);
	irc_recent_finish(&recent);
}

Test(irc_recent, recognises_its_own_messages)
{
	struct irc_recent recent = {0};
	cr_assert_not(irc_recent_was_said(&recent, "!quote"));
	irc_recent_say(&recent, "!quote");
	cr_assert(irc_recent_was_said(&recent, "!quote"));
	for (int i = 0; i < IRC_RECENT_SAID; i++)
		irc_recent_say(&recent, "other");
	cr_assert_not(irc_recent_was_said(&recent, "!quote"));
	irc_recent_finish(&recent);
}

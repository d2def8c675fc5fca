#include "frontends/irc/irc_guard.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(irc_guard, answers_twelve_a_minute_then_warns_then_ignores)
{
	struct irc_guard *guard = irc_guard_create(12, 300, 7);
	for (int i = 0; i < 12; i++)
		cr_assert_eq(irc_guard_check(guard, "u@h", 1000), IRC_GUARD_VERDICT_ANSWER);
	cr_assert_eq(irc_guard_check(guard, "u@h", 1000), IRC_GUARD_VERDICT_WARN);
	for (int i = 0; i < 299; i++)
		cr_assert_eq(irc_guard_check(guard, "u@h", 1000 + i), IRC_GUARD_VERDICT_IGNORE);
	cr_assert_eq(irc_guard_check(guard, "other@h", 1000), IRC_GUARD_VERDICT_ANSWER);
	cr_assert_eq(irc_guard_check(guard, "u@h", 1300), IRC_GUARD_VERDICT_ANSWER);
	irc_guard_destroy(guard);
}

Test(irc_guard, more_hosts_than_places)
{
	struct irc_guard *guard = irc_guard_create(1, 300, 7);
	char host[32];
	for (int i = 0; i < 3 * IRC_GUARD_IGNORED; i++) {
		snprintf(host, sizeof host, "u@%d", i);
		cr_assert_eq(irc_guard_check(guard, host, i / 1e3), IRC_GUARD_VERDICT_ANSWER);
		cr_assert_eq(irc_guard_check(guard, host, i / 1e3), IRC_GUARD_VERDICT_WARN);
		cr_assert_eq(irc_guard_check(guard, host, i / 1e3), IRC_GUARD_VERDICT_IGNORE);
	}
	irc_guard_destroy(guard);
}

Test(irc_guard, recognises_its_own_messages)
{
	struct irc_guard *guard = irc_guard_create(12, 300, 7);
	cr_assert_not(irc_guard_is_echo(guard, "!quote"));
	irc_guard_said(guard, "!quote");
	cr_assert(irc_guard_is_echo(guard, "!quote"));
	for (int i = 0; i < IRC_GUARD_SAID; i++)
		irc_guard_said(guard, "other");
	cr_assert_not(irc_guard_is_echo(guard, "!quote"));
	irc_guard_destroy(guard);
}

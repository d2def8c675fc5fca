#include "frontends/irc/irc_guard.h"

#include <criterion/criterion.h>
#include <stdio.h>

static struct limits *limits;

static struct irc_guard *create(double per_minute)
{
	limits = limits_create(&(struct limits_options){
		.name = "irc.test",
		.one = {"commands_per_minute", 12, per_minute, per_minute / 60},
		.keys = IRC_GUARD_ASKERS,
		.seed = 7,
	});
	return irc_guard_create(limits, 300);
}

static void destroy(struct irc_guard *guard)
{
	irc_guard_destroy(guard);
	limits_destroy(limits);
}

Test(irc_guard, answers_twelve_a_minute_then_warns_then_ignores)
{
	struct irc_guard *guard = create(12);
	for (int i = 0; i < 12; i++)
		cr_assert_eq(irc_guard_check(guard, "u@h", 1000), IRC_GUARD_VERDICT_ANSWER);
	cr_assert_eq(irc_guard_check(guard, "u@h", 1000), IRC_GUARD_VERDICT_WARN);
	for (int i = 0; i < 299; i++)
		cr_assert_eq(irc_guard_check(guard, "u@h", 1000 + i), IRC_GUARD_VERDICT_IGNORE);
	cr_assert_eq(limits_refused(limits, LIMITS_REASON_ONE), 300);
	cr_assert_eq(irc_guard_check(guard, "other@h", 1000), IRC_GUARD_VERDICT_ANSWER);
	cr_assert_eq(irc_guard_check(guard, "u@h", 1300), IRC_GUARD_VERDICT_ANSWER);
	destroy(guard);
}

Test(irc_guard, more_hosts_than_places)
{
	struct irc_guard *guard = create(1);
	char host[32];
	for (int i = 0; i < 3 * IRC_GUARD_IGNORED; i++) {
		snprintf(host, sizeof host, "u@%d", i);
		cr_assert_eq(irc_guard_check(guard, host, i / 1e3), IRC_GUARD_VERDICT_ANSWER);
		cr_assert_eq(irc_guard_check(guard, host, i / 1e3), IRC_GUARD_VERDICT_WARN);
		cr_assert_eq(irc_guard_check(guard, host, i / 1e3), IRC_GUARD_VERDICT_IGNORE);
	}
	destroy(guard);
}

Test(irc_guard, recognises_its_own_messages)
{
	struct irc_guard *guard = create(12);
	cr_assert_not(irc_guard_is_echo(guard, "!quote"));
	irc_guard_said(guard, "!quote");
	cr_assert(irc_guard_is_echo(guard, "!quote"));
	for (int i = 0; i < IRC_GUARD_SAID; i++)
		irc_guard_said(guard, "other");
	cr_assert_not(irc_guard_is_echo(guard, "!quote"));
	destroy(guard);
}

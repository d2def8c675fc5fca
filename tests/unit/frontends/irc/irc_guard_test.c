#include "frontends/irc/irc_guard.h"

#include <criterion/criterion.h>
#include <stdio.h>

static struct irc_guard *create(long person, long channel, long network)
{
	static struct rng rng;
	const struct frontend_context context = {.name = "irc.test", .rng = &rng};
	const struct irc_options options = {
		.commands_per_minute = person,
		.channel_per_minute = channel,
		.network_per_minute = network,
		.ignore_seconds = 300,
	};
	rng_init(&rng, 7);
	return irc_guard_create(&context, &options);
}

Test(irc_guard, answers_twelve_a_minute_then_warns_then_ignores)
{
	struct irc_guard *guard = create(12, 1000, 1000);
	for (int i = 0; i < 12; i++)
		cr_assert_eq(irc_guard_check(guard, "u@h", NULL, 1000), IRC_GUARD_VERDICT_ANSWER);
	cr_assert_eq(irc_guard_check(guard, "u@h", NULL, 1000), IRC_GUARD_VERDICT_WARN);
	for (int i = 0; i < 299; i++)
		cr_assert_eq(
			irc_guard_check(guard, "u@h", NULL, 1000 + i), IRC_GUARD_VERDICT_IGNORE);
	cr_assert_eq(irc_guard_check(guard, "other@h", NULL, 1000), IRC_GUARD_VERDICT_ANSWER);
	cr_assert_eq(irc_guard_check(guard, "u@h", NULL, 1300), IRC_GUARD_VERDICT_ANSWER);
	irc_guard_destroy(guard);
}

Test(irc_guard, more_hosts_than_places)
{
	struct irc_guard *guard = create(1, 1000, 100000);
	char host[32];
	for (int i = 0; i < 3 * IRC_GUARD_IGNORED; i++) {
		snprintf(host, sizeof host, "u@%d", i);
		cr_assert_eq(irc_guard_check(guard, host, NULL, i / 1e3), IRC_GUARD_VERDICT_ANSWER);
		cr_assert_eq(irc_guard_check(guard, host, NULL, i / 1e3), IRC_GUARD_VERDICT_WARN);
		cr_assert_eq(irc_guard_check(guard, host, NULL, i / 1e3), IRC_GUARD_VERDICT_IGNORE);
	}
	irc_guard_destroy(guard);
}

/* The other channel and private messages go on, and so does the channel itself, more slowly. */
Test(irc_guard, a_channel_has_a_budget_and_is_told_once)
{
	struct irc_guard *guard = create(1000, 6, 1000);
	char host[32];
	for (int i = 0; i < 20; i++) {
		enum irc_guard_verdict wanted = IRC_GUARD_VERDICT_ANSWER;
		if (i == 6)
			wanted = IRC_GUARD_VERDICT_WARN_CHANNEL;
		else if (i > 6)
			wanted = IRC_GUARD_VERDICT_REFUSE_CHANNEL;
		snprintf(host, sizeof host, "u@%d", i);
		cr_assert_eq(irc_guard_check(guard, host, "#a", 1000), wanted, "%d", i);
	}
	cr_assert_eq(irc_guard_check(guard, "u@h", "#b", 1000), IRC_GUARD_VERDICT_ANSWER);
	cr_assert_eq(irc_guard_check(guard, "u@h", NULL, 1000), IRC_GUARD_VERDICT_ANSWER);
	cr_assert_eq(irc_guard_check(guard, "u@h", "#a", 1010), IRC_GUARD_VERDICT_ANSWER);
	cr_assert_eq(irc_guard_check(guard, "u@h", "#a", 1010), IRC_GUARD_VERDICT_REFUSE_CHANNEL);
	irc_guard_destroy(guard);
}

Test(irc_guard, the_network_has_a_budget_and_one_person_is_told)
{
	struct irc_guard *guard = create(1000, 1000, 3);
	for (int i = 0; i < 3; i++)
		cr_assert_eq(irc_guard_check(guard, "u@h", NULL, 1000), IRC_GUARD_VERDICT_ANSWER);
	cr_assert_eq(irc_guard_check(guard, "u@h", NULL, 1000), IRC_GUARD_VERDICT_WARN_NETWORK);
	cr_assert_eq(irc_guard_check(guard, "v@h", "#a", 1000), IRC_GUARD_VERDICT_REFUSE_NETWORK);
	cr_assert_eq(irc_guard_check(guard, "v@h", "#a", 1020), IRC_GUARD_VERDICT_ANSWER);
	irc_guard_destroy(guard);
}

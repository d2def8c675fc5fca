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

/* How a check ends if it is to be told, or not. */
#define TELL(verdict) (10 + IRC_GUARD_VERDICT_##verdict)
#define QUIET(verdict) ((int)IRC_GUARD_VERDICT_##verdict)

static int check(struct irc_guard *guard, const char *person, const char *channel, double now)
{
	bool tell;
	enum irc_guard_verdict verdict = irc_guard_check(guard, person, channel, now, &tell);
	return (int)verdict + (tell ? 10 : 0);
}

Test(irc_guard, answers_twelve_a_minute_then_warns_then_ignores)
{
	struct irc_guard *guard = create(12, 1000, 1000);
	for (int i = 0; i < 12; i++)
		cr_assert_eq(check(guard, "u@h", NULL, 1000), QUIET(ANSWER));
	cr_assert_eq(check(guard, "u@h", NULL, 1000), TELL(PERSON));
	for (int i = 0; i < 299; i++)
		cr_assert_eq(check(guard, "u@h", NULL, 1000 + i), QUIET(PERSON));
	cr_assert_eq(check(guard, "other@h", NULL, 1000), QUIET(ANSWER));
	cr_assert_eq(check(guard, "u@h", NULL, 1300), QUIET(ANSWER));
	irc_guard_destroy(guard);
}

Test(irc_guard, more_hosts_than_places)
{
	struct irc_guard *guard = create(1, 1000, 100000);
	char host[32];
	for (int i = 0; i < 3 * IRC_GUARD_IGNORED; i++) {
		snprintf(host, sizeof host, "u@%d", i);
		cr_assert_eq(check(guard, host, NULL, i / 1e3), QUIET(ANSWER));
		cr_assert_eq(check(guard, host, NULL, i / 1e3), TELL(PERSON));
		cr_assert_eq(check(guard, host, NULL, i / 1e3), QUIET(PERSON));
	}
	irc_guard_destroy(guard);
}

/* The other channel and private messages go on, and so does the channel itself, more slowly. */
Test(irc_guard, a_channel_has_a_budget_and_is_told_once)
{
	struct irc_guard *guard = create(1000, 6, 1000);
	char host[32];
	for (int i = 0; i < 20; i++) {
		int wanted = QUIET(ANSWER);
		if (i == 6)
			wanted = TELL(CHANNEL);
		else if (i > 6)
			wanted = QUIET(CHANNEL);
		snprintf(host, sizeof host, "u@%d", i);
		cr_assert_eq(check(guard, host, "#a", 1000), wanted, "%d", i);
	}
	cr_assert_eq(check(guard, "u@h", "#b", 1000), QUIET(ANSWER));
	cr_assert_eq(check(guard, "u@h", NULL, 1000), QUIET(ANSWER));
	cr_assert_eq(check(guard, "u@h", "#a", 1010), QUIET(ANSWER));
	cr_assert_eq(check(guard, "u@h", "#a", 1010), QUIET(CHANNEL));
	irc_guard_destroy(guard);
}

Test(irc_guard, the_network_has_a_budget_and_one_person_is_told)
{
	struct irc_guard *guard = create(1000, 1000, 3);
	for (int i = 0; i < 3; i++)
		cr_assert_eq(check(guard, "u@h", NULL, 1000), QUIET(ANSWER));
	cr_assert_eq(check(guard, "u@h", NULL, 1000), TELL(NETWORK));
	cr_assert_eq(check(guard, "v@h", "#a", 1000), QUIET(NETWORK));
	cr_assert_eq(check(guard, "v@h", "#a", 1020), QUIET(ANSWER));
	irc_guard_destroy(guard);
}

#include "frontends/net/limits.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "tests/support/loop_support.h"

static struct address address_of(const char *text)
{
	struct address addresses[2];
	size_t count;
	struct error error = {0};
	cr_assert(address_parse(text, addresses, &count, &error), "%s", error.text);
	return addresses[0];
}

static bool admit(struct limits *limits, const char *text)
{
	struct address peer = address_of(text);
	return limits_admit(limits, &peer);
}

static enum limits_reason take(struct limits *limits, const char *text, double now)
{
	struct address peer = address_of(text);
	return limits_take(limits, &peer, now);
}

static void refuse(struct limits *limits, enum limits_reason reason, const char *text, int times)
{
	struct address peer = address_of(text);
	for (int i = 0; i < times; i++)
		limits_refuse(limits, reason, &peer);
}

static const struct limits_options some = {
	.name = "web.default",
	.max_connections = 4,
	.max_per_prefix = 2,
	.unit = "request",
	.one = {"requests_per_second", 1, 2, 1},
	.all = {"all_per_second", 2, 4, 2},
	.keys = 8,
};

Test(limits, admits_connections_by_prefix_and_says_when_it_is_full)
{
	struct limits *limits = limits_create(&some);
	cr_assert(admit(limits, "192.0.2.1:1"));
	cr_assert(admit(limits, "192.0.2.2:1"));
	cr_assert_not(admit(limits, "192.0.2.3:1"));
	cr_assert(admit(limits, "192.0.3.1:1"));
	cr_assert_not(limits_is_full(limits));
	cr_assert(admit(limits, "[2001:db8::1]:1"));
	cr_assert(limits_is_full(limits));
	cr_assert_eq(limits_connections(limits), 4);
	struct address peer = address_of("192.0.2.200:9");
	limits_release(limits, &peer);
	cr_assert_not(limits_is_full(limits));
	cr_assert(admit(limits, "192.0.2.3:1"), "its place was given back");
	cr_assert_eq(limits_refused(limits, LIMITS_REASON_CONNECTIONS), 1);
	limits_destroy(limits);
}

Test(limits, spares_unix_sockets)
{
	struct limits *limits = limits_create(&some);
	for (int i = 0; i < 4; i++)
		cr_assert(admit(limits, "unix:/a"));
	cr_assert(limits_is_full(limits));
	limits_destroy(limits);
}

Test(limits, takes_from_the_budgets_of_the_prefix_and_of_all)
{
	struct limits *limits = limits_create(&some);
	cr_assert_eq(take(limits, "192.0.2.1:1", 0), LIMITS_REASON_NONE);
	cr_assert_eq(take(limits, "192.0.2.2:1", 0), LIMITS_REASON_NONE);
	cr_assert_eq(take(limits, "192.0.2.3:1", 0), LIMITS_REASON_ONE);
	cr_assert_eq(take(limits, "192.0.3.1:1", 0), LIMITS_REASON_NONE);
	cr_assert_eq(take(limits, "192.0.4.1:1", 0), LIMITS_REASON_NONE);
	cr_assert_eq(take(limits, "192.0.5.1:1", 0), LIMITS_REASON_ALL);
	cr_assert_eq(take(limits, "127.0.0.1:1", 0), LIMITS_REASON_NONE, "loopback is free");
	cr_assert_eq(take(limits, "192.0.2.1:1", 1), LIMITS_REASON_NONE);
	cr_assert_eq(limits_refused(limits, LIMITS_REASON_ONE), 1);
	cr_assert_eq(limits_refused(limits, LIMITS_REASON_ALL), 1);
	limits_destroy(limits);
}

Test(limits, can_apply_to_loopback_and_to_keys)
{
	struct limits_options options = some;
	options.limit_loopback = true;
	struct limits *limits = limits_create(&options);
	for (int i = 0; i < 2; i++) {
		cr_assert_eq(take(limits, "[::1]:1", 0), LIMITS_REASON_NONE);
		cr_assert_eq(limits_take_key(limits, "a", 1, 0), LIMITS_REASON_NONE);
	}
	cr_assert_eq(take(limits, "[::1]:1", 0), LIMITS_REASON_ONE);
	cr_assert_eq(limits_take_key(limits, "a", 1, 0), LIMITS_REASON_ONE);
	limits_destroy(limits);
}

static struct ev_loop *loop;

static struct limits *create_telling(void)
{
	struct limits_options options = some;
	cr_redirect_stderr();
	loop = loop_support_create();
	options.loop = loop;
	options.tell_seconds = 0.1;
	return limits_create(&options);
}

Test(limits, tells_by_itself_what_it_refused)
{
	struct limits *limits = create_telling();
	refuse(limits, LIMITS_REASON_CONNECTIONS, "192.0.2.1:1", 41);
	refuse(limits, LIMITS_REASON_ONE, "192.0.2.1:1", 1);
	refuse(limits, LIMITS_REASON_ONE, "[2001:db8::1]:1", 1);
	refuse(limits, LIMITS_REASON_ALL, "192.0.2.1:1", 1);
	refuse(limits, LIMITS_REASON_PORT, "192.0.2.1:1", 3);
	refuse(limits, LIMITS_REASON_SMALL, "192.0.2.1:1", 3);
	limits_refuse(limits, LIMITS_REASON_DESCRIPTORS, NULL);
	ev_run(loop, 0);
	refuse(limits, LIMITS_REASON_CONNECTIONS, "192.0.3.1:1", 2);
	ev_run(loop, 0);
	cr_assert_eq(limits_refused(limits, LIMITS_REASON_CONNECTIONS), 43);
	limits_destroy(limits);
	ev_loop_destroy(loop);
	cr_assert_stderr_eq_str(
		"web.default: warning: 41 connections refused, over max_per_prefix 2 of "
		"192.0.2.0/24\n"
		"web.default: warning: 1 connection refused, no file descriptor was left; raise "
		"the limit on open files\n"
		"web.default: warning: 2 requests refused, over requests_per_second 1 of "
		"192.0.2.0/24 and others\n"
		"web.default: warning: 1 request refused, over all_per_second 2\n"
		"web.default: warning: 3 requests refused, from ports below 1024 or of our own\n"
		"web.default: warning: 3 requests refused, too small for an answer that is not "
		"larger\n"
		"web.default: warning: 2 connections refused, over max_per_prefix 2 of "
		"192.0.3.0/24\n");
}

Test(limits, tells_at_the_end_and_wakes_nobody_before)
{
	struct limits *limits = create_telling();
	cr_assert_not(ev_run(loop, EVRUN_NOWAIT), "no timer is active");
	limits_refuse(limits, LIMITS_REASON_ONE, NULL);
	limits_destroy(limits);
	limits_destroy(NULL);
	ev_loop_destroy(loop);
	cr_assert_stderr_eq_str(
		"web.default: warning: 1 request refused, over requests_per_second 1\n");
}

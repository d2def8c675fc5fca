#include "frontends/irc/connection/resolver.h"

#include <criterion/criterion.h>

#include "tests/support/loop_support.h"

struct outcome {
	size_t calls;
	size_t count;
	struct address first;
};

static void on_done(void *data, const struct address *addresses, size_t count, const char *reason)
{
	struct outcome *outcome = data;
	cr_assert_not_null(reason);
	outcome->calls++;
	outcome->count = count;
	if (count > 0)
		outcome->first = addresses[0];
}

static bool is_done(void *data)
{
	struct outcome *outcome = data;
	return outcome->calls > 0;
}

/* Even for an address or a name in the hosts file, which c-ares answers before its call returns. */
Test(resolver, answers_come_from_the_loop)
{
	static const struct {
		const char *host;
		bool known;
	} rows[] = {{"127.0.0.1", true}, {"::1", true}, {"localhost", true}, {"a..b", false},
		{"", false}};
	struct ev_loop *loop = loop_support_create();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct outcome outcome = {0};
		struct error error;
		struct resolver *resolver = resolver_create(loop, &error);
		cr_assert_not_null(resolver, "%s", error.text);
		resolver_lookup(resolver, rows[i].host, 6667, on_done, &outcome);
		cr_assert_eq(outcome.calls, 0, "row %zu", i);
		cr_assert(loop_support_until(loop, is_done, &outcome));
		cr_assert_eq(outcome.calls, 1);
		cr_assert_eq(outcome.count > 0, rows[i].known, "row %zu", i);
		if (rows[i].known)
			cr_assert_eq(address_port(&outcome.first), 6667);
		resolver_destroy(resolver);
	}
	ev_loop_destroy(loop);
}

Test(resolver, nothing_comes_after_destroy)
{
	struct ev_loop *loop = loop_support_create();
	struct outcome outcome = {0};
	struct error error;
	struct resolver *resolver = resolver_create(loop, &error);
	resolver_lookup(resolver, "127.0.0.1", 6667, on_done, &outcome);
	resolver_destroy(resolver);
	resolver = resolver_create(loop, &error);
	resolver_lookup(resolver, "a.name.invalid", 6667, on_done, &outcome);
	resolver_destroy(resolver);
	for (int i = 0; i < 10; i++)
		ev_run(loop, EVRUN_NOWAIT);
	cr_assert_eq(outcome.calls, 0);
	ev_loop_destroy(loop);
}

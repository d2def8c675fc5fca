#include "frontends/kit/retry.h"

#include <criterion/criterion.h>

#include "tests/support/loop_support.h"

static void on_again(void *data)
{
	++*(int *)data;
}

static bool is_called(void *data)
{
	return *(int *)data > 0;
}

Test(retry, calls_again_after_a_failure_alone)
{
	struct ev_loop *loop = loop_support_create();
	struct rng rng;
	struct retry retry;
	struct error first = {"first"}, second = {"second"};
	int calls = 0;
	rng_init(&rng, 1);
	retry_init(&retry, loop, &rng, 0.01, 0.02, on_again, &calls);
	cr_assert_eq(ev_run(loop, 0), 0, "nothing is waited for");
	cr_assert(retry_later(&retry, &first));
	cr_assert_eq(ev_run(loop, 0), 0, "nor is this");
	cr_assert_eq(calls, 0);
	cr_assert(loop_support_until(loop, is_called, &calls));
	cr_assert_not(retry_later(&retry, &first), "it is known");
	cr_assert(retry_later(&retry, &second));
	retry_reset(&retry);
	cr_assert_eq(ev_pending_count(loop), 0);
	cr_assert(retry_later(&retry, &second));
	retry_stop(&retry);
	retry_stop(&retry);
	cr_assert_eq(ev_run(loop, 0), 0);
	ev_loop_destroy(loop);
}

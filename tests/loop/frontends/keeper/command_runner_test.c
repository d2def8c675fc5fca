#include "frontends/keeper/command_runner.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/library/library.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

enum { DEADLINE_MS = 20000 };

/* What the runner is to have done. */
struct awaited {
	struct quoter *quoter;
	size_t collection;
	const char *path;
};

static bool is_full(void *data)
{
	const struct awaited *awaited = data;
	return quoter_wanted(awaited->quoter, awaited->collection) == 0;
}

static bool is_there(void *data)
{
	const struct awaited *awaited = data;
	return access(awaited->path, F_OK) == 0;
}

/* More commands than there are threads fail or hang before one that works. */
Test(command_runner, lets_no_command_hold_up_another, .init = scratch_enter, .fini = scratch_leave)
{
	static const char *const specs[] = {"command:false", "command:/nowhere/x",
		"command:sleep 600", "command:sh -c 'echo no >&2; exit 1'", "command:sleep 601",
		"command:sleep 602", "command:/bin/echo fine"};
	enum { COUNT = sizeof specs / sizeof *specs };
	struct quotes quotes = {0};
	struct error error;
	for (size_t i = 0; i < COUNT; i++)
		quotes_add(&quotes, specs[i], specs[i]);
	struct awaited last = {quotes_open(&quotes), COUNT - 1, NULL};
	struct ev_loop *loop = loop_support_create();
	struct command_runner *runner =
		command_runner_create(loop, quotes.quoter, &quotes.rng, &error);
	cr_assert_not_null(runner);
	command_runner_start(runner);
	cr_assert(loop_support_until(loop, is_full, &last));
	command_runner_destroy(runner);
	ev_loop_destroy(loop);
	quotes_finish(&quotes);
}

Test(command_runner, keeps_the_reserve_full)
{
	struct quotes quotes = {0};
	struct error error;
	struct quote quote;
	quotes_add(&quotes, "now", "command:/bin/echo fine");
	struct awaited full = {quotes_open(&quotes), 0, NULL};
	struct ev_loop *loop = loop_support_create();
	struct command_runner *runner =
		command_runner_create(loop, quotes.quoter, &quotes.rng, &error);
	ev_run(loop, EVRUN_NOWAIT);
	cr_assert_eq(quoter_wanted(quotes.quoter, 0), 4, "it was not started");
	command_runner_start(runner);
	for (int i = 0; i < 3; i++) {
		cr_assert(loop_support_until(loop, is_full, &full));
		cr_assert(quotes_pick(quotes.quoter, 0, NULL, &quote));
		cr_assert_gt(quoter_wanted(quotes.quoter, 0), 0);
	}
	command_runner_destroy(runner);
	ev_loop_destroy(loop);
	quotes_finish(&quotes);
}

/* A command that failed is tried again after a second, by a timer that is not the others'. */
Test(command_runner, tries_again, .init = scratch_enter, .fini = scratch_leave)
{
	struct quotes quotes = {0};
	struct error error;
	quotes_add(&quotes, "later",
		"command:sh -c 'test -e ready && echo fine || { : >failed; exit 1; }'");
	struct awaited awaited = {quotes_open(&quotes), 0, "failed"};
	struct ev_loop *loop = loop_support_create();
	struct command_runner *runner =
		command_runner_create(loop, quotes.quoter, &quotes.rng, &error);
	command_runner_start(runner);
	cr_assert(loop_support_until(loop, is_there, &awaited));
	scratch_write("ready", "", 0);
	cr_assert(loop_support_until(loop, is_full, &awaited));
	command_runner_destroy(runner);
	ev_loop_destroy(loop);
	quotes_finish(&quotes);
}

Test(command_runner, kills_what_runs, .init = scratch_enter, .fini = scratch_leave)
{
	int held[2];
	struct quotes quotes = {0};
	struct error error;
	quotes_add(&quotes, "hangs", "command:sh -c ': >begun; sleep 600 & sleep 600'")->timeout =
		600;
	struct awaited begun = {quotes_open(&quotes), 0, "begun"};
	struct ev_loop *loop = loop_support_create();
	struct command_runner *runner =
		command_runner_create(loop, quotes.quoter, &quotes.rng, &error);
	cr_assert_eq(pipe(held), 0);
	command_runner_start(runner);
	cr_assert(loop_support_until(loop, is_there, &begun));
	command_runner_stop(runner);
	command_runner_stop(runner);
	command_runner_destroy(runner);
	close(held[1]);
	struct pollfd ended = {held[0], POLLIN, 0};
	cr_assert_eq(poll(&ended, 1, DEADLINE_MS), 1, "a child is left");
	close(held[0]);
	ev_loop_destroy(loop);
	quotes_finish(&quotes);
}

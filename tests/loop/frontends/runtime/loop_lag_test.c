#include "frontends/runtime/loop_lag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "frontends/kit/log.h"
#include "tests/support/loop_support.h"

/* Returns a value as it is written. */
static double read_value(struct metrics_registry *registry, const char *sample)
{
	struct buffer out = {0};
	char *line = NULL;
	metrics_registry_write(registry, &out);
	if (asprintf(&line, "\n%s ", sample) < 0)
		abort();
	const char *found = strstr(out.data, line);
	cr_assert_not_null(found, "%s is not in %s", sample, out.data);
	double value = strtod(found + strlen(line), NULL);
	free(line);
	buffer_finish(&out);
	return value;
}

static void keep_busy(double seconds)
{
	double end = metrics_clock() + seconds;
	while (metrics_clock() < end)
		continue;
}

static void on_busy(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	*(bool *)timer->data = true;
	keep_busy(0.06);
}

static bool is_done(void *data)
{
	return *(bool *)data;
}

Test(loop_lag, measures_the_turn_and_not_the_wait, .init = cr_redirect_stderr)
{
	struct ev_loop *loop = loop_support_create();
	struct metrics_registry *registry = metrics_registry_create();
	struct loop_lag *lag = loop_lag_create(loop, registry);
	bool done = false;
	ev_timer busy;
	ev_timer_init(&busy, on_busy, 0.3, 0);
	busy.data = &done;
	log_start(&(struct log_options){.level = LOG_LEVEL_DEBUG});
	ev_timer_start(loop, &busy);
	ev_run(loop, EVRUN_ONCE);
	cr_assert(done);
	/* The turn is over once the loop is about to wait again. */
	cr_assert(loop_support_until(loop, is_done, &done));
	ev_run(loop, EVRUN_NOWAIT);
	double longest = read_value(registry, "quoted_loop_lag_max_seconds");
	cr_assert_geq(longest, 0.06);
	cr_assert_lt(longest, 0.25, "the wait of 0.3 s does not count");
	cr_assert_eq(read_value(registry, "quoted_loop_lag_seconds_bucket{le=\"+Inf\"}") -
			     read_value(registry, "quoted_loop_lag_seconds_bucket{le=\"0.05\"}"),
		1);
	fflush(stderr);
	char text[4096] = "";
	cr_assert_gt(fread(text, 1, sizeof text - 1, cr_get_redirected_stderr()), 0);
	cr_assert_not_null(strstr(text, "debug quoted: a turn of the loop took "), "%s", text);
	loop_lag_destroy(lag);
	metrics_registry_destroy(registry);
	ev_loop_destroy(loop);
}

Test(loop_lag, does_not_keep_the_loop_running)
{
	struct ev_loop *loop = loop_support_create();
	struct metrics_registry *registry = metrics_registry_create();
	struct loop_lag *lag = loop_lag_create(loop, registry);
	cr_assert_not(ev_run(loop, 0), "it has nothing to wait for");
	loop_lag_destroy(lag);
	metrics_registry_destroy(registry);
	ev_loop_destroy(loop);
}

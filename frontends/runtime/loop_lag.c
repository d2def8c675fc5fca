#include "frontends/runtime/loop_lag.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"

enum { LAG_SECONDS, LAG_MAX };

/* Seconds. */
static const double too_long = 0.010;
static const double window = 60;

static const struct metrics_row rows[] = {
	[LAG_SECONDS] = {"quoted_loop_lag_seconds", METRICS_TYPE_HISTOGRAM,
		"Seconds that a turn of the loop took, in which everything else waits", NULL},
	[LAG_MAX] = {"quoted_loop_lag_max_seconds", METRICS_TYPE_GAUGE,
		"The longest turn of the last one to two minutes", NULL},
	{.name = NULL},
};

struct loop_lag {
	struct ev_loop *loop;
	struct metrics *metrics;
	ev_check check;
	ev_prepare prepare;
	double window_begun;
	double longest; /* of this window */
	double before;  /* the longest of the window before */
	double logged;  /* when; 0: never */
};

/* Both run only while the loop turns, so a window can be over for long. */
static void turn_window(struct loop_lag *lag, double now)
{
	if (now - lag->window_begun < window)
		return;
	lag->before = now - lag->window_begun < 2 * window ? lag->longest : 0;
	lag->longest = 0;
	lag->window_begun = now;
}

static void on_write(void *data)
{
	struct loop_lag *lag = data;
	turn_window(lag, metrics_clock());
	metrics_set(lag->metrics, LAG_MAX, lag->longest > lag->before ? lag->longest : lag->before);
}

static void on_check(struct ev_loop *loop, ev_check *check, int events)
{
	(void)loop, (void)check, (void)events;
	metrics_begin_turn(metrics_clock());
}

static void on_prepare(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	(void)loop, (void)events;
	struct loop_lag *lag = prepare->data;
	double begun = metrics_turn();
	if (begun == 0)
		return;
	double now = metrics_clock();
	double seconds = now - begun;
	turn_window(lag, now);
	metrics_observe(lag->metrics, LAG_SECONDS, seconds);
	if (seconds > lag->longest)
		lag->longest = seconds;
	if (seconds > too_long && (lag->logged == 0 || now - lag->logged > window)) {
		lag->logged = now;
		log_debug("quoted", "a turn of the loop took %.0f ms", seconds * 1000);
	}
}

struct loop_lag *loop_lag_create(struct ev_loop *loop, struct metrics_registry *registry)
{
	struct loop_lag *lag = mem_alloc(sizeof *lag);
	lag->loop = loop;
	lag->metrics = metrics_registry_open(registry, NULL, rows);
	lag->window_begun = metrics_clock();
	metrics_on_write(lag->metrics, on_write, lag);
	metrics_begin_turn(0);
	ev_check_init(&lag->check, on_check);
	ev_prepare_init(&lag->prepare, on_prepare);
	lag->prepare.data = lag;
	/* The first callback of a turn and the last one before the wait. */
	ev_set_priority(&lag->check, EV_MAXPRI);
	ev_set_priority(&lag->prepare, EV_MINPRI);
	ev_check_start(loop, &lag->check);
	ev_prepare_start(loop, &lag->prepare);
	ev_unref(loop);
	ev_unref(loop);
	return lag;
}

void loop_lag_destroy(struct loop_lag *lag)
{
	if (lag == NULL)
		return;
	ev_ref(lag->loop);
	ev_ref(lag->loop);
	ev_check_stop(lag->loop, &lag->check);
	ev_prepare_stop(lag->loop, &lag->prepare);
	metrics_on_write(lag->metrics, NULL, NULL);
	free(lag);
}

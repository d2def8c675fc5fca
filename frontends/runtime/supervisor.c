#include "frontends/runtime/supervisor.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/kit/backoff.h"
#include "frontends/kit/log.h"

struct unit {
	struct frontend_context context; /* first: on_failure finds the unit by it */
	struct supervisor *supervisor;
	struct frontend *frontend;
	struct backoff backoff;
	ev_timer retry;
	bool running;
	ev_tstamp started;
	char *name;
};

struct supervisor {
	struct ev_loop *loop;
	struct quoter *quoter;
	struct librarian *librarian;
	struct rng *rng;
	struct unit **units;
	size_t count;
	ev_prepare idle;
	ev_timer deadline;
	bool draining;
};

static void start_unit(struct unit *unit)
{
	struct supervisor *supervisor = unit->supervisor;
	struct error error;
	unit->running = unit->frontend->ops->start(unit->frontend, &error);
	unit->started = ev_now(supervisor->loop);
	if (unit->running)
		return;
	double delay = backoff_next(&unit->backoff, supervisor->rng);
	log_error(unit->name, "%s; next try in %.0f s", error.text, delay);
	ev_timer_set(&unit->retry, delay, 0);
	ev_timer_start(supervisor->loop, &unit->retry);
}

static void on_retry(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	start_unit(timer->data);
}

static void on_stop_failed(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	struct unit *unit = timer->data;
	unit->frontend->ops->stop(unit->frontend);
	ev_set_cb(timer, on_retry);
	ev_timer_set(timer, backoff_next(&unit->backoff, unit->supervisor->rng), 0);
	ev_timer_start(unit->supervisor->loop, timer);
}

/* Stopping waits for the next turn, as the front end may be in the middle of a callback. */
static void on_failure(const struct frontend_context *context, const char *reason)
{
	struct unit *unit = (struct unit *)(uintptr_t)context;
	struct supervisor *supervisor = unit->supervisor;
	if (!unit->running || supervisor->draining)
		return;
	unit->running = false;
	if (ev_now(supervisor->loop) - unit->started > unit->backoff.last)
		backoff_reset(&unit->backoff);
	log_error(unit->name, "%s; starting it again", reason);
	ev_set_cb(&unit->retry, on_stop_failed);
	ev_timer_set(&unit->retry, 0, 0);
	ev_timer_start(supervisor->loop, &unit->retry);
}

static void on_prepare(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	(void)events;
	struct supervisor *supervisor = prepare->data;
	for (size_t i = 0; i < supervisor->count; i++) {
		struct unit *unit = supervisor->units[i];
		if (unit->running && unit->frontend->ops->in_flight(unit->frontend) > 0)
			return;
	}
	ev_break(loop, EVBREAK_ALL);
}

static void on_deadline(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)timer;
	(void)events;
	log_warning("quoted", "the time to finish what is in flight has run out");
	ev_break(loop, EVBREAK_ALL);
}

struct supervisor *supervisor_create(
	struct ev_loop *loop, struct quoter *quoter, struct librarian *librarian, struct rng *rng)
{
	struct supervisor *supervisor = mem_alloc(sizeof *supervisor);
	supervisor->loop = loop;
	supervisor->quoter = quoter;
	supervisor->librarian = librarian;
	supervisor->rng = rng;
	ev_prepare_init(&supervisor->idle, on_prepare);
	supervisor->idle.data = supervisor;
	ev_timer_init(&supervisor->deadline, on_deadline, 0, 0);
	return supervisor;
}

bool supervisor_add(struct supervisor *supervisor, const struct frontend_ops *ops,
	const char *title, const void *options, struct error *reterr)
{
	struct unit *unit = mem_alloc(sizeof *unit);
	unit->name = mem_format("%s.%s", ops->name, title);
	unit->supervisor = supervisor;
	unit->backoff = (struct backoff){.first = 1, .last = 60};
	unit->context = (struct frontend_context){
		.loop = supervisor->loop,
		.quoter = supervisor->quoter,
		.librarian = supervisor->librarian,
		.rng = supervisor->rng,
		.name = unit->name,
		.on_failure = on_failure,
	};
	ev_timer_init(&unit->retry, on_retry, 0, 0);
	unit->retry.data = unit;
	if (frontend_add_wire(
		    ops, unit->name, options, supervisor->quoter, &unit->context.wire, reterr))
		unit->frontend = ops->create(&unit->context, options, reterr);
	if (unit->frontend == NULL) {
		free(unit->name);
		free(unit);
		return false;
	}
	supervisor->units = mem_resize(supervisor->units, supervisor->count + 1, sizeof(void *));
	supervisor->units[supervisor->count++] = unit;
	return true;
}

void supervisor_start(struct supervisor *supervisor)
{
	for (size_t i = 0; i < supervisor->count; i++)
		start_unit(supervisor->units[i]);
}

void supervisor_drain(struct supervisor *supervisor, double seconds)
{
	if (supervisor->draining) {
		ev_break(supervisor->loop, EVBREAK_ALL);
		return;
	}
	supervisor->draining = true;
	for (size_t i = 0; i < supervisor->count; i++) {
		struct unit *unit = supervisor->units[i];
		ev_timer_stop(supervisor->loop, &unit->retry);
		if (unit->running)
			unit->frontend->ops->drain(unit->frontend);
	}
	ev_prepare_start(supervisor->loop, &supervisor->idle);
	ev_timer_set(&supervisor->deadline, seconds, 0);
	ev_timer_start(supervisor->loop, &supervisor->deadline);
}

void supervisor_destroy(struct supervisor *supervisor)
{
	if (supervisor == NULL)
		return;
	while (supervisor->count > 0) {
		struct unit *unit = supervisor->units[--supervisor->count];
		ev_timer_stop(supervisor->loop, &unit->retry);
		unit->frontend->ops->stop(unit->frontend);
		unit->frontend->ops->destroy(unit->frontend);
		free(unit->name);
		free(unit);
	}
	ev_prepare_stop(supervisor->loop, &supervisor->idle);
	ev_timer_stop(supervisor->loop, &supervisor->deadline);
	free(supervisor->units);
	free(supervisor);
}

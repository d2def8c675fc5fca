#include "frontends/runtime/supervisor.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/kit/retry.h"

struct unit {
	struct frontend_context context; /* first: on_failure finds the unit by it */
	struct supervisor *supervisor;
	struct frontend *frontend;
	struct retry retry;
	bool running;
	bool failed; /* it says so itself, and is not stopped yet */
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
	log_error(unit->name, "%s; next try in %.0f s", error.text, retry_later(&unit->retry));
}

static void on_retry(void *data)
{
	struct unit *unit = data;
	if (!unit->failed) {
		start_unit(unit);
		return;
	}
	unit->failed = false;
	unit->frontend->ops->stop(unit->frontend);
	retry_later(&unit->retry);
}

/* Stopping waits for the next turn, as the front end may be in the middle of a callback. */
static void on_failure(const struct frontend_context *context, const char *reason)
{
	struct unit *unit = (struct unit *)(uintptr_t)context;
	struct supervisor *supervisor = unit->supervisor;
	if (!unit->running || supervisor->draining)
		return;
	unit->running = false;
	unit->failed = true;
	if (ev_now(supervisor->loop) - unit->started > unit->retry.last)
		retry_reset(&unit->retry);
	log_error(unit->name, "%s; starting it again", reason);
	retry_soon(&unit->retry);
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
	unit->retry = (struct retry){
		.loop = supervisor->loop,
		.rng = supervisor->rng,
		.first = 1,
		.last = 60,
		.again = on_retry,
		.data = unit,
	};
	retry_init(&unit->retry);
	unit->context = (struct frontend_context){
		.loop = supervisor->loop,
		.quoter = supervisor->quoter,
		.librarian = supervisor->librarian,
		.rng = supervisor->rng,
		.name = unit->name,
		.on_failure = on_failure,
	};
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
		retry_stop(&unit->retry);
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
		retry_stop(&unit->retry);
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

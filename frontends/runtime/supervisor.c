#include "frontends/runtime/supervisor.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "core/choice/quoter.h"
#include "core/library/library.h"
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
};

struct supervisor {
	struct ev_loop *loop;
	const struct quoter *quoter;
	struct rng *rng;
	struct unit **units;
	size_t count;
	ev_prepare idle;
	ev_timer deadline;
	bool announced;
	bool draining;
};

/* 38474 as "38,474". */
static void add_number(struct buffer *text, size_t number)
{
	if (number < 1000) {
		buffer_format(text, "%zu", number);
		return;
	}
	add_number(text, number / 1000);
	buffer_format(text, ",%03zu", number % 1000);
}

static void add_count(struct buffer *text, size_t count, const char *what)
{
	add_number(text, count);
	buffer_format(text, " %s%s", what, count == 1 ? "" : "s");
}

static void add_quotes(struct buffer *text, const struct quoter *quoter)
{
	const struct library *library = quoter_library(quoter);
	unsigned commands = collections_count_commands(library->collections);
	add_count(text, quoter_count(quoter), "quote");
	buffer_add(text, " from ");
	add_count(text, library->file_count, "file");
	if (commands > 0) {
		buffer_add(text, " and ");
		add_count(text, commands, "command");
	}
}

static void add_unit(struct buffer *text, const struct unit *unit)
{
	const struct frontend_ops *ops = unit->frontend->ops;
	bool is_default = strcmp(unit->context.name + strlen(ops->name), ".default") == 0;
	const char *state = NULL;
	if (!unit->running)
		state = "trying again";
	else if (ops->state != NULL)
		state = ops->state(unit->frontend);
	buffer_add(text, is_default ? ops->name : unit->context.name);
	if (state != NULL)
		buffer_format(text, " (%s)", state);
}

static void announce(struct supervisor *supervisor)
{
	struct buffer text = {0};
	add_quotes(&text, supervisor->quoter);
	for (size_t i = 0; i < supervisor->count; i++) {
		buffer_add(&text, i == 0 ? " on " : ", ");
		add_unit(&text, supervisor->units[i]);
	}
	log_info("quoted", "ready: %s", text.data);
	buffer_finish(&text);
	supervisor->announced = true;
}

static bool start_unit(struct unit *unit, struct error *reterr)
{
	unit->started = ev_now(unit->supervisor->loop);
	unit->running = unit->frontend->ops->start(unit->frontend, reterr);
	return unit->running;
}

static void put_off(struct unit *unit, const char *reason)
{
	log_error(unit->context.name, "%s; next try in %.0f s", reason, retry_later(&unit->retry));
}

static void start_again(struct unit *unit)
{
	struct error error;
	if (!start_unit(unit, &error))
		put_off(unit, error.text);
	else if (!unit->supervisor->announced)
		announce(unit->supervisor);
}

static void on_retry(void *data)
{
	struct unit *unit = data;
	if (!unit->failed) {
		start_again(unit);
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
	log_error(unit->context.name, "%s; starting it again", reason);
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
	log_warning("quoted", "drain_timeout is over; answers in flight are cut off");
	ev_break(loop, EVBREAK_ALL);
}

struct supervisor *supervisor_create(
	struct ev_loop *loop, const struct quoter *quoter, struct rng *rng)
{
	struct supervisor *supervisor = mem_alloc(sizeof *supervisor);
	supervisor->loop = loop;
	supervisor->quoter = quoter;
	supervisor->rng = rng;
	ev_prepare_init(&supervisor->idle, on_prepare);
	supervisor->idle.data = supervisor;
	ev_timer_init(&supervisor->deadline, on_deadline, 0, 0);
	return supervisor;
}

bool supervisor_add(struct supervisor *supervisor, const struct frontend_ops *ops,
	const void *options, struct asker *asker, struct error *reterr)
{
	struct unit *unit = mem_alloc(sizeof *unit);
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
		.asker = asker,
		.rng = supervisor->rng,
		.name = asker_name(asker),
		.on_failure = on_failure,
	};
	unit->frontend = ops->create(&unit->context, options, reterr);
	if (unit->frontend == NULL) {
		asker_destroy(asker);
		free(unit);
		return false;
	}
	supervisor->units = mem_resize(supervisor->units, supervisor->count + 1, sizeof(void *));
	supervisor->units[supervisor->count++] = unit;
	return true;
}

bool supervisor_start(struct supervisor *supervisor, struct error *reterr)
{
	struct error error;
	bool any = false;
	for (size_t i = 0; i < supervisor->count; i++) {
		struct unit *unit = supervisor->units[i];
		if (start_unit(unit, &error)) {
			any = true;
		} else if (error.temporary) {
			put_off(unit, error.text);
		} else {
			error_set(reterr, "%s: %s", unit->context.name, error.text);
			return false;
		}
	}
	if (any)
		announce(supervisor);
	return true;
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
		asker_destroy(unit->context.asker);
		free(unit);
	}
	ev_prepare_stop(supervisor->loop, &supervisor->idle);
	ev_timer_stop(supervisor->loop, &supervisor->deadline);
	free(supervisor->units);
	free(supervisor);
}

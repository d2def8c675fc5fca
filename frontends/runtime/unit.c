#include "frontends/runtime/unit.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"

bool unit_start(struct unit *unit, struct error *reterr)
{
	unit->started = ev_now(unit->context.loop);
	unit->running = unit->frontend->ops->start(unit->frontend, reterr);
	return unit->running;
}

void unit_put_off(struct unit *unit, const char *reason)
{
	metrics_add(unit->context.metrics, METRICS_FAILURES, 1);
	log_error(unit->name, "%s; next try in %.0f s", reason, retry_later(&unit->retry));
}

static void start_again(struct unit *unit)
{
	struct error error;
	if (!unit_start(unit, &error))
		unit_put_off(unit, error.text);
	else
		unit->on_change(unit->data);
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
	if (!unit->running)
		return;
	unit->running = false;
	if (unit->leaving)
		return;
	unit->failed = true;
	if (ev_now(context->loop) - unit->started > unit->retry.last)
		retry_reset(&unit->retry);
	metrics_add(context->metrics, METRICS_FAILURES, 1);
	log_error(unit->name, "%s; starting it again", reason);
	retry_soon(&unit->retry);
	unit->on_change(unit->data);
}

static void on_state(const struct frontend_context *context)
{
	const struct unit *unit = (const struct unit *)context;
	unit->on_change(unit->data);
}

static void init_context(struct unit *unit, const struct frontend_context *given)
{
	unit->context = *given;
	unit->context.rng = &unit->rng;
	unit->context.name = unit->name;
	unit->context.on_state = on_state;
	unit->context.on_failure = on_failure;
	unit->retry = (struct retry){
		.loop = given->loop,
		.rng = &unit->rng,
		.first = 1,
		.last = 60,
		.again = on_retry,
		.data = unit,
	};
	retry_init(&unit->retry);
}

static void free_unit(struct unit *unit)
{
	asker_destroy(unit->context.asker);
	metrics_close(unit->context.metrics);
	free(unit->name);
	free(unit);
}

struct unit *unit_create(const struct frontend_context *given, const struct frontend_ops *ops,
	const void *options, uint64_t seed, struct error *reterr)
{
	struct unit *unit = mem_alloc(sizeof *unit);
	unit->options = options;
	unit->name = mem_strdup(asker_name(given->asker));
	rng_init(&unit->rng, seed);
	init_context(unit, given);
	unit->frontend = ops->create(&unit->context, options, reterr);
	if (unit->frontend != NULL)
		return unit;
	free_unit(unit);
	return NULL;
}

void unit_stop(struct unit *unit)
{
	retry_stop(&unit->retry);
	if (unit->running || unit->failed || unit->leaving)
		unit->frontend->ops->stop(unit->frontend);
	unit->running = unit->failed = false;
}

void unit_reopen(struct unit *unit)
{
	const struct frontend_ops *ops = unit->frontend->ops;
	if (unit->running && ops->reopen != NULL)
		ops->reopen(unit->frontend);
}

void unit_drain(struct unit *unit)
{
	retry_stop(&unit->retry);
	unit->leaving = true;
	if (unit->running)
		unit->frontend->ops->drain(unit->frontend);
}

bool unit_is_busy(const struct unit *unit)
{
	return unit->running && unit->frontend->ops->in_flight(unit->frontend) > 0;
}

const char *unit_state(const struct unit *unit)
{
	const struct frontend_ops *ops = unit->frontend->ops;
	if (!unit->running)
		return "trying again";
	if (unit->leaving)
		return "stopping";
	return ops->state != NULL ? ops->state(unit->frontend) : NULL;
}

void unit_destroy(struct unit *unit)
{
	unit_stop(unit);
	unit->frontend->ops->destroy(unit->frontend);
	free_unit(unit);
}

#include "frontends/runtime/supervisor.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/choice/quoter.h"
#include "frontends/keeper/keeper.h"
#include "frontends/kit/log.h"
#include "frontends/net/binding.h"
#include "frontends/runtime/units.h"

struct supervisor {
	struct ev_loop *loop;
	const struct quoter *quoter;
	struct metrics_registry *metrics;
	struct rng rng;    /* of supervisor_add() */
	struct units next; /* to be applied; those that are kept are in current too */
	struct units current;
	struct units leaving; /* drained, until their answers are given */
	ev_prepare idle;      /* while draining: is all done? */
	ev_timer deadline;
	struct store *store;
	void (*on_left)(void *data);
	void *left_data;
	void (*on_state)(void *data);
	void *state_data;
	struct buffer changes; /* of the last apply, for its log line */
	bool announced;
	bool draining; /* all, as the program ends */
};

static void add_unit(struct buffer *text, const struct unit *unit)
{
	const char *kind = unit->frontend->ops->name;
	bool is_default = strcmp(unit->name + strlen(kind), ".default") == 0;
	const char *state = unit_state(unit);
	buffer_add(text, is_default ? kind : unit->name);
	if (state != NULL)
		buffer_format(text, " (%s)", state);
}

void supervisor_describe(const struct supervisor *supervisor, struct buffer *text)
{
	keeper_describe(supervisor->quoter, text);
	for (size_t i = 0; i < supervisor->current.count; i++) {
		buffer_add(text, i == 0 ? " on " : ", ");
		add_unit(text, supervisor->current.items[i]);
	}
}

static void announce(struct supervisor *supervisor)
{
	struct buffer text = {0};
	if (supervisor->announced)
		return;
	supervisor_describe(supervisor, &text);
	log_info("quoted", "ready: %s", text.data);
	buffer_finish(&text);
	supervisor->announced = true;
}

static void on_change(void *data)
{
	struct supervisor *supervisor = data;
	binding_announce();
	if (units_run(&supervisor->current))
		announce(supervisor);
	if (supervisor->on_state != NULL)
		supervisor->on_state(supervisor->state_data);
}

/* Destroys those that leave and have given their answers, or all of them. */
static void let_go(struct supervisor *supervisor, bool all)
{
	struct units *leaving = &supervisor->leaving;
	size_t kept = 0;
	for (size_t i = 0; i < leaving->count; i++) {
		if (!all && unit_is_busy(leaving->items[i]))
			leaving->items[kept++] = leaving->items[i];
		else
			unit_destroy(leaving->items[i]);
	}
	leaving->count = kept;
}

static void end_leaving(struct supervisor *supervisor)
{
	ev_prepare_stop(supervisor->loop, &supervisor->idle);
	ev_timer_stop(supervisor->loop, &supervisor->deadline);
	if (supervisor->on_left != NULL)
		supervisor->on_left(supervisor->left_data);
}

static void write_metrics(const struct frontend_context *context, struct buffer *out)
{
	const struct supervisor *supervisor = ((const struct unit *)context)->data;
	const struct units *units = &supervisor->current;
	for (size_t i = 0; i < units->count; i++)
		metrics_set(units->items[i]->context.metrics, METRICS_UP,
			unit_state(units->items[i]) == NULL);
	metrics_registry_write(supervisor->metrics, out);
}

static void on_prepare(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	(void)events;
	struct supervisor *supervisor = prepare->data;
	let_go(supervisor, false);
	bool busy = supervisor->leaving.count > 0;
	if (!supervisor->draining) {
		if (!busy)
			end_leaving(supervisor);
		return;
	}
	for (size_t i = 0; i < supervisor->current.count && !busy; i++)
		busy = unit_is_busy(supervisor->current.items[i]);
	if (!busy)
		ev_break(loop, EVBREAK_ALL);
}

static void on_deadline(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct supervisor *supervisor = timer->data;
	log_warning("quoted", "drain_timeout is over; answers in flight are cut off");
	if (supervisor->draining) {
		ev_break(loop, EVBREAK_ALL);
		return;
	}
	let_go(supervisor, true);
	end_leaving(supervisor);
}

static void await_idle(struct supervisor *supervisor, double seconds)
{
	ev_prepare_start(supervisor->loop, &supervisor->idle);
	ev_timer_stop(supervisor->loop, &supervisor->deadline);
	ev_timer_set(&supervisor->deadline, seconds, 0);
	ev_timer_start(supervisor->loop, &supervisor->deadline);
}

struct supervisor *supervisor_create(
	struct ev_loop *loop, const struct quoter *quoter, struct store *store, struct rng *rng)
{
	struct supervisor *supervisor = mem_alloc(sizeof *supervisor);
	supervisor->loop = loop;
	supervisor->quoter = quoter;
	supervisor->store = store;
	supervisor->metrics = metrics_registry_create();
	rng_init(&supervisor->rng, rng_next(rng));
	ev_prepare_init(&supervisor->idle, on_prepare);
	ev_timer_init(&supervisor->deadline, on_deadline, 0, 0);
	supervisor->idle.data = supervisor->deadline.data = supervisor;
	return supervisor;
}

bool supervisor_add(struct supervisor *supervisor, const struct frontend_ops *ops,
	const void *options, struct asker *asker, struct error *reterr)
{
	struct frontend_context context = {
		.loop = supervisor->loop,
		.asker = asker,
		.store = supervisor->store,
		.write_metrics = write_metrics,
	};
	if (ops->metrics != NULL)
		context.metrics =
			metrics_registry_open(supervisor->metrics, asker_name(asker), ops->metrics);
	units_introduce(&context);
	struct unit *unit = unit_create(&context, ops, options, rng_next(&supervisor->rng), reterr);
	if (unit == NULL)
		return false;
	unit->on_change = on_change;
	unit->data = supervisor;
	unit->peers = &supervisor->current;
	units_add(&supervisor->next, unit);
	return true;
}

void supervisor_keep(struct supervisor *supervisor, const char *name)
{
	struct unit *unit = units_find(&supervisor->current, name);
	if (unit != NULL)
		units_add(&supervisor->next, unit);
}

void supervisor_abandon(struct supervisor *supervisor)
{
	struct units *next = &supervisor->next;
	for (size_t i = 0; i < next->count; i++)
		if (!units_have(&supervisor->current, next->items[i]))
			unit_destroy(next->items[i]);
	free(next->items);
	*next = (struct units){0};
}

static void note_change(struct supervisor *supervisor, const char *what, const struct unit *unit)
{
	buffer_format(&supervisor->changes, "; %s %s", what, unit->name);
}

/* Of a running unit that can take over the options of \p unit by itself. */
static struct unit *find_changeable(const struct supervisor *supervisor, const struct unit *unit)
{
	struct unit *before = units_find(&supervisor->current, unit->name);
	bool can = before != NULL && before != unit && before->running &&
		   before->frontend->ops->change != NULL;
	return can ? before : NULL;
}

/* Returns false with all stopped again that it has started. */
static bool start_next(struct supervisor *supervisor, struct error *reterr)
{
	struct units *next = &supervisor->next;
	struct error error;
	size_t i = 0;
	for (; i < next->count; i++) {
		struct unit *unit = next->items[i];
		if (units_have(&supervisor->current, unit) || find_changeable(supervisor, unit) ||
			unit_start(unit, &error))
			continue;
		if (!error.temporary)
			break;
		unit_put_off(unit, error.text);
	}
	if (i == next->count)
		return true;
	error_set(reterr, "%s: %s", next->items[i]->name, error.text);
	while (i-- > 0) {
		struct unit *unit = next->items[i];
		if (units_have(&supervisor->current, unit))
			continue;
		unit_stop(unit);
	}
	return false;
}

/* Has a running unit take over the options of the next one, which is then not needed, or starts the
 * next one after all. */
static void change_unit(struct supervisor *supervisor, size_t index)
{
	struct unit *unit = supervisor->next.items[index];
	struct unit *before = find_changeable(supervisor, unit);
	struct error error;
	if (before == NULL)
		return;
	if (before->frontend->ops->change(before->frontend, unit->options)) {
		before->options = unit->options;
		supervisor->next.items[index] = before;
		unit_destroy(unit);
		note_change(supervisor, "changed", before);
	} else if (!unit_start(unit, &error)) {
		unit_put_off(unit, error.text);
	}
}

static void leave(struct supervisor *supervisor, struct unit *unit)
{
	unit_drain(unit);
	units_add(&supervisor->leaving, unit);
}

static void note_new(struct supervisor *supervisor, const struct unit *unit)
{
	if (!units_have(&supervisor->current, unit))
		note_change(supervisor,
			units_find(&supervisor->current, unit->name) != NULL ? "replaced" : "added",
			unit);
}

bool supervisor_apply(struct supervisor *supervisor, double seconds, struct error *reterr)
{
	struct units before = supervisor->current;
	buffer_clear(&supervisor->changes);
	if (!start_next(supervisor, reterr))
		return false;
	for (size_t i = 0; i < supervisor->next.count; i++) {
		change_unit(supervisor, i);
		note_new(supervisor, supervisor->next.items[i]);
	}
	supervisor->current = supervisor->next;
	supervisor->next = (struct units){0};
	for (size_t i = 0; i < before.count; i++) {
		struct unit *unit = before.items[i];
		if (units_have(&supervisor->current, unit))
			continue;
		if (units_find(&supervisor->current, unit->name) == NULL)
			note_change(supervisor, "removed", unit);
		leave(supervisor, unit);
	}
	free(before.items);
	await_idle(supervisor, seconds);
	on_change(supervisor);
	return true;
}

const char *supervisor_changes(const struct supervisor *supervisor)
{
	return supervisor->changes.length > 0 ? supervisor->changes.data : "";
}

void supervisor_on_left(struct supervisor *supervisor, void (*on_left)(void *data), void *data)
{
	supervisor->on_left = on_left;
	supervisor->left_data = data;
}

void supervisor_on_state(struct supervisor *supervisor, void (*on_state)(void *data), void *data)
{
	supervisor->on_state = on_state;
	supervisor->state_data = data;
}

static void reopen_units(const struct units *units)
{
	for (size_t i = 0; i < units->count; i++)
		unit_reopen(units->items[i]);
}

void supervisor_reopen(struct supervisor *supervisor)
{
	reopen_units(&supervisor->current);
	reopen_units(&supervisor->leaving);
}

void supervisor_drain(struct supervisor *supervisor, double seconds)
{
	if (supervisor->draining) {
		ev_break(supervisor->loop, EVBREAK_ALL);
		return;
	}
	supervisor->draining = true;
	for (size_t i = 0; i < supervisor->current.count; i++)
		unit_drain(supervisor->current.items[i]);
	await_idle(supervisor, seconds);
}

struct metrics_registry *supervisor_metrics(struct supervisor *supervisor)
{
	return supervisor->metrics;
}

void supervisor_destroy(struct supervisor *supervisor)
{
	if (supervisor == NULL)
		return;
	supervisor_abandon(supervisor);
	units_finish(&supervisor->leaving);
	units_finish(&supervisor->current);
	ev_prepare_stop(supervisor->loop, &supervisor->idle);
	ev_timer_stop(supervisor->loop, &supervisor->deadline);
	buffer_finish(&supervisor->changes);
	metrics_registry_destroy(supervisor->metrics);
	free(supervisor);
}

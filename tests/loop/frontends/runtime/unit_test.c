#include "frontends/runtime/unit.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"

/* A front end that counts what is done to it, and fails to start so often. */
struct fake_options {
	int failures;
	int starts;
	int stops;
	int drains;
	size_t in_flight;
	const struct frontend_context *context;
};

struct fake {
	struct frontend base;
	struct fake_options *options;
};

static bool fake_start(struct frontend *frontend, struct error *reterr)
{
	struct fake_options *options = ((struct fake *)frontend)->options;
	options->starts++;
	error_set(reterr, "no port");
	return options->starts > options->failures;
}

static void fake_drain(struct frontend *frontend)
{
	((struct fake *)frontend)->options->drains++;
}

static size_t fake_in_flight(const struct frontend *frontend)
{
	return ((const struct fake *)frontend)->options->in_flight;
}

static void fake_stop(struct frontend *frontend)
{
	((struct fake *)frontend)->options->stops++;
}

static void fake_destroy(struct frontend *frontend)
{
	free(frontend);
}

static struct frontend *fake_create(
	const struct frontend_context *context, const void *options, struct error *reterr);

static const struct frontend_ops fake_ops = {
	.name = "fake",
	.create = fake_create,
	.start = fake_start,
	.drain = fake_drain,
	.in_flight = fake_in_flight,
	.stop = fake_stop,
	.destroy = fake_destroy,
};

/* What it is given is the address of its options; NULL: refused. */
static struct frontend *fake_create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	struct fake_options *const *given = options;
	if (*given == NULL) {
		error_set(reterr, "refused");
		return NULL;
	}
	struct fake *fake = mem_alloc(sizeof *fake);
	*fake = (struct fake){{&fake_ops}, *given};
	(*given)->context = context;
	return &fake->base;
}

struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct frontend_context given;
	struct fake_options options;
	struct fake_options *fake;
	struct unit *unit;
	int changes;
};

static void on_change(void *data)
{
	((struct scene *)data)->changes++;
}

static void prepare(struct scene *scene)
{
	*scene = (struct scene){.loop = loop_support_create()};
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:x");
	scene->given = (struct frontend_context){
		.loop = scene->loop, .asker = askers_open(quoter, NULL, "fake.test")};
	scene->fake = &scene->options;
}

static void create(struct scene *scene)
{
	struct error error = {0};
	scene->unit = unit_create(&scene->given, &fake_ops, &scene->fake, 1, &error);
	cr_assert_not_null(scene->unit, "%s", error.text);
	scene->unit->on_change = on_change;
	scene->unit->data = scene;
}

static void finish(struct scene *scene)
{
	if (scene->unit != NULL)
		unit_destroy(scene->unit);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->loop);
}

static bool started_twice(void *data)
{
	return ((const struct scene *)data)->options.starts == 2;
}

static bool started_thrice(void *data)
{
	return ((const struct scene *)data)->options.starts == 3;
}

Test(unit, runs_under_the_name_of_its_wire)
{
	struct scene scene;
	struct error error;
	prepare(&scene);
	create(&scene);
	cr_expect_str_eq(scene.options.context->name, "fake.test");
	cr_expect_str_eq(unit_state(scene.unit), "trying again");
	cr_expect(unit_start(scene.unit, &error));
	cr_expect_null(unit_state(scene.unit));
	scene.options.context->on_state(scene.options.context);
	cr_expect_eq(scene.changes, 1);
	finish(&scene);
	cr_expect_eq(scene.options.stops, 1);
}

Test(unit, says_why_options_are_refused)
{
	struct scene scene;
	struct error error = {0};
	prepare(&scene);
	scene.fake = NULL;
	cr_expect_null(unit_create(&scene.given, &fake_ops, &scene.fake, 1, &error));
	cr_expect_str_eq(error.text, "refused");
	finish(&scene);
}

Test(unit, tries_again_only_if_it_is_put_off)
{
	struct scene scene;
	struct error error = {0};
	prepare(&scene);
	scene.options.failures = 1;
	create(&scene);
	cr_assert_not(unit_start(scene.unit, &error));
	cr_assert_not(ev_run(scene.loop, 0), "nothing is to be done");
	unit_put_off(scene.unit, error.text);
	cr_assert(loop_support_until(scene.loop, started_twice, &scene));
	cr_expect_null(unit_state(scene.unit));
	cr_expect_eq(scene.changes, 1);
	finish(&scene);
}

Test(unit, starts_a_dead_front_end_again)
{
	struct scene scene;
	struct error error;
	prepare(&scene);
	create(&scene);
	cr_assert(unit_start(scene.unit, &error));
	const struct frontend_context *context = scene.options.context;
	context->on_failure(context, "the library gave up");
	context->on_failure(context, "said twice, done once");
	cr_expect_eq(scene.options.stops, 0, "never inside the callback");
	cr_expect_eq(scene.changes, 1);
	scene.options.failures = 2;
	cr_assert(loop_support_until(scene.loop, started_twice, &scene));
	cr_expect_eq(scene.options.stops, 1);
	cr_assert(loop_support_until(scene.loop, started_thrice, &scene), "any failure is retried");
	finish(&scene);
}

Test(unit, is_not_started_again_once_drained)
{
	struct scene scene;
	struct error error;
	prepare(&scene);
	create(&scene);
	cr_assert(unit_start(scene.unit, &error));
	scene.options.in_flight = 1;
	unit_drain(scene.unit);
	cr_expect_eq(scene.options.drains, 1);
	cr_expect_str_eq(unit_state(scene.unit), "stopping");
	cr_expect(unit_is_busy(scene.unit));
	scene.options.context->on_failure(scene.options.context, "the library gave up");
	cr_expect_not(unit_is_busy(scene.unit));
	cr_assert_not(ev_run(scene.loop, 0), "nothing is to be done");
	cr_expect_eq(scene.options.starts, 1);
	finish(&scene);
}

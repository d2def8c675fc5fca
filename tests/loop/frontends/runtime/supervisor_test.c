#include "frontends/runtime/supervisor.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"

/* A front end that fails to start as often as it is told, and has as much in flight as it is told.
 */
struct fake_options {
	int failures;
	int starts;
	int stops;
	int drains;
	size_t in_flight;
	const struct frontend_context *context;
	bool refuse;
	bool permanent;    /* what it fails with */
	const char *state; /* once started */
	bool changes;      /* takes over options by itself */
	const char *url;
	const char *daily;
	int wishes;
};

struct fake {
	struct frontend base;
	struct fake_options *options;
};

/* What the supervisor is given: front ends share its beginning. */
struct fake_config {
	struct wire_options wire;
	char name[32];
	struct fake_options *options;
};

static const struct frontend_ops fake_ops;

static struct frontend *fake_create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	struct fake_options *given = ((const struct fake_config *)options)->options;
	if (given->refuse) {
		error_set(reterr, "refused");
		return NULL;
	}
	struct fake *fake = mem_alloc(sizeof *fake);
	fake->base.ops = &fake_ops;
	fake->options = given;
	given->context = context;
	return &fake->base;
}

static bool fake_start(struct frontend *frontend, struct error *reterr)
{
	struct fake_options *options = ((struct fake *)frontend)->options;
	options->starts++;
	if (options->starts > options->failures)
		return true;
	error_set(reterr, "no port");
	reterr->temporary = !options->permanent;
	return false;
}

static const char *fake_state(const struct frontend *frontend)
{
	return ((const struct fake *)frontend)->options->state;
}

static const char *fake_daily(const struct frontend *frontend)
{
	return ((const struct fake *)frontend)->options->daily;
}

static void fake_subscribe(struct frontend *frontend, const struct frontend_wish *wish,
	frontend_wish_callback *callback, void *data)
{
	((struct fake *)frontend)->options->wishes++;
	callback(data, FRONTEND_OUTCOME_LIMITED, wish->token);
}

static const char *fake_url(const struct frontend *frontend)
{
	return ((const struct fake *)frontend)->options->url;
}

static void fake_drain(struct frontend *frontend)
{
	((struct fake *)frontend)->options->drains++;
}

/* Whether it does is said by the new options, which it then has. */
static bool fake_change(struct frontend *frontend, const void *options)
{
	struct fake_options *given = ((const struct fake_config *)options)->options;
	if (given->changes)
		((struct fake *)frontend)->options = given;
	return given->changes;
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

static struct quote_fit fake_fit(const void *options)
{
	(void)options;
	return (struct quote_fit){0};
}

static const struct frontend_ops fake_ops = {
	.name = "fake",
	.fit = fake_fit,
	.create = fake_create,
	.start = fake_start,
	.state = fake_state,
	.url = fake_url,
	.daily = fake_daily,
	.subscribe = fake_subscribe,
	.change = fake_change,
	.drain = fake_drain,
	.in_flight = fake_in_flight,
	.stop = fake_stop,
	.destroy = fake_destroy,
};

struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct supervisor *supervisor;
	struct fake_config configs[4];
	size_t config_count;
};

static void scene_init(struct scene *scene)
{
	scene->loop = loop_support_create();
	scene->quotes = (struct quotes){0};
	scene->config_count = 0;
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:x");
	scene->supervisor = supervisor_create(scene->loop, quoter, NULL, &scene->quotes.rng);
}

static void scene_finish(struct scene *scene)
{
	supervisor_destroy(scene->supervisor);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->loop);
}

static void add(struct scene *scene, const char *title, struct fake_options **options)
{
	struct fake_config *config = &scene->configs[scene->config_count++];
	*config = (struct fake_config){.options = *options};
	snprintf(config->name, sizeof config->name, "fake.%s", title);
	struct asker *asker = askers_open(scene->quotes.quoter, NULL, config->name);
	cr_assert(supervisor_add(scene->supervisor, &fake_ops, config, asker, NULL));
}

static void start(struct scene *scene)
{
	struct error error;
	cr_assert(supervisor_apply(scene->supervisor, 1000, &error));
}

static bool started_twice(void *data)
{
	return ((struct fake_options *)data)->starts == 2;
}

static bool started_thrice(void *data)
{
	return ((struct fake_options *)data)->starts == 3;
}

static void expect_log(const char *const *lines)
{
	char line[256];
	fflush(stderr);
	FILE *log = cr_get_redirected_stderr();
	for (; *lines != NULL; lines++) {
		cr_assert_not_null(fgets(line, sizeof line, log), "%s is missing", *lines);
		cr_assert_eq(strncmp(line, *lines, strlen(*lines)), 0, "%s", line);
	}
	cr_assert_null(fgets(line, sizeof line, log), "%s", line);
}

Test(supervisor, tries_again_and_lets_the_others_go_on)
{
	struct scene scene;
	scene_init(&scene);
	struct fake_options bad = {.failures = 1};
	struct fake_options good = {0};
	struct fake_options *options[] = {&bad, &good};
	add(&scene, "bad", &options[0]);
	add(&scene, "good", &options[1]);
	start(&scene);
	cr_assert_eq(good.starts, 1);
	cr_assert(loop_support_until(scene.loop, started_twice, &bad));
	cr_assert_eq(good.stops, 0);
	scene_finish(&scene);
}

Test(supervisor, says_what_is_ready, .init = cr_redirect_stderr)
{
	struct scene scene;
	scene_init(&scene);
	struct fake_options late = {.failures = 1};
	struct fake_options good = {0};
	struct fake_options slow = {.state = "connecting"};
	struct fake_options *options[] = {&late, &good, &slow};
	add(&scene, "late", &options[0]);
	add(&scene, "default", &options[1]);
	add(&scene, "libera", &options[2]);
	start(&scene);
	cr_assert(loop_support_until(scene.loop, started_twice, &late));
	expect_log((const char *const[]){"fake.late: no port; next try in 1 s\n",
		"quoted: ready: 1 quote from 1 file on fake.late (trying again), fake, "
		"fake.libera (connecting)\n",
		NULL});
	scene_finish(&scene);
}

Test(supervisor, is_not_ready_before_a_front_end_is, .init = cr_redirect_stderr)
{
	struct scene scene;
	scene_init(&scene);
	struct fake_options late = {.failures = 1};
	struct fake_options *options = &late;
	add(&scene, "late", &options);
	start(&scene);
	cr_assert(loop_support_until(scene.loop, started_twice, &late));
	late.context->on_failure(late.context, "the library gave up");
	cr_assert(loop_support_until(scene.loop, started_thrice, &late));
	expect_log((const char *const[]){"fake.late: no port; next try in 1 s\n",
		"quoted: ready: 1 quote from 1 file on fake.late\n",
		"fake.late: the library gave up; starting it again\n", NULL});
	scene_finish(&scene);
}

Test(supervisor, tells_a_front_end_where_the_web_page_of_a_quote_is)
{
	struct scene scene;
	scene_init(&scene);
	struct fake_options bot = {.url = "irc://irc.example/quotes"};
	struct fake_options page = {0};
	struct fake_options *options[] = {&bot, &page};
	add(&scene, "bot", &options[0]);
	add(&scene, "page", &options[1]);
	start(&scene);
	struct buffer text = {0};
	cr_expect_not(bot.context->write_permalink(bot.context, 1, &text));
	cr_expect_eq(text.length, 0);
	page.url = "https://example.org/quotes";
	cr_expect(bot.context->write_permalink(bot.context, 1, &text));
	cr_expect_str_eq(text.data, "https://example.org/quotes/q/000000000001");
	buffer_clear(&text);
	cr_expect(bot.context->write_link(bot.context, "subscribe", &text));
	cr_expect_str_eq(text.data, "https://example.org/quotes/subscribe");
	buffer_finish(&text);
	scene_finish(&scene);
}

static void on_wish(void *data, enum frontend_outcome outcome, const char *text)
{
	enum frontend_outcome *told = data;
	*told = outcome;
	cr_expect_gt(strlen(text), 0);
}

Test(supervisor, hands_a_wish_to_who_has_subscribers)
{
	struct scene scene;
	scene_init(&scene);
	struct fake_options bot = {0};
	struct fake_options mail = {0};
	struct fake_options *options[] = {&bot, &mail};
	struct frontend_wish wish = {.token = "c1-x"};
	enum frontend_outcome outcome = FRONTEND_OUTCOME_DONE;
	struct frontend_state state;
	add(&scene, "bot", &options[0]);
	add(&scene, "mail", &options[1]);
	start(&scene);
	bot.context->subscribe(bot.context, &wish, on_wish, &outcome);
	cr_expect_eq(outcome, FRONTEND_OUTCOME_WRONG);
	mail.daily = "07:00";
	bot.context->subscribe(bot.context, &wish, on_wish, &outcome);
	cr_expect_eq(outcome, FRONTEND_OUTCOME_LIMITED);
	cr_expect_eq(mail.wishes, 1);
	cr_expect_eq(bot.wishes, 0);
	cr_expect(bot.context->find_state(bot.context, 1, &state));
	cr_expect_str_eq(state.daily, "07:00");
	scene_finish(&scene);
}

Test(supervisor, gives_up_at_the_first_start_alone)
{
	struct scene scene;
	scene_init(&scene);
	struct fake_options good = {0};
	struct fake_options bad = {.failures = 1, .permanent = true};
	struct fake_options last = {0};
	struct fake_options *options[] = {&good, &bad, &last};
	struct error error;
	add(&scene, "good", &options[0]);
	add(&scene, "bad", &options[1]);
	add(&scene, "last", &options[2]);
	cr_assert_not(supervisor_apply(scene.supervisor, 1000, &error));
	cr_assert_str_eq(error.text, "fake.bad: no port");
	cr_assert_eq(last.starts, 0);
	scene_finish(&scene);
	cr_assert_eq(good.stops, 1);
}

Test(supervisor, says_why_options_are_refused)
{
	struct scene scene;
	scene_init(&scene);
	struct fake_options options = {.refuse = true};
	struct fake_config config = {.options = &options};
	struct error error;
	struct asker *asker = askers_open(scene.quotes.quoter, NULL, "fake.x");
	cr_assert_not(supervisor_add(scene.supervisor, &fake_ops, &config, asker, &error));
	cr_assert_str_eq(error.text, "refused");
	scene_finish(&scene);
}

static void on_answered(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	*(size_t *)timer->data = 0;
}

static void on_late(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)timer;
	(void)events;
}

Test(supervisor, drains_what_is_in_flight)
{
	struct scene scene;
	scene_init(&scene);
	struct fake_options options = {.in_flight = 1};
	struct fake_options *given = &options;
	add(&scene, "x", &given);
	start(&scene);
	ev_timer answer;
	ev_timer_init(&answer, on_answered, 0.05, 0);
	answer.data = &options.in_flight;
	ev_timer_start(scene.loop, &answer);
	ev_timer late;
	ev_timer_init(&late, on_late, 20, 0);
	ev_timer_start(scene.loop, &late);
	supervisor_drain(scene.supervisor, 1000);
	ev_run(scene.loop, 0);
	cr_assert_eq(options.in_flight, 0, "the loop went on until it was answered");
	cr_assert(ev_is_active(&late), "and not until something else woke it");
	cr_assert_eq(options.drains, 1);
	scene_finish(&scene);
	cr_assert_eq(options.stops, 1);
}

Test(supervisor, gives_up_at_the_deadline)
{
	struct scene scene;
	scene_init(&scene);
	struct fake_options options = {.in_flight = 1};
	struct fake_options *given = &options;
	add(&scene, "x", &given);
	start(&scene);
	supervisor_drain(scene.supervisor, 0.05);
	ev_run(scene.loop, 0);
	cr_assert_eq(options.in_flight, 1);
	scene_finish(&scene);
}

static bool is_left(void *data)
{
	return *(bool *)data;
}

static void on_left(void *data)
{
	*(bool *)data = true;
}

Test(supervisor, replaces_what_differs_alone)
{
	struct scene scene;
	bool left = false;
	scene_init(&scene);
	struct fake_options kept = {0}, old = {.in_flight = 1}, gone = {0}, new = {0}, added = {0};
	struct fake_options *options[] = {&kept, &old, &gone, &new, &added};
	add(&scene, "kept", &options[0]);
	add(&scene, "other", &options[1]);
	add(&scene, "gone", &options[2]);
	start(&scene);
	supervisor_on_left(scene.supervisor, on_left, &left);
	supervisor_keep(scene.supervisor, "fake.kept");
	scene.config_count = 3;
	add(&scene, "other", &options[3]);
	struct fake_config config = {.options = &added};
	struct asker *asker = askers_open(scene.quotes.quoter, NULL, "fake.added");
	cr_assert(supervisor_add(scene.supervisor, &fake_ops, &config, asker, NULL));
	start(&scene);
	cr_expect_str_eq(supervisor_changes(scene.supervisor),
		"; replaced fake.other; added fake.added; removed fake.gone");
	cr_expect_eq(kept.starts + kept.drains + kept.stops, 1);
	cr_expect_eq(new.starts + added.starts, 2);
	cr_expect_eq(old.drains + gone.drains, 2);
	cr_expect_not(left, "never within the call");
	ev_run(scene.loop, EVRUN_NOWAIT);
	cr_expect_eq(gone.stops, 1, "nothing was in flight");
	cr_expect_eq(old.stops, 0);
	cr_expect_not(left);
	old.context->on_failure(old.context, "the library gave up");
	cr_assert(loop_support_until(scene.loop, is_left, &left));
	cr_expect_eq(old.stops, 1);
	cr_expect_eq(old.starts, 1, "what leaves is not started again");
	scene_finish(&scene);
}

Test(supervisor, lets_a_front_end_change_by_itself)
{
	struct scene scene;
	scene_init(&scene);
	struct fake_options old = {0}, taken = {.changes = true}, not_taken = {0};
	struct fake_options *options[] = {&old, &taken, &not_taken};
	add(&scene, "x", &options[0]);
	start(&scene);
	add(&scene, "x", &options[1]);
	start(&scene);
	cr_expect_str_eq(supervisor_changes(scene.supervisor), "; changed fake.x");
	cr_expect_eq(old.drains + taken.starts, 0);
	cr_expect_eq(taken.stops, 0, "the old one has them now");
	add(&scene, "x", &options[2]);
	start(&scene);
	cr_expect_str_eq(supervisor_changes(scene.supervisor), "; replaced fake.x");
	cr_expect_eq(taken.drains, 1, "it is the old one's now");
	cr_expect_eq(not_taken.starts, 1);
	scene_finish(&scene);
}

Test(supervisor, changes_nothing_if_one_cannot_start)
{
	struct scene scene;
	struct error error;
	scene_init(&scene);
	struct fake_options old = {0}, new = {0}, bad = {.failures = 1, .permanent = true};
	struct fake_options *options[] = {&old, &new, &bad};
	add(&scene, "x", &options[0]);
	start(&scene);
	add(&scene, "y", &options[1]);
	add(&scene, "bad", &options[2]);
	cr_assert_not(supervisor_apply(scene.supervisor, 1000, &error));
	cr_expect_str_eq(error.text, "fake.bad: no port");
	supervisor_abandon(scene.supervisor);
	cr_expect_eq(new.starts, 1);
	cr_expect_geq(new.stops, 1);
	cr_expect_eq(old.drains + old.stops, 0);
	scene_finish(&scene);
}

Test(supervisor, cuts_off_what_leaves_at_the_deadline)
{
	struct scene scene;
	struct error error;
	bool left = false;
	scene_init(&scene);
	struct fake_options old = {.in_flight = 1};
	struct fake_options *options = &old;
	add(&scene, "x", &options);
	start(&scene);
	supervisor_on_left(scene.supervisor, on_left, &left);
	cr_assert(supervisor_apply(scene.supervisor, 0.05, &error));
	cr_assert(loop_support_until(scene.loop, is_left, &left));
	cr_expect_eq(old.stops, 1);
	scene_finish(&scene);
}

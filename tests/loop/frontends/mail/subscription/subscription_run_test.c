#include "frontends/mail/subscription/subscription_run.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "frontends/keeper/searcher.h"
#include "frontends/mail/subscription/subscription_due.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"
#include "tests/support/stores.h"

enum { MANY = 2000, TURN_MS = 10, HELD = SUBSCRIPTION_RUN_AHEAD + 3 * SUBSCRIPTION_DUE_BATCH };

TestSuite(subscription_run, .init = scratch_enter, .fini = scratch_leave);

/* A run whose queue has no relay; a stand-in takes the letters out of the store. */
struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct frontend_context context;
	struct searcher *searcher;
	struct mail_queue *queue;
	struct smtp_address address;
	struct smtp_mailboxes mailboxes;
	struct mail_options mail;
	struct mail_section section;
	struct subscription_run *run;
	struct store_work work;
	const char *sql;
	int64_t count; /* what the first row has */
	int64_t rows;
	bool done;
};

static time_t noon(void)
{
	return (time_t)20000 * 86400 + 12 * 3600;
}

static void ignore(void *data)
{
	(void)data;
}

static void open_queue(struct scene *scene)
{
	struct error error = {0};
	scene->queue = mail_queue_create(
		&(struct mail_queue_options){
			.loop = scene->loop,
			.store = scene->context.store,
			.rng = &scene->quotes.rng,
			.name = "mail.test",
			.relay = {.servers = {{.host = "127.0.0.1", .port = 1}},
				.server_count = 1,
				.timeout = 1,
				.hostname = "mx.q.example",
				.login = {.ca_file = "", .user = "", .password_file = ""}},
			.workers = 1,
			.limit = 10,
			.retry_first = 60,
			.retry_last = 60,
			.lifetime = 600000,
			.on_state = ignore,
		},
		&error);
	cr_assert_not_null(scene->queue, "%s", error.text);
}

static void open(struct scene *scene)
{
	struct error error = {0};
	*scene = (struct scene){.loop = loop_support_create()};
	setenv("TZ", "UTC", 1);
	tzset();
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:An apple a day");
	scene->searcher = searcher_create(scene->loop, quoter, &scene->quotes.rng, &error);
	scene->context = (struct frontend_context){
		.loop = scene->loop,
		.rng = &scene->quotes.rng,
		.name = "mail.test",
		.asker = askers_open(quoter, scene->searcher, "mail.test"),
		.store = stores_open(scene->loop),
	};
	open_queue(scene);
}

static void begin(struct scene *scene)
{
	cr_assert(smtp_address_parse("quote@q.example", &scene->address));
	scene->mailboxes = (struct smtp_mailboxes){&scene->address, 1, "+"};
	scene->mail = (struct mail_options){.from_name = "quoted"};
	scene->section = (struct mail_section){
		.context = &scene->context,
		.options = &scene->mail,
		.mailboxes = &scene->mailboxes,
		.hostname = "mx.q.example",
		.now = noon,
	};
	scene->run = subscription_run_create(&scene->section, scene->queue);
}

static void finish(struct scene *scene)
{
	subscription_run_close(scene->run);
	mail_queue_close(scene->queue);
	stores_close(scene->context.store);
	asker_destroy(scene->context.asker);
	searcher_destroy(scene->searcher);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->loop);
}

static struct scene *scene_of(struct store_work *work)
{
	return (struct scene *)((char *)work - offsetof(struct scene, work));
}

static bool run_sql(struct store_work *work, struct db *db)
{
	struct scene *scene = scene_of(work);
	struct db_statement *statement = db_prepare(db, scene->sql);
	enum db_step step = db_step(statement);
	scene->count = step == DB_STEP_ROW ? db_integer(statement, 0) : 0;
	for (scene->rows = 0; step == DB_STEP_ROW; scene->rows++)
		step = db_step(statement);
	return step == DB_STEP_DONE;
}

static void on_done(struct store_work *work, const char *failure)
{
	cr_expect_null(failure, "%s", failure);
	scene_of(work)->done = true;
}

static bool is_done(void *data)
{
	return ((struct scene *)data)->done;
}

/* Runs a statement, and returns what it returns. */
static int64_t execute(struct scene *scene, const struct store_schema *schema, const char *sql)
{
	scene->sql = sql;
	scene->done = false;
	scene->work = (struct store_work){.schema = schema, .run = run_sql, .done = on_done};
	store_submit(scene->context.store, &scene->work);
	cr_assert(loop_support_until(scene->loop, is_done, scene));
	return scene->count;
}

static void add_subscribers(struct scene *scene)
{
	char *sql = mem_format(
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		" INSERT INTO subscription SELECT i, 'mail.test', 's' || i, 's' || i ||"
		" '@b.example', '', 420, 0, 0, 0, 1, 0, 0 FROM n",
		MANY);
	execute(scene, &subscription_store_schema, sql);
	free(sql);
}

struct turns {
	ev_prepare prepare;
	ev_check check;
	ev_tstamp begun;
	double longest;
};

static void on_check(struct ev_loop *loop, ev_check *check, int events)
{
	(void)events, (void)loop;
	((struct turns *)check->data)->begun = ev_time();
}

static void on_prepare(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	(void)events, (void)loop;
	struct turns *turns = prepare->data;
	double seconds = turns->begun > 0 ? ev_time() - turns->begun : 0;
	turns->longest = seconds > turns->longest ? seconds : turns->longest;
}

static void watch(struct scene *scene, struct turns *turns)
{
	ev_prepare_init(&turns->prepare, on_prepare);
	ev_check_init(&turns->check, on_check);
	turns->prepare.data = turns->check.data = turns;
	ev_prepare_start(scene->loop, &turns->prepare);
	ev_check_start(scene->loop, &turns->check);
}

static int64_t take_letters(struct scene *scene)
{
	execute(scene, &mail_store_schema, "DELETE FROM mail_queue RETURNING id");
	mail_queue_wake(scene->queue);
	return scene->rows;
}

/* All get one letter; few wait in the queue at any time; and the loop is never held up. */
Test(subscription_run, writes_to_all_a_few_at_a_time)
{
	struct scene scene;
	struct turns turns = {0};
	int64_t taken = 0;
	open(&scene);
	add_subscribers(&scene);
	begin(&scene);
	watch(&scene, &turns);
	while (taken < MANY) {
		int64_t waiting = take_letters(&scene);
		cr_assert_leq(waiting, HELD, "%ld", (long)waiting);
		taken += waiting;
	}
	cr_expect_eq(taken, MANY);
	cr_expect_not(mail_queue_is_full(scene.queue), "letters do not count");
	int64_t due = execute(&scene, &subscription_store_schema,
		"SELECT COUNT(*) FROM subscription WHERE day <> 20000");
	cr_expect_eq(due, 0);
	cr_expect_lt(turns.longest * 1000, TURN_MS, "%.1f ms", turns.longest * 1000);
	finish(&scene);
}

Test(subscription_run, ends_in_the_middle)
{
	struct scene scene;
	open(&scene);
	add_subscribers(&scene);
	begin(&scene);
	while (execute(&scene, &mail_store_schema, "SELECT COUNT(*) FROM mail_queue") == 0)
		continue;
	finish(&scene);
}

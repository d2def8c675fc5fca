#include "frontends/store/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "tests/support/loop_support.h"
#include "tests/support/scratch.h"

TestSuite(store, .init = scratch_enter, .fini = scratch_leave);

static const char *const first[] = {"CREATE TABLE t (n BIGINT NOT NULL)", NULL};
static const char *const second[] = {"CREATE TABLE t (n BIGINT NOT NULL)",
	"ALTER TABLE t ADD COLUMN s TEXT; UPDATE t SET s = 'old'", NULL};
static const struct store_schema old_schema = {"test", first};
static const struct store_schema new_schema = {"test", second};
static const struct store_schema other_schema = {"other", first + 1};

struct scene {
	struct ev_loop *loop;
	struct store *store;
	char *directory;
	int added;
	int durable;
	int failed;
	char *failure; /* the last */
};

struct number {
	struct store_work work;
	struct scene *scene;
	int64_t value;
};

static void open(struct scene *scene)
{
	struct error error = {0};
	*scene = (struct scene){.loop = loop_support_create(), .directory = getcwd(NULL, 0)};
	scene->store = store_create(scene->loop, scene->directory, &error);
	cr_assert_not_null(scene->store, "%s", error.text);
}

static void finish(struct scene *scene)
{
	store_destroy(scene->store);
	ev_loop_destroy(scene->loop);
	free(scene->directory);
	free(scene->failure);
}

static bool on_run(struct store_work *work, struct db *db)
{
	struct number *number = (struct number *)work;
	struct db_statement *statement = db_prepare(db, "INSERT INTO t (n) VALUES ($1)");
	db_bind_integer(statement, 1, number->value);
	return number->value >= 0 ? db_run(statement)
				  : db_run(db_prepare(db, "INSERT INTO nowhere VALUES (1)"));
}

static bool on_run_nothing(struct store_work *work, struct db *db)
{
	(void)work, (void)db;
	return true;
}

static void on_done(struct store_work *work, const char *failure)
{
	struct scene *scene = ((struct number *)work)->scene;
	scene->durable += failure == NULL;
	scene->failed += failure != NULL;
	free(scene->failure);
	scene->failure = failure != NULL ? mem_strdup(failure) : NULL;
	free(work);
}

static void add(struct scene *scene, const struct store_schema *schema, int64_t value)
{
	struct number *number = mem_alloc(sizeof *number);
	number->work = (struct store_work){.schema = schema, .run = on_run, .done = on_done};
	if (schema == &other_schema)
		number->work.run = on_run_nothing;
	number->scene = scene;
	number->value = value;
	scene->added++;
	store_submit(scene->store, &number->work);
}

static bool is_all_done(void *data)
{
	const struct scene *scene = data;
	return scene->durable + scene->failed == scene->added;
}

static void wait(struct scene *scene)
{
	cr_assert(loop_support_until(scene->loop, is_all_done, scene));
}

static int64_t count(const struct scene *scene)
{
	struct error error = {0};
	struct db *db = store_open(scene->directory, false, &old_schema, &error);
	cr_assert_not_null(db, "%s", error.text);
	struct db_statement *statement = db_prepare(db, "SELECT COUNT(*) FROM t");
	cr_assert_eq(db_step(statement), DB_STEP_ROW);
	int64_t rows = db_integer(statement, 0);
	db_close(db);
	return rows;
}

Test(store, commits_what_waits_together)
{
	struct scene scene;
	open(&scene);
	for (int i = 0; i < 100; i++)
		add(&scene, &old_schema, i);
	cr_assert_eq(scene.durable, 0);
	cr_assert_eq(access("quoted.db", F_OK), -1, "nothing is touched before the loop runs");
	wait(&scene);
	cr_expect_eq(scene.durable, 100);
	cr_expect_eq(count(&scene), 100);
	const struct store_counts *counts = store_counts(scene.store);
	cr_expect_eq(counts->writes, 100);
	cr_expect_eq(counts->commits, 1, "one fsync");
	cr_expect(counts->seconds > 0 && counts->seconds < 600, "%f", counts->seconds);
	cr_expect_eq(counts->failures, 0);
	finish(&scene);
}

Test(store, keeps_nothing_of_a_transaction_that_fails)
{
	struct scene scene;
	open(&scene);
	add(&scene, &old_schema, 1);
	add(&scene, &old_schema, -1);
	add(&scene, &old_schema, 3);
	wait(&scene);
	cr_expect_eq(scene.failed, 3);
	cr_expect(strstr(scene.failure, "quoted.db: no such table: nowhere") != NULL, "%s",
		scene.failure);
	add(&scene, &old_schema, 4);
	wait(&scene);
	cr_expect_eq(scene.durable, 1, "the next one goes on");
	cr_expect_eq(store_counts(scene.store)->failures, 3);
	cr_expect_eq(store_counts(scene.store)->commits, 1);
	cr_expect_eq(count(&scene), 1);
	finish(&scene);
}

Test(store, writes_what_waits_before_it_ends)
{
	struct scene scene;
	open(&scene);
	for (int i = 0; i < 3; i++)
		add(&scene, &old_schema, i);
	store_destroy(scene.store);
	scene.store = NULL;
	cr_expect_eq(scene.durable, 3);
	cr_expect_eq(count(&scene), 3);
	finish(&scene);
}

static void write_old(void)
{
	struct scene scene;
	open(&scene);
	add(&scene, &old_schema, 7);
	wait(&scene);
	finish(&scene);
}

Test(store, refuses_tables_of_a_newer_version)
{
	struct scene scene;
	write_old();
	open(&scene);
	add(&scene, &new_schema, 8);
	wait(&scene);
	add(&scene, &other_schema, 0);
	add(&scene, &old_schema, 9);
	wait(&scene);
	cr_expect_eq(scene.durable, 2, "the tables of others go on");
	cr_expect_eq(scene.failed, 1);
	cr_expect_not_null(
		strstr(scene.failure, "its tables of test are of version 2"), "%s", scene.failure);
	finish(&scene);
}

Test(store, has_one_daemon)
{
	struct scene one;
	struct scene two;
	open(&one);
	add(&one, &old_schema, 1);
	wait(&one);
	open(&two);
	add(&two, &old_schema, 2);
	wait(&two);
	cr_assert_eq(two.failed, 1);
	cr_expect(strstr(two.failure, ": another quoted keeps its state here; set another "
				      "state_directory for this one") != NULL,
		"%s", two.failure);
	finish(&one);
	add(&two, &old_schema, 3);
	wait(&two);
	cr_expect_eq(two.durable, 1, "it finds out that the other is gone");
	finish(&two);
}

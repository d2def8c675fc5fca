#include "frontends/store/store_schema.h"

#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "tests/support/scratch.h"

TestSuite(store_schema, .init = scratch_enter, .fini = scratch_leave);

static const char path[] = "./x.db";
static const char *const first[] = {"CREATE TABLE t (n BIGINT NOT NULL)", NULL};
static const char *const second[] = {"CREATE TABLE t (n BIGINT NOT NULL)",
	"ALTER TABLE t ADD COLUMN s TEXT; UPDATE t SET s = 'old'", NULL};
static const char *const broken[] = {"CREATE TABLE t (n BIGINT NOT NULL)",
	"DELETE FROM t; ALTER TABLE nothing ADD COLUMN s TEXT", NULL};
static const struct store_schema old_schema = {"test", first};
static const struct store_schema new_schema = {"test", second};
static const struct store_schema broken_schema = {"test", broken};

static void expect_upgrade(const struct store_schema *schema, struct db *db)
{
	struct error error = {0};
	cr_assert(store_schema_upgrade(schema, db, &error), "%s", error.text);
}

static struct db *open_old(void)
{
	struct error error = {0};
	struct db *db = db_open(path, true, &error);
	cr_assert_not_null(db, "%s", error.text);
	expect_upgrade(&old_schema, db);
	cr_assert(db_execute(db, "INSERT INTO t (n) VALUES (7)"));
	return db;
}

static bool has_row(struct db *db, const char *query)
{
	struct db_statement *statement = db_prepare(db, query);
	bool found = db_step(statement) == DB_STEP_ROW;
	return db_run(statement) && found;
}

Test(store_schema, upgrades_tables_and_keeps_a_copy)
{
	struct error error = {0};
	struct db *db = open_old();
	cr_expect_neq(access("x.db.before-test-1", F_OK), 0, "there was nothing to keep");
	expect_upgrade(&old_schema, db);
	expect_upgrade(&new_schema, db);
	cr_expect(has_row(db, "SELECT n FROM t WHERE n = 7 AND s = 'old'"));
	struct db *copy = db_open("./x.db.before-test-2", false, &error);
	cr_assert_not_null(copy, "%s", error.text);
	cr_expect(has_row(copy, "SELECT n FROM t WHERE n = 7"));
	cr_expect_not(has_row(copy, "SELECT s FROM t"), "it has no such column yet");
	db_close(copy);
	db_close(db);
}

Test(store_schema, refuses_tables_of_a_newer_version)
{
	struct error error = {0};
	struct db *db = open_old();
	expect_upgrade(&new_schema, db);
	cr_assert_not(store_schema_upgrade(&old_schema, db, &error));
	cr_expect_str_eq(error.text,
		"./x.db: its tables of test are of version 2, and this quoted knows 1; install the "
		"newer quoted again, or put back the copy that it kept");
	db_close(db);
}

Test(store_schema, changes_nothing_if_an_upgrade_fails)
{
	struct error error = {0};
	struct db *db = open_old();
	cr_expect_not(store_schema_upgrade(&broken_schema, db, &error));
	cr_expect_not_null(strstr(error.text, "nothing"), "%s", error.text);
	cr_expect(has_row(db, "SELECT n FROM t WHERE n = 7"));
	expect_upgrade(&new_schema, db);
	db_close(db);
}

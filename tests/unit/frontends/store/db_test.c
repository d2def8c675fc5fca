#include "frontends/store/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "tests/support/scratch.h"

TestSuite(db, .init = scratch_enter, .fini = scratch_leave);

static struct db *open_one(void)
{
	struct error error = {0};
	struct db *db = db_open("./x.db", true, &error);
	cr_assert_not_null(db, "%s", error.text);
	return db;
}

static int64_t count(struct db *db)
{
	int64_t rows;
	cr_assert(db_run_value(db_prepare(db, "SELECT COUNT(*) FROM t"), &rows));
	return rows;
}

static bool add(struct db *db, int64_t number, const char *text)
{
	struct db_statement *statement =
		db_prepare(db, "INSERT INTO t (n, s, o) VALUES ($1, $2, $3)");
	db_bind_integer(statement, 1, number);
	db_bind_text(statement, 2, text);
	db_bind_octets(statement, 3, "a\0\xff", 3);
	return db_run(statement);
}

static struct db *open_table(void)
{
	struct db *db = open_one();
	cr_assert(db_execute(db, "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT, o BYTEA)"));
	return db;
}

Test(db, keeps_what_is_committed)
{
	size_t length;
	struct db *db = open_table();
	cr_assert(db_begin(db));
	cr_assert(add(db, INT64_MAX, "kept"));
	cr_assert(db_commit(db));
	cr_assert(db_begin(db));
	cr_assert(add(db, 2, "undone"));
	db_rollback(db);
	db_close(db);
	db = open_one();
	cr_assert_eq(count(db), 1);
	struct db_statement *statement = db_prepare(db, "SELECT n, s, o FROM t");
	cr_assert_eq(db_step(statement), DB_STEP_ROW);
	cr_expect_eq(db_integer(statement, 0), INT64_MAX);
	cr_expect_str_eq(db_text(statement, 1, &length), "kept");
	const char *octets = db_text(statement, 2, &length);
	cr_assert_eq(length, 3);
	cr_expect_eq(memcmp(octets, "a\0\xff", 3), 0);
	char *copy = db_text_copy(statement, 2);
	cr_expect_eq(memcmp(copy, "a\0\xff", 4), 0);
	free(copy);
	cr_expect_eq(db_step(statement), DB_STEP_DONE);
	db_close(db);
}

Test(db, counts_what_changed_and_copies)
{
	struct db *db = open_table();
	cr_assert(add(db, 1, "x") && add(db, 2, "y"));
	int64_t changed;
	cr_assert(db_run_count(db_prepare(db, "UPDATE t SET s = 'z'"), &changed));
	cr_expect_eq(changed, 2);
	cr_assert_not(db_run_count(db_prepare(db, "UPDATE nothing SET s = 'z'"), &changed));
	cr_expect_eq(changed, 0);
	cr_expect_not(db_run_value(db_prepare(db, "SELECT n FROM t WHERE n = 3"), &changed));
	scratch_write("copy.db", "old", 3);
	cr_assert(db_copy(db, "./copy.db"));
	db_close(db);
	cr_assert_eq(rename("copy.db", "x.db"), 0);
	db = open_one();
	cr_expect_eq(count(db), 2);
	db_close(db);
}

Test(db, tells_a_constraint_and_wrong_sql)
{
	struct error error = {0};
	struct db *db = open_table();
	cr_assert(add(db, 1, "x"));
	cr_assert_not(add(db, 1, "x"));
	db_failure(db, &error);
	cr_expect_str_eq(error.text, "./x.db: UNIQUE constraint failed: t.n");
	cr_expect_not(db_run(db_prepare(db, "SELECT nothing FROM t")));
	cr_expect_not(db_run(db_prepare(db, "SELECT nothing FROM t")), "it stays wrong");
	cr_expect(add(db, 2, "x"), "the rest goes on");
	db_close(db);
}

static void expect_refusal(const char *path, bool create, const char *text)
{
	struct error error = {0};
	struct db *db = db_open(path, create, &error);
	cr_assert(db == NULL, "%s was opened", path);
	cr_expect_str_eq(error.text, text);
}

Test(db, refuses_what_is_no_database)
{
	static const char rubbish[8192] = "This is a text, not a database.";
	scratch_write("bad.db", rubbish, sizeof rubbish);
	expect_refusal("./bad.db", true,
		"./bad.db: the file is damaged or not a database; move it away, or put a copy in "
		"its place");
	expect_refusal("./none.db", false,
		"./none.db: it cannot be written; let quoted write to the file and its directory");
	cr_assert_eq(mkdir("d.db", 0700), 0);
	expect_refusal("./d.db", true,
		"./d.db: it cannot be written; let quoted write to the file and its directory");
}

Test(db, tells_a_damaged_page)
{
	struct error error = {0};
	struct db *db = open_table();
	for (int i = 0; i < 2000; i++)
		cr_assert(add(db, i, "some text that fills the pages of the table"));
	db_close(db);
	FILE *file = fopen("x.db", "r+");
	for (long at = 8192; at < 65536; at += 4) {
		fseek(file, at, SEEK_SET);
		fputs("\xff\xff\xff\xff", file);
	}
	fclose(file);
	db = open_one();
	struct db_statement *statement = db_prepare(db, "SELECT SUM(LENGTH(s)) FROM t");
	cr_assert_not(db_run(statement));
	db_failure(db, &error);
	cr_expect_str_eq(error.text,
		"./x.db: the file is damaged or not a database; move it away, or put a copy in "
		"its place");
	db_close(db);
}

Test(db, waits_for_another_writer_but_not_for_ever)
{
	struct error error = {0};
	struct db *one = open_table();
	struct db *two = open_one();
	cr_assert(db_begin(one));
	cr_assert_not(db_begin(two));
	db_failure(two, &error);
	cr_expect_str_eq(
		error.text, "./x.db: another process has been writing to it for 5 s; end that one");
	db_rollback(one);
	cr_expect(db_begin(two));
	db_close(two);
	db_close(one);
}

Test(db, tells_a_full_disk)
{
	struct error error = {0};
	struct db *db = open_table();
	cr_assert(db_execute(db, "PRAGMA max_page_count = 10"));
	bool good = true;
	for (int i = 0; good && i < 10000; i++)
		good = add(db, i, "some text that fills the pages of the table");
	cr_assert_not(good);
	db_failure(db, &error);
	cr_expect_str_eq(error.text, "./x.db: no space is left; make room on that disk");
	db_close(db);
}

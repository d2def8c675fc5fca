#include "frontends/store/db.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "core/base/mem.h"

enum { STATEMENTS = 64, MS = 1000, PRIMARY_CODE = 0xff };

struct db_statement {
	struct db *db;
	const char *sql;
	sqlite3_stmt *handle; /* NULL: it could not be prepared */
	int failure;
};

struct db {
	sqlite3 *handle;
	char *path;
	struct db_statement statements[STATEMENTS];
	size_t count;
	int failure; /* SQLite's code; 0: none yet */
	char *words; /* SQLite's, of the failure */
};

static bool fail(struct db *db, int code)
{
	db->failure = code;
	free(db->words);
	db->words = mem_strdup(sqlite3_errmsg(db->handle));
	return false;
}

bool db_execute(struct db *db, const char *sql)
{
	int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	return code == SQLITE_OK || fail(db, code);
}

/* A file system without shared memory leaves another mode, without an error. */
static bool set_mode(struct db *db)
{
	struct db_statement *statement = db_prepare(db, "PRAGMA journal_mode = WAL");
	size_t length;
	if (db_step(statement) != DB_STEP_ROW)
		return false;
	bool is_wal = strcmp(db_text(statement, 0, &length), "wal") == 0;
	sqlite3_reset(statement->handle);
	if (!is_wal)
		return fail(db, SQLITE_READONLY);
	return db_execute(db, "PRAGMA synchronous = FULL");
}

struct db *db_open(const char *path, bool create, struct error *reterr)
{
	struct db *db = mem_alloc(sizeof *db);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
	db->path = mem_strdup(path);
	int code = sqlite3_open_v2(path, &db->handle, flags, NULL);
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_busy_timeout(db->handle, DB_BUSY_SECONDS * MS);
	if (code != SQLITE_OK)
		fail(db, code);
	else if (set_mode(db))
		return db;
	db_failure(db, reterr);
	db_close(db);
	return NULL;
}

static struct db_statement *add_statement(struct db *db, const char *sql)
{
	if (db->count == STATEMENTS)
		abort(); /* they are constants of the program */
	struct db_statement *statement = &db->statements[db->count++];
	*statement = (struct db_statement){.db = db, .sql = sql};
	return statement;
}

struct db_statement *db_prepare(struct db *db, const char *sql)
{
	struct db_statement *statement = NULL;
	for (size_t i = 0; i < db->count && statement == NULL; i++)
		if (db->statements[i].sql == sql)
			statement = &db->statements[i];
	if (statement == NULL)
		statement = add_statement(db, sql);
	if (statement->handle == NULL)
		statement->failure = sqlite3_prepare_v3(
			db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
	sqlite3_reset(statement->handle);
	if (statement->handle != NULL)
		sqlite3_clear_bindings(statement->handle);
	return statement;
}

void db_bind_integer(struct db_statement *statement, int place, int64_t value)
{
	sqlite3_bind_int64(statement->handle, place, value);
}

void db_bind_text(struct db_statement *statement, int place, const char *text)
{
	sqlite3_bind_text(statement->handle, place, text, -1, SQLITE_TRANSIENT);
}

void db_bind_octets(struct db_statement *statement, int place, const void *octets, size_t length)
{
	sqlite3_bind_blob64(
		statement->handle, place, octets != NULL ? octets : "", length, SQLITE_TRANSIENT);
}

enum db_step db_step(struct db_statement *statement)
{
	int code = statement->handle != NULL ? sqlite3_step(statement->handle) : statement->failure;
	if (code == SQLITE_ROW)
		return DB_STEP_ROW;
	bool done = code == SQLITE_DONE;
	if (!done)
		fail(statement->db, code);
	/* A statement that is not reset keeps its transaction open. */
	sqlite3_reset(statement->handle);
	return done ? DB_STEP_DONE : DB_STEP_FAILED;
}

bool db_run(struct db_statement *statement)
{
	enum db_step step;
	while ((step = db_step(statement)) == DB_STEP_ROW)
		continue;
	return step == DB_STEP_DONE;
}

bool db_run_count(struct db_statement *statement, int64_t *ret_changed)
{
	bool good = db_run(statement);
	*ret_changed = good ? sqlite3_changes64(statement->db->handle) : 0;
	return good;
}

bool db_run_value(struct db_statement *statement, int64_t *ret_value)
{
	if (db_step(statement) != DB_STEP_ROW)
		return false;
	*ret_value = db_integer(statement, 0);
	return db_run(statement);
}

int64_t db_integer(struct db_statement *statement, int column)
{
	return sqlite3_column_int64(statement->handle, column);
}

const char *db_text(struct db_statement *statement, int column, size_t *ret_length)
{
	const void *octets = sqlite3_column_blob(statement->handle, column);
	*ret_length = (size_t)sqlite3_column_bytes(statement->handle, column);
	/* A blob has no NUL behind it, but text has. */
	if (sqlite3_column_type(statement->handle, column) == SQLITE_TEXT)
		octets = sqlite3_column_text(statement->handle, column);
	return octets != NULL ? octets : "";
}

char *db_text_copy(struct db_statement *statement, int column)
{
	size_t length;
	const char *octets = db_text(statement, column, &length);
	return mem_strndup(octets, length);
}

bool db_begin(struct db *db)
{
	return db_execute(db, "BEGIN IMMEDIATE");
}

bool db_commit(struct db *db)
{
	return db_execute(db, "COMMIT");
}

void db_rollback(struct db *db)
{
	for (size_t i = 0; i < db->count; i++)
		sqlite3_reset(db->statements[i].handle);
	if (!sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

bool db_copy(struct db *db, const char *path)
{
	if (unlink(path) != 0 && access(path, F_OK) == 0)
		return fail(db, SQLITE_READONLY);
	struct db_statement *statement = db_prepare(db, "VACUUM INTO $1");
	db_bind_text(statement, 1, path);
	return db_run(statement);
}

const char *db_path(const struct db *db)
{
	return db->path;
}

void db_failure(const struct db *db, struct error *reterr)
{
	const char *path = db->path;
	switch (db->failure & PRIMARY_CODE) {
	case SQLITE_FULL:
		error_set(reterr, "%s: no space is left; make room on that disk", path);
		return;
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
		error_set(reterr,
			"%s: it cannot be written; let quoted write to the file and its directory",
			path);
		return;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		error_set(reterr,
			"%s: the file is damaged or not a database; move it away, or put a copy "
			"in its place",
			path);
		return;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		error_set(reterr,
			"%s: another process has been writing to it for %d s; end that one", path,
			DB_BUSY_SECONDS);
		return;
	default:
		error_set(reterr, "%s: %s", path, db->words != NULL ? db->words : "");
	}
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < db->count; i++)
		sqlite3_finalize(db->statements[i].handle);
	sqlite3_close(db->handle);
	free(db->words);
	free(db->path);
	free(db);
}

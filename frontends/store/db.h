/**
 * A database behind prepared statements: the narrow interface of what must survive a restart. The
 * only file that knows which database it is, SQLite in a file for now.
 *
 * SQL above it is what SQLite and PostgreSQL both understand: BIGINT, TEXT and BYTEA columns,
 * ON CONFLICT DO NOTHING, RETURNING, parameters $1, $2, ... that first appear in that order.
 */
#ifndef QUOTED_FRONTENDS_STORE_DB_H
#define QUOTED_FRONTENDS_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

enum { DB_BUSY_SECONDS = 5 /* waited for another process that writes */ };

/** A connection, for one thread at a time. */
struct db;

/** A statement of a db, which owns it. */
struct db_statement;

/** Opens the file \p path, made if \p create and it is missing: commits are durable once they
 * return (WAL, synchronous). Returns NULL with the reason and the remedy. */
struct db *db_open(const char *path, bool create, struct error *reterr);

/**
 * Returns the statement of \p sql, a string constant, reset and without values; it is prepared
 * once. If it cannot be, db_step() fails.
 */
struct db_statement *db_prepare(struct db *db, const char *sql);

/** Set the parameter \p place, from 1. Octets are copied; NULL of them is an empty value. */
void db_bind_integer(struct db_statement *statement, int place, int64_t value);
void db_bind_text(struct db_statement *statement, int place, const char *text);
void db_bind_octets(struct db_statement *statement, int place, const void *octets, size_t length);

enum db_step { DB_STEP_ROW, DB_STEP_DONE, DB_STEP_FAILED };

/** Goes to the next row. After DB_STEP_FAILED, db_failure() has the reason. */
enum db_step db_step(struct db_statement *statement);

/** Runs a statement that returns no rows. */
bool db_run(struct db_statement *statement);

/** The same, and counts the rows that it has changed; 0 if it fails. */
bool db_run_count(struct db_statement *statement, int64_t *ret_changed);

/** Runs a statement that returns one row, and reads its first column. */
bool db_run_value(struct db_statement *statement, int64_t *ret_value);

/** Returns the value of a column, from 0, of the row; text and octets are valid until the next
 * step. Text is never NULL. */
int64_t db_integer(struct db_statement *statement, int column);
const char *db_text(struct db_statement *statement, int column, size_t *ret_length);

/** Returns a copy of the text or the octets of a column, with a NUL; the caller's to free. */
char *db_text_copy(struct db_statement *statement, int column);

/** Runs SQL of several statements without parameters. */
bool db_execute(struct db *db, const char *sql);

/** A transaction: all of it is durable once db_commit() returns true, or none of it. */
bool db_begin(struct db *db);
bool db_commit(struct db *db);
void db_rollback(struct db *db);

/** Writes a copy of all committed data to the file \p path, replacing what is there. */
bool db_copy(struct db *db, const char *path);

/** Returns the path of its file. */
const char *db_path(const struct db *db);

/** Says why the last call failed, with the remedy. */
void db_failure(const struct db *db, struct error *reterr);

/** Closes it; NULL is a no-op. */
void db_close(struct db *db);

#endif

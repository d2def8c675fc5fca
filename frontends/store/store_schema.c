#include "frontends/store/store_schema.h"

#include <stdlib.h>

#include "core/base/mem.h"

static int64_t count_upgrades(const struct store_schema *schema)
{
	int64_t count = 0;
	while (schema->upgrades[count] != NULL)
		count++;
	return count;
}

/* Returns the version of the tables; -1: the database failed. */
static int64_t read_version(struct db *db, const struct store_schema *schema)
{
	int64_t version = 0;
	if (!db_execute(db, "CREATE TABLE IF NOT EXISTS store_version"
			    " (name TEXT PRIMARY KEY, version BIGINT NOT NULL)"))
		return -1;
	struct db_statement *statement =
		db_prepare(db, "SELECT version FROM store_version WHERE name = $1");
	db_bind_text(statement, 1, schema->name);
	enum db_step step = db_step(statement);
	if (step == DB_STEP_ROW) {
		version = db_integer(statement, 0);
		step = db_run(statement) ? DB_STEP_DONE : DB_STEP_FAILED;
	}
	return step == DB_STEP_FAILED ? -1 : version;
}

static bool write_version(struct db *db, const struct store_schema *schema, int64_t version)
{
	struct db_statement *statement =
		db_prepare(db, "INSERT INTO store_version (name, version) VALUES ($1, $2)"
			       " ON CONFLICT (name) DO UPDATE SET version = excluded.version");
	db_bind_text(statement, 1, schema->name);
	db_bind_integer(statement, 2, version);
	return db_run(statement);
}

static bool upgrade(struct db *db, const struct store_schema *schema, int64_t from, int64_t to)
{
	bool good = db_begin(db);
	for (int64_t i = from; good && i < to; i++)
		good = db_execute(db, schema->upgrades[i]);
	good = good && write_version(db, schema, to) && db_commit(db);
	if (!good)
		db_rollback(db);
	return good;
}

bool store_schema_upgrade(const struct store_schema *schema, struct db *db, struct error *reterr)
{
	int64_t wanted = count_upgrades(schema);
	int64_t found = read_version(db, schema);
	if (found > wanted) {
		error_set(reterr,
			"%s: its tables of %s are of version %lld, and this quoted knows %lld; "
			"install the newer quoted again, or put back the copy that it kept",
			db_path(db), schema->name, (long long)found, (long long)wanted);
		return false;
	}
	char *copy = mem_format("%s.before-%s-%lld", db_path(db), schema->name, (long long)wanted);
	bool good = found >= 0 && (found == 0 || found == wanted || db_copy(db, copy)) &&
		    (found == wanted || upgrade(db, schema, found, wanted));
	if (!good)
		db_failure(db, reterr);
	free(copy);
	return good;
}

#include "frontends/mail/subscription/subscription_store.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
#include "frontends/mail/smtp/smtp_address.h"
#include "frontends/tls/digest.h"

enum { MS = 1000 };

#define REQUESTS                                                                                   \
	"SELECT id, section, address, collection, minute, expires, 0, 0, 0, 0, 0, 0"               \
	" FROM subscription_request"

static const char *const upgrades[] = {
	"CREATE TABLE subscription_counter (last BIGINT NOT NULL, secret BYTEA NOT NULL);"
	"CREATE TABLE subscription_request (id BIGINT PRIMARY KEY, section TEXT NOT NULL,"
	" mailbox TEXT NOT NULL, address TEXT NOT NULL, collection TEXT NOT NULL,"
	" minute BIGINT NOT NULL, expires BIGINT NOT NULL);"
	"CREATE INDEX subscription_request_mailbox ON subscription_request (mailbox, section);"
	"CREATE TABLE subscription (id BIGINT PRIMARY KEY, section TEXT NOT NULL,"
	" mailbox TEXT NOT NULL, address TEXT NOT NULL, collection TEXT NOT NULL,"
	" minute BIGINT NOT NULL, since BIGINT NOT NULL, suspended BIGINT NOT NULL,"
	" day BIGINT NOT NULL, due BIGINT NOT NULL, bounces BIGINT NOT NULL,"
	" bounce_day BIGINT NOT NULL, UNIQUE (mailbox, section));"
	"CREATE INDEX subscription_due ON subscription (section, suspended, due);"
	"CREATE INDEX subscription_turn ON subscription (section, suspended, collection, due)",
	NULL,
};

const struct store_schema subscription_store_schema = {"subscription", upgrades};

struct subscription_row subscription_row_read(struct db_statement *statement)
{
	return (struct subscription_row){
		.id = db_integer(statement, 0),
		.section = db_text_copy(statement, 1),
		.address = db_text_copy(statement, 2),
		.collection = db_text_copy(statement, 3),
		.minute = db_integer(statement, 4),
		.expires = db_integer(statement, 5),
		.since = db_integer(statement, 6),
		.suspended = db_integer(statement, 7) != 0,
		.day = db_integer(statement, 8),
		.due = db_integer(statement, 9),
		.bounces = db_integer(statement, 10),
		.bounce_day = db_integer(statement, 11),
	};
}

bool subscription_row_find(struct db_statement *statement, struct subscription_row *ret_row)
{
	*ret_row = (struct subscription_row){0};
	enum db_step step = db_step(statement);
	if (step != DB_STEP_ROW)
		return step == DB_STEP_DONE;
	*ret_row = subscription_row_read(statement);
	if (db_run(statement))
		return true;
	subscription_row_finish(ret_row);
	return false;
}

void subscription_row_finish(struct subscription_row *row)
{
	free(row->section);
	free(row->address);
	free(row->collection);
	*row = (struct subscription_row){0};
}

static void bind_mailbox(struct db_statement *statement, int place, const char *address)
{
	char *mailbox = smtp_address_fold(address);
	db_bind_text(statement, place, mailbox);
	free(mailbox);
}

static bool make_secret(struct db *db, unsigned char ret_secret[SUBSCRIPTION_TOKEN_SECRET])
{
	struct db_statement *statement =
		db_prepare(db, "INSERT INTO subscription_counter (last, secret) VALUES (0, $1)");
	digest_random(ret_secret, SUBSCRIPTION_TOKEN_SECRET);
	db_bind_octets(statement, 1, ret_secret, SUBSCRIPTION_TOKEN_SECRET);
	return db_run(statement);
}

bool subscription_store_secret(struct db *db, unsigned char ret_secret[SUBSCRIPTION_TOKEN_SECRET])
{
	size_t length;
	struct db_statement *statement = db_prepare(db, "SELECT secret FROM subscription_counter");
	enum db_step step = db_step(statement);
	if (step == DB_STEP_DONE)
		return make_secret(db, ret_secret);
	if (step == DB_STEP_FAILED)
		return false;
	const char *secret = db_text(statement, 0, &length);
	if (length == SUBSCRIPTION_TOKEN_SECRET)
		memcpy(ret_secret, secret, length);
	return db_run(statement) && length == SUBSCRIPTION_TOKEN_SECRET;
}

/* Requests and subscriptions share the numbers, none of which is used again. */
static bool next_id(struct db *db, int64_t *ret_id)
{
	return db_run_value(
		db_prepare(db, "UPDATE subscription_counter SET last = last + 1 RETURNING last"),
		ret_id);
}

static bool count_requests(
	struct db *db, const struct subscription_row *row, int64_t now, int64_t *ret_count)
{
	struct db_statement *statement =
		db_prepare(db, "SELECT COUNT(*) FROM subscription_request"
			       " WHERE mailbox = $1 AND section = $2 AND expires > $3");
	bind_mailbox(statement, 1, row->address);
	db_bind_text(statement, 2, row->section);
	db_bind_integer(statement, 3, now);
	return db_run_value(statement, ret_count);
}

static struct subscription_token_facts request_facts(
	const struct subscription_row *row, int64_t expires)
{
	return (struct subscription_token_facts){SUBSCRIPTION_TOKEN_CONFIRM, row->id, row->section,
		row->address, row->collection, row->minute, expires};
}

static bool add_request(struct db *db, struct subscription_row *row, int64_t expires,
	char ret_token[SUBSCRIPTION_TOKEN_SIZE])
{
	unsigned char secret[SUBSCRIPTION_TOKEN_SECRET];
	if (!subscription_store_secret(db, secret) || !next_id(db, &row->id))
		return false;
	struct db_statement *statement =
		db_prepare(db, "INSERT INTO subscription_request"
			       " (id, section, mailbox, address, collection, minute, expires)"
			       " VALUES ($1, $2, $3, $4, $5, $6, $7)");
	db_bind_integer(statement, 1, row->id);
	db_bind_text(statement, 2, row->section);
	bind_mailbox(statement, 3, row->address);
	db_bind_text(statement, 4, row->address);
	db_bind_text(statement, 5, row->collection);
	db_bind_integer(statement, 6, row->minute);
	db_bind_integer(statement, 7, expires);
	struct subscription_token_facts facts = request_facts(row, expires);
	subscription_token_write(secret, &facts, ret_token);
	digest_wipe(secret, sizeof secret);
	return db_run(statement);
}

bool subscription_store_request(struct db *db, const struct subscription_row *row, long most,
	int64_t now, char ret_token[SUBSCRIPTION_TOKEN_SIZE],
	enum subscription_outcome *ret_outcome)
{
	int64_t count;
	struct subscription_row request = *row;
	if (!count_requests(db, row, now, &count))
		return false;
	*ret_outcome = count < most ? SUBSCRIPTION_OUTCOME_DONE : SUBSCRIPTION_OUTCOME_CROWDED;
	return count >= most ||
	       add_request(db, &request, now + SUBSCRIPTION_STORE_REQUEST, ret_token);
}

static bool find_id(struct db *db, const char *sql, int64_t id, struct subscription_row *ret_row)
{
	struct db_statement *statement = db_prepare(db, sql);
	db_bind_integer(statement, 1, id);
	return subscription_row_find(statement, ret_row);
}

static bool run_with(struct db *db, const char *sql, int64_t value)
{
	struct db_statement *statement = db_prepare(db, sql);
	db_bind_integer(statement, 1, value);
	return db_run(statement);
}

/* The day of the last letter stays, so that another one on that day is not due. */
static bool subscribe(struct db *db, const struct subscription_row *row, int64_t now)
{
	struct db_statement *statement = db_prepare(db,
		"INSERT INTO subscription (id, section, mailbox, address, collection, minute,"
		" since, suspended, day, due, bounces, bounce_day)"
		" VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8, 0, 0)"
		" ON CONFLICT (mailbox, section) DO UPDATE SET address = excluded.address,"
		" collection = excluded.collection, minute = excluded.minute, suspended = 0,"
		" due = excluded.due, bounces = 0, bounce_day = 0");
	db_bind_integer(statement, 1, row->id);
	db_bind_text(statement, 2, row->section);
	bind_mailbox(statement, 3, row->address);
	db_bind_text(statement, 4, row->address);
	db_bind_text(statement, 5, row->collection);
	db_bind_integer(statement, 6, row->minute);
	db_bind_integer(statement, 7, now);
	db_bind_integer(
		statement, 8, (int64_t)day_moment_after((time_t)(now / MS), (int)row->minute) * MS);
	return db_run(statement);
}

/* Returns whether the token is right; without a secret none is. */
static bool is_token_of(struct db *db, const struct subscription_token_facts *facts,
	const struct subscription_token *token, int64_t now, bool *ret_good)
{
	unsigned char secret[SUBSCRIPTION_TOKEN_SECRET];
	*ret_good = subscription_store_secret(db, secret);
	bool is = *ret_good && subscription_token_is(secret, facts, token, now);
	digest_wipe(secret, sizeof secret);
	return is;
}

bool subscription_store_confirm(struct db *db, const struct subscription_token *token, int64_t now,
	struct subscription_row *ret_row, enum subscription_outcome *ret_outcome)
{
	bool good;
	*ret_outcome = SUBSCRIPTION_OUTCOME_WRONG;
	if (!find_id(db, REQUESTS " WHERE id = $1", token->id, ret_row))
		return false;
	if (ret_row->id == 0)
		return true;
	struct subscription_token_facts facts = request_facts(ret_row, ret_row->expires);
	if (!is_token_of(db, &facts, token, now, &good)) {
		subscription_row_finish(ret_row);
		return good;
	}
	*ret_outcome = SUBSCRIPTION_OUTCOME_DONE;
	return run_with(db, "DELETE FROM subscription_request WHERE id = $1", token->id) &&
	       subscribe(db, ret_row, now);
}

/* Finds the subscription of a token of END or BOUNCE. */
static bool find(struct db *db, const struct subscription_token *token,
	struct subscription_row *ret_row, enum subscription_outcome *ret_outcome)
{
	bool good;
	*ret_outcome = SUBSCRIPTION_OUTCOME_WRONG;
	if (!find_id(db, SUBSCRIPTION_ROWS " WHERE id = $1", token->id, ret_row))
		return false;
	if (ret_row->id == 0)
		return true;
	struct subscription_token_facts facts = {
		token->kind, ret_row->id, ret_row->section, ret_row->address, "", 0, 0};
	if (is_token_of(db, &facts, token, 0, &good))
		*ret_outcome = SUBSCRIPTION_OUTCOME_DONE;
	else
		subscription_row_finish(ret_row);
	return good;
}

bool subscription_store_end(struct db *db, const struct subscription_token *token,
	struct subscription_row *ret_row, enum subscription_outcome *ret_outcome)
{
	return find(db, token, ret_row, ret_outcome) &&
	       (*ret_outcome != SUBSCRIPTION_OUTCOME_DONE ||
		       run_with(db, "DELETE FROM subscription WHERE id = $1", token->id));
}

static bool remove_address(struct db *db, const char *sql, const char *section, const char *address,
	int64_t *ret_count)
{
	struct db_statement *statement = db_prepare(db, sql);
	bind_mailbox(statement, 1, address);
	db_bind_text(statement, 2, section);
	return db_run_count(statement, ret_count);
}

bool subscription_store_end_address(struct db *db, const char *section, const char *address,
	enum subscription_outcome *ret_outcome)
{
	int64_t count = 0;
	int64_t requests;
	bool good =
		remove_address(db, "DELETE FROM subscription WHERE mailbox = $1 AND section = $2",
			section, address, &count) &&
		remove_address(db,
			"DELETE FROM subscription_request WHERE mailbox = $1 AND section = $2",
			section, address, &requests);
	*ret_outcome = count > 0 ? SUBSCRIPTION_OUTCOME_DONE : SUBSCRIPTION_OUTCOME_WRONG;
	return good;
}

bool subscription_store_bounce(struct db *db, const struct subscription_token *token, int64_t day,
	long most, struct subscription_row *ret_row, enum subscription_outcome *ret_outcome)
{
	if (!find(db, token, ret_row, ret_outcome))
		return false;
	if (*ret_outcome != SUBSCRIPTION_OUTCOME_DONE)
		return true;
	struct db_statement *statement = db_prepare(db,
		"UPDATE subscription SET bounces = CASE WHEN bounce_day = $1 THEN bounces"
		" WHEN bounce_day < $2 THEN 1 ELSE bounces + 1 END, bounce_day = $1"
		" WHERE id = $3 RETURNING bounces");
	db_bind_integer(statement, 1, day);
	db_bind_integer(statement, 2, day - SUBSCRIPTION_STORE_GAP);
	db_bind_integer(statement, 3, token->id);
	if (!db_run_value(statement, &ret_row->bounces))
		return false;
	return ret_row->bounces < most ||
	       run_with(db, "UPDATE subscription SET suspended = 1 WHERE id = $1", token->id);
}

bool subscription_store_tidy(
	struct db *db, const char *section, int64_t now, int64_t *ret_subscribers)
{
	struct db_statement *statement = db_prepare(
		db, "SELECT COUNT(*) FROM subscription WHERE section = $1 AND suspended = 0");
	db_bind_text(statement, 1, section);
	return db_run_value(statement, ret_subscribers) &&
	       run_with(db, "DELETE FROM subscription_request WHERE expires <= $1", now);
}

bool subscription_store_list(
	struct db *db, void (*each)(void *data, const struct subscription_row *row), void *data)
{
	enum db_step step;
	struct db_statement *statement =
		db_prepare(db, SUBSCRIPTION_ROWS " UNION ALL " REQUESTS " ORDER BY section, id");
	while ((step = db_step(statement)) == DB_STEP_ROW) {
		struct subscription_row row = subscription_row_read(statement);
		each(data, &row);
		subscription_row_finish(&row);
	}
	return step == DB_STEP_DONE;
}

static bool erase(struct db *db, const char *sql, const char *address, int64_t *ret_count)
{
	struct db_statement *statement = db_prepare(db, sql);
	bind_mailbox(statement, 1, address);
	return db_run_count(statement, ret_count);
}

bool subscription_store_erase(
	struct db *db, const char *address, int64_t *ret_subscriptions, int64_t *ret_requests)
{
	return erase(db, "DELETE FROM subscription WHERE mailbox = $1", address,
		       ret_subscriptions) &&
	       erase(db, "DELETE FROM subscription_request WHERE mailbox = $1", address,
		       ret_requests);
}

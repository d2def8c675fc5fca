#include "frontends/mail/subscription/subscription_store.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
#include "frontends/tls/digest.h"

enum { MS = 1000, DAY_MS = 86400000, HOUR = 3600 };

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

/* Reads the row of a statement with the columns section, address, collection, minute and one more.
 * A missing one leaves the id 0. */
static bool read_row(struct db_statement *statement, int64_t id, struct subscription_row *ret_row,
	int64_t *ret_last)
{
	*ret_row = (struct subscription_row){0};
	enum db_step step = db_step(statement);
	if (step != DB_STEP_ROW)
		return step == DB_STEP_DONE;
	ret_row->id = id;
	ret_row->section = db_text_copy(statement, 0);
	ret_row->address = db_text_copy(statement, 1);
	ret_row->collection = db_text_copy(statement, 2);
	ret_row->minute = db_integer(statement, 3);
	*ret_last = db_integer(statement, 4);
	return db_run(statement);
}

static bool remove_id(struct db *db, const char *sql, int64_t id)
{
	struct db_statement *statement = db_prepare(db, sql);
	db_bind_integer(statement, 1, id);
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
	int64_t expires = 0;
	bool good;
	struct db_statement *statement =
		db_prepare(db, "SELECT section, address, collection, minute, expires"
			       " FROM subscription_request WHERE id = $1");
	*ret_outcome = SUBSCRIPTION_OUTCOME_WRONG;
	db_bind_integer(statement, 1, token->id);
	if (!read_row(statement, token->id, ret_row, &expires))
		return false;
	if (ret_row->id == 0)
		return true;
	struct subscription_token_facts facts = request_facts(ret_row, expires);
	if (!is_token_of(db, &facts, token, now, &good)) {
		subscription_row_finish(ret_row);
		return good;
	}
	*ret_outcome = SUBSCRIPTION_OUTCOME_DONE;
	return remove_id(db, "DELETE FROM subscription_request WHERE id = $1", token->id) &&
	       subscribe(db, ret_row, now);
}

/* Finds the subscription of a token of END or BOUNCE; \p ret_bounces goes with it. */
static bool find(struct db *db, const struct subscription_token *token,
	struct subscription_row *ret_row, int64_t *ret_bounces,
	enum subscription_outcome *ret_outcome)
{
	bool good;
	struct db_statement *statement =
		db_prepare(db, "SELECT section, address, collection, minute, bounces"
			       " FROM subscription WHERE id = $1");
	*ret_outcome = SUBSCRIPTION_OUTCOME_WRONG;
	db_bind_integer(statement, 1, token->id);
	if (!read_row(statement, token->id, ret_row, ret_bounces))
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
	int64_t bounces;
	return find(db, token, ret_row, &bounces, ret_outcome) &&
	       (*ret_outcome != SUBSCRIPTION_OUTCOME_DONE ||
		       remove_id(db, "DELETE FROM subscription WHERE id = $1", token->id));
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
	long most, struct subscription_row *ret_row, int64_t *ret_bounces,
	enum subscription_outcome *ret_outcome)
{
	if (!find(db, token, ret_row, ret_bounces, ret_outcome))
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
	if (!db_run_value(statement, ret_bounces))
		return false;
	return *ret_bounces < most ||
	       remove_id(db, "UPDATE subscription SET suspended = 1 WHERE id = $1", token->id);
}

static bool mend_clock(struct db *db, const char *section, int64_t now)
{
	struct db_statement *statement =
		db_prepare(db, "UPDATE subscription SET due = $1"
			       " WHERE section = $2 AND suspended = 0 AND due > $3");
	db_bind_integer(statement, 1, now);
	db_bind_text(statement, 2, section);
	db_bind_integer(statement, 3, now + 2 * (int64_t)DAY_MS);
	return db_run(statement);
}

bool subscription_store_tidy(
	struct db *db, const char *section, int64_t now, int64_t *ret_subscribers)
{
	struct db_statement *statement = db_prepare(
		db, "SELECT COUNT(*) FROM subscription WHERE section = $1 AND suspended = 0");
	db_bind_text(statement, 1, section);
	return db_run_value(statement, ret_subscribers) &&
	       remove_id(db, "DELETE FROM subscription_request WHERE expires <= $1", now);
}

bool subscription_store_next(
	struct db *db, const char *section, int64_t now, struct subscription_next *ret_next)
{
	*ret_next = (struct subscription_next){0};
	if (!mend_clock(db, section, now))
		return false;
	struct db_statement *statement = db_prepare(db,
		"SELECT due, collection FROM subscription WHERE section = $1 AND suspended = 0"
		" ORDER BY due LIMIT 1");
	db_bind_text(statement, 1, section);
	enum db_step step = db_step(statement);
	if (step != DB_STEP_ROW)
		return step == DB_STEP_DONE;
	ret_next->due = db_integer(statement, 0);
	ret_next->collection = db_text_copy(statement, 1);
	if (db_run(statement))
		return true;
	free(ret_next->collection);
	ret_next->collection = NULL;
	return false;
}

static bool read_due(struct db *db, const struct subscription_batch *batch,
	struct subscription_row *rows, size_t *ret_count)
{
	enum db_step step;
	struct db_statement *statement = db_prepare(db,
		"SELECT id, address, minute, day FROM subscription WHERE section = $1"
		" AND suspended = 0 AND collection = $2 AND due <= $3 ORDER BY due LIMIT $4");
	db_bind_text(statement, 1, batch->place->section);
	db_bind_text(statement, 2, batch->collection);
	db_bind_integer(statement, 3, batch->place->now);
	db_bind_integer(statement, 4, SUBSCRIPTION_STORE_BATCH);
	*ret_count = 0;
	while ((step = db_step(statement)) == DB_STEP_ROW)
		rows[(*ret_count)++] = (struct subscription_row){
			.id = db_integer(statement, 0),
			.address = db_text_copy(statement, 1),
			.minute = db_integer(statement, 2),
			.day = db_integer(statement, 3),
		};
	return step == DB_STEP_DONE;
}

static bool set_due(struct db *db, const struct subscription_row *row, int64_t day, int64_t due)
{
	struct db_statement *statement =
		db_prepare(db, "UPDATE subscription SET day = $1, due = $2 WHERE id = $3");
	db_bind_integer(statement, 1, day);
	db_bind_integer(statement, 2, due * MS);
	db_bind_integer(statement, 3, row->id);
	return db_run(statement);
}

static bool add_letter(
	struct db *db, const struct subscription_batch *batch, const struct subscription_row *row)
{
	struct buffer text = {0};
	struct relay_message message = {.recipient = row->address,
		.created = batch->place->now,
		.repeat = true,
		.bulk = true};
	bool repeated;
	message.sender = subscription_letter_write(&batch->letter, row->id, row->address, &text);
	message.text = text.data;
	bool good = mail_store_add(db, batch->place, &message, NULL, &repeated);
	free(message.sender);
	buffer_finish(&text);
	return good;
}

/* One whose day ended before its turn, as the machine slept, has its turn on the next one. A day
 * that is more than a day ahead is of a clock that was wrong. Without a letter it tries again. */
static bool handle_due(
	struct db *db, struct subscription_batch *batch, const struct subscription_row *row)
{
	time_t now = (time_t)(batch->place->now / MS);
	int64_t day = batch->letter.day;
	time_t today = day_moment(day, (int)row->minute);
	bool had = row->day >= day && row->day <= day + 1;
	bool due = !had && today <= now;
	bool sent = due && batch->letter.text != NULL;
	time_t next = day_moment_after(today, (int)row->minute);
	if (!had && !due)
		next = today;
	else if (due && !sent)
		next = now + HOUR;
	batch->sent += sent;
	return (!sent || add_letter(db, batch, row)) &&
	       set_due(db, row, sent ? day : row->day, next);
}

bool subscription_store_send(struct db *db, struct subscription_batch *batch)
{
	struct subscription_row rows[SUBSCRIPTION_STORE_BATCH];
	size_t count;
	batch->sent = 0;
	bool good = read_due(db, batch, rows, &count);
	for (size_t i = 0; i < count; i++) {
		good = good && handle_due(db, batch, &rows[i]);
		subscription_row_finish(&rows[i]);
	}
	return good;
}

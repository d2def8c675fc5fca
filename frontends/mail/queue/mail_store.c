#include "frontends/mail/queue/mail_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "frontends/mail/smtp/smtp_address.h"

enum { MS = 1000, NS_A_MS = 1000000 };

static const char *const upgrades[] = {
	"CREATE TABLE mail_counter (last BIGINT NOT NULL);"
	"INSERT INTO mail_counter (last) VALUES (0);"
	"CREATE TABLE mail_queue (id BIGINT PRIMARY KEY, section TEXT NOT NULL,"
	" state BIGINT NOT NULL, again BIGINT NOT NULL, run BIGINT NOT NULL,"
	" created BIGINT NOT NULL, changed BIGINT NOT NULL, due BIGINT NOT NULL,"
	" tries BIGINT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,"
	" reason TEXT NOT NULL, content BYTEA NOT NULL);"
	"CREATE INDEX mail_queue_due ON mail_queue (section, state, tries, due);"
	"CREATE TABLE mail_answered (section TEXT NOT NULL, message TEXT NOT NULL,"
	" sender TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (section, message));"
	"CREATE INDEX mail_answered_at ON mail_answered (section, at)",
	"ALTER TABLE mail_queue ADD COLUMN bulk BIGINT NOT NULL DEFAULT 0;"
	"CREATE INDEX mail_queue_turn ON mail_queue (section, state, bulk, tries, due)",
	NULL,
};

const struct store_schema mail_store_schema = {"mail", upgrades};

int64_t mail_store_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * MS + now.tv_nsec / NS_A_MS;
}

/* Numbers are never used again, so that none stands for another message than a person saw. */
static bool next_id(struct db *db, int64_t *ret_id)
{
	return db_run_value(
		db_prepare(db, "UPDATE mail_counter SET last = last + 1 RETURNING last"), ret_id);
}

static bool add_answered(struct db *db, const struct mail_store_place *place,
	const struct relay_message *message, const char *key, bool *ret_repeated)
{
	char own[32];
	snprintf(own, sizeof own, "#%lld", (long long)message->id);
	struct db_statement *statement = db_prepare(db,
		"INSERT INTO mail_answered (section, message, sender, at) VALUES ($1, $2, $3, $4)"
		" ON CONFLICT DO NOTHING");
	db_bind_text(statement, 1, place->section);
	db_bind_text(statement, 2, *key != '\0' ? key : own);
	db_bind_text(statement, 3, message->recipient);
	db_bind_integer(statement, 4, place->now);
	int64_t added;
	bool good = db_run_count(statement, &added);
	*ret_repeated = good && added == 0;
	return good;
}

static bool add_queued(
	struct db *db, const struct mail_store_place *place, const struct relay_message *message)
{
	struct db_statement *statement = db_prepare(db,
		"INSERT INTO mail_queue (id, section, state, again, run, created, changed, due,"
		" tries, sender, recipient, reason, content, bulk)"
		" VALUES ($1, $2, 0, $3, 0, $4, $5, $5, 0, $6, $7, '', $8, $9)");
	db_bind_integer(statement, 1, message->id);
	db_bind_text(statement, 2, place->section);
	db_bind_integer(statement, 3, message->repeat);
	db_bind_integer(statement, 4, message->created);
	db_bind_integer(statement, 5, place->now);
	db_bind_text(statement, 6, message->sender);
	db_bind_text(statement, 7, message->recipient);
	db_bind_octets(statement, 8, message->text, strlen(message->text));
	db_bind_integer(statement, 9, message->bulk);
	return db_run(statement);
}

bool mail_store_add(struct db *db, const struct mail_store_place *place,
	struct relay_message *message, const char *key, bool *ret_repeated)
{
	*ret_repeated = false;
	return next_id(db, &message->id) &&
	       (key == NULL || add_answered(db, place, message, key, ret_repeated)) &&
	       (*ret_repeated || add_queued(db, place, message));
}

static void read_message(struct db_statement *statement, struct relay_message *message)
{
	*message = (struct relay_message){
		.id = db_integer(statement, 0),
		.repeat = db_integer(statement, 1) != 0,
		.created = db_integer(statement, 2),
		.tries = db_integer(statement, 3),
		.sender = db_text_copy(statement, 4),
		.recipient = db_text_copy(statement, 5),
		.text = db_text_copy(statement, 6),
		.bulk = db_integer(statement, 8) != 0,
	};
	size_t length;
	snprintf(message->reason, sizeof message->reason, "%s", db_text(statement, 7, &length));
}

static bool set_sending(
	struct db *db, const struct mail_store_place *place, const struct relay_message *message)
{
	struct db_statement *statement = db_prepare(
		db, "UPDATE mail_queue SET state = 1, run = $1, changed = $2 WHERE id = $3");
	db_bind_integer(statement, 1, place->run);
	db_bind_integer(statement, 2, place->now);
	db_bind_integer(statement, 3, message->id);
	return db_run(statement);
}

bool mail_store_claim(struct db *db, const struct mail_store_place *place, bool retried,
	struct relay_session *session)
{
	enum db_step step;
	struct db_statement *statement = db_prepare(db,
		"SELECT id, again, created, tries, sender, recipient, content, reason, bulk"
		" FROM mail_queue"
		" WHERE section = $1 AND state = 0 AND tries <= $2 AND (due <= $3 OR due > $4)"
		" ORDER BY bulk, tries, due, id LIMIT $5");
	db_bind_text(statement, 1, place->section);
	db_bind_integer(statement, 2, retried ? INT64_MAX : 0);
	db_bind_integer(statement, 3, place->now);
	db_bind_integer(statement, 4, place->now + place->longest);
	db_bind_integer(statement, 5, RELAY_BATCH);
	while ((step = db_step(statement)) == DB_STEP_ROW && session->count < RELAY_BATCH)
		read_message(statement, &session->messages[session->count++]);
	bool good = step == DB_STEP_DONE;
	for (size_t i = 0; good && i < session->count; i++)
		good = set_sending(db, place, &session->messages[i]);
	return good;
}

static bool forget(struct db *db, int64_t id)
{
	struct db_statement *statement = db_prepare(db, "DELETE FROM mail_queue WHERE id = $1");
	db_bind_integer(statement, 1, id);
	return db_run(statement);
}

/* A person may have dropped the message meanwhile; then nothing changes. */
static bool set_state(struct db *db, const struct mail_store_place *place,
	const struct relay_message *message, enum mail_state state, int64_t wait)
{
	bool tried = message->outcome != RELAY_OUTCOME_UNTRIED;
	struct db_statement *statement = db_prepare(db,
		"UPDATE mail_queue SET state = $1, changed = $2, due = $3, tries = tries + $4,"
		" reason = $5 WHERE id = $6");
	db_bind_integer(statement, 1, state);
	db_bind_integer(statement, 2, place->now);
	db_bind_integer(statement, 3, place->now + (tried ? wait : 0));
	db_bind_integer(statement, 4, tried);
	db_bind_text(statement, 5, message->reason);
	db_bind_integer(statement, 6, message->id);
	return db_run(statement);
}

bool mail_store_is_old(const struct mail_store_place *place, const struct relay_message *message)
{
	return place->now - message->created > place->lifetime;
}

bool mail_store_settle(struct db *db, const struct mail_store_place *place,
	const struct relay_message *message, int64_t wait)
{
	bool old = mail_store_is_old(place, message);
	switch (message->outcome) {
	case RELAY_OUTCOME_TAKEN:
		return forget(db, message->id);
	case RELAY_OUTCOME_PERMANENT:
		return set_state(db, place, message, MAIL_STATE_FAILED, 0);
	case RELAY_OUTCOME_UNKNOWN:
		if (!message->repeat)
			return set_state(db, place, message, MAIL_STATE_UNKNOWN, 0);
		break;
	case RELAY_OUTCOME_UNTRIED:
		return set_state(db, place, message, MAIL_STATE_WAITING, 0);
	case RELAY_OUTCOME_TEMPORARY:
		break;
	}
	return set_state(db, place, message, old ? MAIL_STATE_FAILED : MAIL_STATE_WAITING, wait);
}

bool mail_store_count(
	struct db *db, const struct mail_store_place *place, struct mail_store_counts *ret_counts)
{
	struct db_statement *statement = db_prepare(db,
		"SELECT COUNT(*), COALESCE(SUM(bulk), 0), COALESCE(SUM(may), 0),"
		" COALESCE(SUM(CASE WHEN tries = 0 THEN may ELSE 0 END), 0),"
		" COALESCE(MIN(later), 0) FROM (SELECT bulk, tries,"
		" CASE WHEN state = 0 AND (due <= $1 OR due > $2) THEN 1 ELSE 0 END AS may,"
		" CASE WHEN state = 0 AND due > $1 THEN due END AS later"
		" FROM mail_queue WHERE section = $3 AND state <= 1) AS queued");
	db_bind_integer(statement, 1, place->now);
	db_bind_integer(statement, 2, place->now + place->longest);
	db_bind_text(statement, 3, place->section);
	if (db_step(statement) != DB_STEP_ROW)
		return false;
	*ret_counts = (struct mail_store_counts){
		.queued = db_integer(statement, 0),
		.bulk = db_integer(statement, 1),
		.due = db_integer(statement, 2),
		.fresh = db_integer(statement, 3),
		.next_due = db_integer(statement, 4),
	};
	return db_run(statement);
}

bool mail_store_recover(struct db *db, const struct mail_store_place *place, int64_t *ret_unknown)
{
	struct db_statement *unknown =
		db_prepare(db, "UPDATE mail_queue SET state = 2, changed = $1,"
			       " reason = 'quoted was ended while it was sent'"
			       " WHERE section = $2 AND state = 1 AND run <> $3 AND again = 0");
	db_bind_integer(unknown, 1, place->now);
	db_bind_text(unknown, 2, place->section);
	db_bind_integer(unknown, 3, place->run);
	if (!db_run_count(unknown, ret_unknown))
		return false;
	struct db_statement *again =
		db_prepare(db, "UPDATE mail_queue SET state = 0, changed = $1, due = $1"
			       " WHERE section = $2 AND state = 1 AND run <> $3");
	db_bind_integer(again, 1, place->now);
	db_bind_text(again, 2, place->section);
	db_bind_integer(again, 3, place->run);
	return db_run(again);
}

bool mail_store_expire(struct db *db, const struct mail_store_place *place, int64_t *ret_expired)
{
	struct db_statement *statement =
		db_prepare(db, "UPDATE mail_queue SET state = 3, changed = $1,"
			       " reason = 'the relay was away for the lifetime of the message'"
			       " WHERE section = $2 AND state = 0 AND created < $3");
	db_bind_integer(statement, 1, place->now);
	db_bind_text(statement, 2, place->section);
	db_bind_integer(statement, 3, place->now - place->lifetime);
	return db_run_count(statement, ret_expired);
}

bool mail_store_clean(struct db *db, const struct mail_store_place *place)
{
	struct db_statement *queue = db_prepare(
		db, "DELETE FROM mail_queue WHERE section = $1 AND state > 1 AND changed < $2");
	db_bind_text(queue, 1, place->section);
	db_bind_integer(queue, 2, place->now - MAIL_STORE_KEPT);
	struct db_statement *answered =
		db_prepare(db, "DELETE FROM mail_answered WHERE section = $1 AND at < $2");
	db_bind_text(answered, 1, place->section);
	db_bind_integer(answered, 2, place->now - MAIL_STORE_KEPT);
	return db_run(queue) && db_run(answered);
}

bool mail_store_recent(struct db *db, const struct mail_store_place *place, int64_t limit,
	void (*each)(void *data, const char *key, const char *sender, int64_t at), void *data)
{
	enum db_step step;
	size_t length;
	struct db_statement *statement = db_prepare(db,
		"SELECT message, sender, at FROM (SELECT message, sender, at FROM mail_answered"
		" WHERE section = $1 ORDER BY at DESC LIMIT $2) AS latest ORDER BY at");
	db_bind_text(statement, 1, place->section);
	db_bind_integer(statement, 2, limit);
	while ((step = db_step(statement)) == DB_STEP_ROW)
		each(data, db_text(statement, 0, &length), db_text(statement, 1, &length),
			db_integer(statement, 2));
	return step == DB_STEP_DONE;
}

bool mail_store_list(
	struct db *db, void (*each)(void *data, const struct mail_store_row *row), void *data)
{
	enum db_step step;
	struct db_statement *statement = db_prepare(db,
		"SELECT id, section, state, created, due, tries, recipient, reason FROM mail_queue"
		" ORDER BY section, id");
	while ((step = db_step(statement)) == DB_STEP_ROW) {
		size_t length;
		struct mail_store_row row = {
			.id = db_integer(statement, 0),
			.section = db_text(statement, 1, &length),
			.state = (enum mail_state)db_integer(statement, 2),
			.created = db_integer(statement, 3),
			.due = db_integer(statement, 4),
			.tries = db_integer(statement, 5),
			.recipient = db_text(statement, 6, &length),
			.reason = db_text(statement, 7, &length),
		};
		each(data, &row);
	}
	return step == DB_STEP_DONE;
}

bool mail_store_retry(struct db *db, int64_t id, int64_t now, int64_t *ret_count)
{
	struct db_statement *statement = db_prepare(db,
		"UPDATE mail_queue SET state = 0, tries = 0, due = $1, created = $1, changed = $1"
		" WHERE state <> 1 AND ($2 = 0 OR id = $2)");
	db_bind_integer(statement, 1, now);
	db_bind_integer(statement, 2, id);
	return db_run_count(statement, ret_count);
}

bool mail_store_drop(struct db *db, int64_t id, int64_t *ret_count)
{
	struct db_statement *statement =
		db_prepare(db, "DELETE FROM mail_queue WHERE state <> 1 AND ($1 = 0 OR id = $1)");
	db_bind_integer(statement, 1, id);
	return db_run_count(statement, ret_count);
}

bool mail_store_drop_letters(struct db *db, const char *address, int64_t *ret_count)
{
	struct db_statement *statement =
		db_prepare(db, "DELETE FROM mail_queue WHERE bulk <> 0 AND state <> 1"
			       " AND LOWER(recipient) = $1");
	char *mailbox = smtp_address_fold(address);
	db_bind_text(statement, 1, mailbox);
	free(mailbox);
	return db_run_count(statement, ret_count);
}

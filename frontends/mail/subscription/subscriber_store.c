#include "frontends/mail/subscription/subscriber_store.h"

#include <stdlib.h>

#include "frontends/mail/smtp/smtp_address.h"

static struct subscriber_row read_row(struct db_statement *statement)
{
	size_t length;
	return (struct subscriber_row){
		.id = db_integer(statement, 0),
		.section = db_text(statement, 1, &length),
		.address = db_text(statement, 2, &length),
		.collection = db_text(statement, 3, &length),
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

bool subscriber_store_list(
	struct db *db, void (*each)(void *data, const struct subscriber_row *row), void *data)
{
	enum db_step step;
	struct db_statement *statement = db_prepare(db,
		"SELECT id, section, address, collection, minute, 0, since, suspended, day, due,"
		" bounces, bounce_day FROM subscription"
		" UNION ALL SELECT id, section, address, collection, minute, expires, 0, 0, 0, 0, "
		"0,"
		" 0 FROM subscription_request ORDER BY section, id");
	while ((step = db_step(statement)) == DB_STEP_ROW) {
		struct subscriber_row row = read_row(statement);
		each(data, &row);
	}
	return step == DB_STEP_DONE;
}

static bool erase(struct db *db, const char *sql, const char *address, int64_t *ret_count)
{
	struct db_statement *statement = db_prepare(db, sql);
	char *mailbox = smtp_address_fold(address);
	db_bind_text(statement, 1, mailbox);
	free(mailbox);
	return db_run_count(statement, ret_count);
}

bool subscriber_store_erase(
	struct db *db, const char *address, int64_t *ret_subscriptions, int64_t *ret_requests)
{
	return erase(db, "DELETE FROM subscription WHERE mailbox = $1", address,
		       ret_subscriptions) &&
	       erase(db, "DELETE FROM subscription_request WHERE mailbox = $1", address,
		       ret_requests);
}

#include "frontends/mail/subscription/subscription_due.h"

#include <stdlib.h>

#include "core/base/day.h"

enum { MS = 1000, DAY_MS = 86400000, HOUR = 3600 };

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

bool subscription_due_next(
	struct db *db, const char *section, int64_t now, struct subscription_row *ret_row)
{
	*ret_row = (struct subscription_row){0};
	if (!mend_clock(db, section, now))
		return false;
	struct db_statement *statement = db_prepare(
		db, SUBSCRIPTION_ROWS " WHERE section = $1 AND suspended = 0 ORDER BY due LIMIT 1");
	db_bind_text(statement, 1, section);
	return subscription_row_find(statement, ret_row);
}

static bool read_due(struct db *db, const struct mail_store_place *place, const char *collection,
	struct subscription_row *rows, size_t *ret_count)
{
	enum db_step step;
	struct db_statement *statement = db_prepare(db,
		SUBSCRIPTION_ROWS " WHERE section = $1 AND suspended = 0 AND collection = $2"
				  " AND due <= $3 ORDER BY due LIMIT $4");
	db_bind_text(statement, 1, place->section);
	db_bind_text(statement, 2, collection);
	db_bind_integer(statement, 3, place->now);
	db_bind_integer(statement, 4, SUBSCRIPTION_DUE_BATCH);
	*ret_count = 0;
	while ((step = db_step(statement)) == DB_STEP_ROW)
		rows[(*ret_count)++] = subscription_row_read(statement);
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

static bool add_letter(struct db *db, const struct mail_store_place *place,
	const struct subscription_letter *letter, const struct subscription_row *row)
{
	struct buffer text = {0};
	struct relay_message message = {
		.recipient = row->address, .created = place->now, .repeat = true, .bulk = true};
	bool repeated;
	message.sender = subscription_letter_write(letter, row->id, row->address, &text);
	message.text = text.data;
	bool good = mail_store_add(db, place, &message, NULL, &repeated);
	free(message.sender);
	buffer_finish(&text);
	return good;
}

/* One whose day ended before its turn, as the machine slept, has its turn on the next one. A day
 * that is more than a day ahead is of a clock that was wrong. Without a letter it tries again. */
static bool handle_due(struct db *db, const struct mail_store_place *place,
	const struct subscription_letter *letter, const struct subscription_row *row,
	size_t *sent_count)
{
	time_t now = (time_t)(place->now / MS);
	int64_t day = letter->day;
	time_t today = day_moment(day, (int)row->minute);
	bool had = row->day >= day && row->day <= day + 1;
	bool due = !had && today <= now;
	bool sent = due && letter->text != NULL;
	time_t next = day_moment_after(today, (int)row->minute);
	if (!had && !due)
		next = today;
	else if (due && !sent)
		next = now + HOUR;
	*sent_count += sent;
	return (!sent || add_letter(db, place, letter, row)) &&
	       set_due(db, row, sent ? day : row->day, next);
}

bool subscription_due_send(struct db *db, const struct mail_store_place *place,
	const struct subscription_letter *letter, size_t *ret_sent)
{
	struct subscription_row rows[SUBSCRIPTION_DUE_BATCH];
	size_t count;
	*ret_sent = 0;
	bool good = read_due(db, place, letter->collection, rows, &count);
	for (size_t i = 0; i < count; i++) {
		good = good && handle_due(db, place, letter, &rows[i], ret_sent);
		subscription_row_finish(&rows[i]);
	}
	return good;
}

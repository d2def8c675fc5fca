#include "frontends/mail/subscription/subscriber_command.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "frontends/mail/queue/mail_store.h"
#include "frontends/mail/subscription/subscription_store.h"

enum { MS = 1000, MINUTES = 60, NOT_FOUND = 1 };

static void print_row(void *data, const struct subscription_row *row)
{
	struct output *out = data;
	if (row->expires != 0)
		return;
	output_foreign(out, row->address);
	output_format(
		out, " at %02d:%02d", (int)(row->minute / MINUTES), (int)(row->minute % MINUTES));
	output_add(out, *row->collection != '\0' ? " from " : "");
	output_foreign(out, row->collection);
	output_add(out, ", by ");
	output_foreign(out, row->section);
	output_add(out, " since ");
	output_time(out, (time_t)(row->since / MS));
	output_add(out, row->suspended ? ", suspended\n" : "\n");
}

static void add_day(struct json_writer *object, const char *key, int64_t day)
{
	char text[DAY_TEXT_SIZE];
	day_format(day, text);
	json_writer_text(object, key, day != 0 ? text : NULL);
}

static void add_letters(struct json_writer *object, const struct subscription_row *row)
{
	json_writer_time(object, "since", (time_t)(row->since / MS));
	json_writer_flag(object, "suspended", row->suspended);
	add_day(object, "last_letter", row->day);
	json_writer_time(object, "next_letter", row->suspended ? 0 : (time_t)(row->due / MS));
	json_writer_count(object, "bounces", (size_t)row->bounces);
	add_day(object, "last_bounce", row->bounce_day);
}

static void print_json(void *data, const struct subscription_row *row)
{
	struct json_writer *object = json_writer_object();
	char *time =
		mem_format("%02d:%02d", (int)(row->minute / MINUTES), (int)(row->minute % MINUTES));
	json_writer_count(object, "id", (size_t)row->id);
	json_writer_text(object, "section", row->section);
	json_writer_text(object, "address", row->address);
	json_writer_text(object, "collection", *row->collection != '\0' ? row->collection : NULL);
	json_writer_text(object, "time", time);
	json_writer_flag(object, "confirmed", row->expires == 0);
	if (row->expires == 0)
		add_letters(object, row);
	else
		json_writer_time(object, "expires", (time_t)(row->expires / MS));
	output_json(data, object);
	free(time);
}

/* What was kept of an address. */
struct erased {
	int64_t subscriptions;
	int64_t requests;
	int64_t letters;
};

static void print_erased(struct output *out, const char *address, const struct erased *erased)
{
	struct buffer line = {0};
	buffer_add(&line, "erased ");
	buffer_add_count(&line, (size_t)erased->subscriptions, "subscription");
	buffer_add(&line, ", ");
	buffer_add_count(&line, (size_t)erased->requests, "request");
	buffer_add(&line, " and ");
	buffer_add_count(&line, (size_t)erased->letters, "queued letter");
	buffer_format(&line, " of %s\n", address);
	output_add(out, line.data);
	buffer_finish(&line);
}

static int fail(struct db *db, struct error *reterr)
{
	db_failure(db, reterr);
	return EX_UNAVAILABLE;
}

static int erase(const char *address, struct db *db, struct output *out, struct error *reterr)
{
	struct erased erased;
	if (!db_begin(db) ||
		!subscription_store_erase(db, address, &erased.subscriptions, &erased.requests) ||
		!mail_store_drop_letters(db, address, &erased.letters) || !db_commit(db))
		return fail(db, reterr);
	if (erased.subscriptions + erased.requests + erased.letters == 0) {
		error_set(reterr, "'%s' has no subscription and has not asked for one", address);
		return NOT_FOUND;
	}
	print_erased(out, address, &erased);
	return EX_OK;
}

static int run(const struct store_command *command, struct db *db, struct output *out,
	struct error *reterr)
{
	int status = EX_OK;
	if (strcmp(command->action, "list") == 0)
		return subscription_store_list(db, print_row, out) ? EX_OK : fail(db, reterr);
	if (strcmp(command->action, "export") == 0)
		return subscription_store_list(db, print_json, out) ? EX_OK : fail(db, reterr);
	for (int i = 0; i < command->count && status == EX_OK; i++)
		status = erase(command->operands[i], db, out, reterr);
	return status;
}

/* Letters are in the tables of the queue. */
static struct db *open_tables(const char *directory, struct error *reterr)
{
	struct db *queue = store_open(directory, false, &mail_store_schema, reterr);
	if (queue == NULL)
		return NULL;
	db_close(queue);
	return store_open(directory, false, &subscription_store_schema, reterr);
}

int subscriber_command_run(const struct store_command *command, const char *directory,
	struct output *out, struct error *reterr)
{
	struct db *db = open_tables(directory, reterr);
	if (db == NULL)
		return EX_UNAVAILABLE;
	int status = run(command, db, out, reterr);
	db_close(db);
	return status;
}

#include "frontends/mail/queue/queue_command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "frontends/mail/queue/mail_store.h"

enum { MS = 1000, NOT_FOUND = 1 };

static const char *const states[] = {"waiting", "sending", "unknown", "failed"};

static bool is_tried_again(const struct mail_store_row *row)
{
	return row->tries > 0 && row->state == MAIL_STATE_WAITING;
}

static void print_row(void *data, const struct mail_store_row *row)
{
	struct output *out = data;
	output_format(out, "%lld %s ", (long long)row->id, states[row->state]);
	output_foreign(out, row->section);
	output_add(out, " to ");
	output_foreign(out, row->recipient);
	output_add(out, ", since ");
	output_time(out, (time_t)(row->created / MS));
	if (is_tried_again(row)) {
		output_format(out, ", tried %lld times, again at ", (long long)row->tries);
		output_time(out, (time_t)(row->due / MS));
	}
	output_add(out, *row->reason != '\0' ? ": " : "");
	output_foreign(out, row->reason);
	output_add(out, "\n");
}

static void print_json(void *data, const struct mail_store_row *row)
{
	struct json_writer *object = json_writer_object();
	json_writer_count(object, "id", (size_t)row->id);
	json_writer_text(object, "state", states[row->state]);
	json_writer_text(object, "section", row->section);
	json_writer_text(object, "recipient", row->recipient);
	json_writer_time(object, "since", (time_t)(row->created / MS));
	json_writer_count(object, "tries", (size_t)row->tries);
	json_writer_time(object, "again", is_tried_again(row) ? (time_t)(row->due / MS) : 0);
	json_writer_text(object, "reason", *row->reason != '\0' ? row->reason : NULL);
	output_json(data, object);
}

static int fail(struct db *db, struct error *reterr)
{
	db_failure(db, reterr);
	return EX_UNAVAILABLE;
}

/* Returns -1 if it is neither a number nor "all", which is 0. */
static int64_t read_id(const char *text)
{
	char *end;
	if (strcmp(text, "all") == 0)
		return 0;
	errno = 0;
	long long id = strtoll(text, &end, 10);
	return errno == 0 && *end == '\0' && id > 0 ? id : -1;
}

static int change(const struct store_command *command, const char *text, struct db *db,
	struct output *out, struct error *reterr)
{
	int64_t count;
	int64_t id = read_id(text);
	bool drops = strcmp(command->action, "drop") == 0;
	if (id < 0) {
		error_set(reterr, "'%s' is not the number of a message; quoted queue list has them",
			text);
		return EX_USAGE;
	}
	bool good = drops ? mail_store_drop(db, id, &count)
			  : mail_store_retry(db, id, mail_store_now(), &count);
	if (!good)
		return fail(db, reterr);
	if (count == 0 && id != 0) {
		error_set(reterr, "there is no message %s, or it is being sent", text);
		return NOT_FOUND;
	}
	output_format(out, "%lld %s %s\n", (long long)count, count == 1 ? "message" : "messages",
		drops ? "dropped" : "will be sent again");
	return EX_OK;
}

static int run(const struct store_command *command, struct db *db, struct output *out,
	struct error *reterr)
{
	int status = EX_OK;
	if (strcmp(command->action, "list") == 0)
		return mail_store_list(db, command->json ? print_json : print_row, out)
			       ? EX_OK
			       : fail(db, reterr);
	for (int i = 0; i < command->count && status == EX_OK; i++)
		status = change(command, command->operands[i], db, out, reterr);
	return status;
}

int queue_command_run(const struct store_command *command, const char *directory,
	struct output *out, struct error *reterr)
{
	struct db *db = store_open(directory, false, &mail_store_schema, reterr);
	if (db == NULL)
		return EX_UNAVAILABLE;
	int status = run(command, db, out, reterr);
	db_close(db);
	return status;
}

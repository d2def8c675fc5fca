#include "frontends/mail/queue/queue_command.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "frontends/mail/queue/mail_store.h"

enum { MS = 1000, NOT_FOUND = 1 };

static const char help[] =
	"Usage: quoted queue [-c FILE] list|retry|drop [ID]...  show or change the queue of mail\n"
	"\n"
	"  list          each message that waits, is being sent, failed, or may be lost (unknown)\n"
	"  retry ID...   send these now, as if they were new; all: all of them\n"
	"  drop ID...    forget these; all: all of them\n"
	"\n"
	"  -c FILE       the configuration, which has state_directory; by default\n"
	"                /etc/quoted/quoted.conf if that exists\n"
	"\n"
	"The daemon may run; it notices within ten seconds. What is being sent is left alone.\n"
	"Exit status: 0; 1 no such message, 64 wrong usage, 69 the database cannot be used, 78 "
	"wrong\n"
	"configuration.\n";

static const char usage[] = "write quoted queue list, quoted queue retry ID... or quoted queue "
			    "drop ID...; see 'quoted queue --help'";

static const char *const actions[] = {
	[QUEUE_COMMAND_HELP] = "help",
	[QUEUE_COMMAND_LIST] = "list",
	[QUEUE_COMMAND_RETRY] = "retry",
	[QUEUE_COMMAND_DROP] = "drop",
};

void queue_command_describe(struct buffer *out)
{
	buffer_format(out, "  %-7s%s\n", "queue", "show or change the queue of mail");
}

static bool take_action(const char *word, struct queue_command *command)
{
	for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
		if (strcmp(word, actions[i]) == 0) {
			command->action = (enum queue_command_action)i;
			return true;
		}
	}
	return false;
}

static bool has_right_ids(const struct queue_command *command)
{
	bool wants =
		command->action == QUEUE_COMMAND_RETRY || command->action == QUEUE_COMMAND_DROP;
	return wants == (command->id_count > 0) || command->action == QUEUE_COMMAND_HELP;
}

bool queue_command_parse(
	int argc, char **argv, struct queue_command *ret_command, struct error *reterr)
{
	static const struct option options[] = {{"config", required_argument, NULL, 'c'},
		{"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
	int found;
	bool good = true;
	*ret_command = (struct queue_command){.action = QUEUE_COMMAND_LIST};
	optind = 0;
	opterr = 0;
	while ((found = getopt_long(argc, argv, "c:h", options, NULL)) != -1) {
		if (found == 'h')
			return take_action("help", ret_command);
		good = good && found == 'c';
		ret_command->config_path = optarg;
	}
	good = good && optind < argc && take_action(argv[optind], ret_command);
	ret_command->ids = argv + optind + 1;
	ret_command->id_count = good ? argc - optind - 1 : 0;
	if (good && has_right_ids(ret_command))
		return true;
	error_set(reterr, "%s", usage);
	return false;
}

static void format_time(int64_t ms, char ret_text[32])
{
	struct tm parts;
	time_t seconds = (time_t)(ms / MS);
	localtime_r(&seconds, &parts);
	strftime(ret_text, 32, "%Y-%m-%d %H:%M:%S", &parts);
}

static void print_row(void *data, const struct mail_store_row *row)
{
	static const char *const states[] = {"waiting", "sending", "unknown", "failed"};
	struct output *out = data;
	char created[32];
	char due[32];
	format_time(row->created, created);
	format_time(row->due, due);
	output_format(out, "%lld %s %s to %s, since %s", (long long)row->id, states[row->state],
		row->section, row->recipient, created);
	if (row->tries > 0 && row->state == MAIL_STATE_WAITING)
		output_format(out, ", tried %lld times, again at %s", (long long)row->tries, due);
	output_format(out, "%s%s\n", *row->reason != '\0' ? ": " : "", row->reason);
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

static int change(const struct queue_command *command, const char *text, struct db *db,
	struct output *out, struct error *reterr)
{
	int64_t count;
	int64_t id = read_id(text);
	bool drops = command->action == QUEUE_COMMAND_DROP;
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

static int run(const struct queue_command *command, struct db *db, struct output *out,
	struct error *reterr)
{
	int status = EX_OK;
	if (command->action == QUEUE_COMMAND_LIST)
		return mail_store_list(db, print_row, out) ? EX_OK : fail(db, reterr);
	for (int i = 0; i < command->id_count && status == EX_OK; i++)
		status = change(command, command->ids[i], db, out, reterr);
	return status;
}

int queue_command_run(const struct queue_command *command, const char *state_directory,
	struct output *out, struct error *reterr)
{
	if (command->action == QUEUE_COMMAND_HELP) {
		output_add(out, help);
		return EX_OK;
	}
	struct db *db = store_open(state_directory, false, &mail_store_schema, reterr);
	if (db == NULL)
		return EX_UNAVAILABLE;
	int status = run(command, db, out, reterr);
	db_close(db);
	return status;
}

/** quoted queue: shows the queues of mail to a person, who may change them. */
#ifndef QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_COMMAND_H
#define QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_COMMAND_H

#include "core/base/buffer.h"
#include "frontends/kit/output.h"

enum queue_command_action {
	QUEUE_COMMAND_HELP,
	QUEUE_COMMAND_LIST,
	QUEUE_COMMAND_RETRY,
	QUEUE_COMMAND_DROP,
};

/** What a command line asks for; its strings are borrowed from argv. */
struct queue_command {
	enum queue_command_action action;
	const char *config_path; /* NULL: not given */
	char *const *ids;        /* numbers, or the word "all" */
	int id_count;
};

/** Reads a command line whose first argument is "queue". Returns false, a usage error, with
 * \p reterr. */
bool queue_command_parse(
	int argc, char **argv, struct queue_command *ret_command, struct error *reterr);

/** Appends a line for quoted --help. */
void queue_command_describe(struct buffer *out);

/**
 * Does what \p command asks for with the queues in \p state_directory, as store_open() has it; the
 * daemon may run, and notices within ten seconds. Returns the exit status: EX_OK; 1 if no message
 * is of a number; EX_USAGE for what is not a number; EX_UNAVAILABLE if the database cannot be used.
 * The last three come with \p reterr.
 */
int queue_command_run(const struct queue_command *command, const char *state_directory,
	struct output *out, struct error *reterr);

#endif

/** quoted queue: shows the queues of mail to a person, who may change them. */
#ifndef QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_COMMAND_H
#define QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_COMMAND_H

#include "frontends/kit/output.h"
#include "frontends/store/store.h"

/**
 * Does "list", "retry" or "drop" with the queues in \p directory, as store_open() has it; the
 * daemon may run, and notices within ten seconds. The operands of the last two are ids, or the word
 * "all". Returns the exit status: EX_OK; 1 if no message has an id; EX_USAGE for what is not an id;
 * EX_UNAVAILABLE if the database cannot be used. The last three come with \p reterr.
 */
int queue_command_run(const struct store_command *command, const char *directory,
	struct output *out, struct error *reterr);

#endif

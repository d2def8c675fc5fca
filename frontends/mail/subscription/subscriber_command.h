/** quoted subscribers: shows to a person who gets a daily letter, and erases whom they name. */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIBER_COMMAND_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIBER_COMMAND_H

#include "frontends/kit/output.h"
#include "frontends/store/store.h"

/**
 * Does "list", "export" or "erase" with the subscriptions in \p directory, as store_open() has it;
 * the daemon may run. The operands of "erase" are addresses, erased in turn up to the first of
 * which nothing is kept. Returns the exit status: EX_OK; 1 if there is such an address;
 * EX_UNAVAILABLE if the database cannot be used. The last two come with \p reterr.
 */
int subscriber_command_run(const struct store_command *command, const char *directory,
	struct output *out, struct error *reterr);

#endif

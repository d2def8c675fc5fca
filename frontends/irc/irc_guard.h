/** Guards against abuse: budgets of commands for each person, each channel and the network. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_GUARD_H
#define QUOTED_FRONTENDS_IRC_IRC_GUARD_H

#include <stdbool.h>

#include "frontends/frontend.h"
#include "frontends/irc/irc_options.h"

enum {
	IRC_GUARD_ASKERS = 4096, /* people counted at once */
	IRC_GUARD_CHANNELS = 256,
	IRC_GUARD_IGNORED = 256, /* people ignored at once; the one soonest free gives way */
};

/** What is used up if a command is not answered. */
enum irc_guard_verdict {
	IRC_GUARD_VERDICT_ANSWER,
	IRC_GUARD_VERDICT_PERSON, /* who is ignored from now on */
	IRC_GUARD_VERDICT_CHANNEL,
	IRC_GUARD_VERDICT_NETWORK,
};

struct irc_guard;

/** Makes the guard with the budgets of \p options; of \p context it uses the name, the loop and
 * chance. */
struct irc_guard *irc_guard_create(
	const struct frontend_context *context, const struct irc_options *options);

/** Counts a command of \p person, a key such as "user@host", in \p channel (NULL: in private) at
 * \p now (seconds, never going backwards). \p ret_tell: it is time to tell that it is not answered,
 * as it was not told for ignore_seconds. */
enum irc_guard_verdict irc_guard_check(struct irc_guard *guard, const char *person,
	const char *channel, double now, bool *ret_tell);

/** Frees it; NULL is a no-op. */
void irc_guard_destroy(struct irc_guard *guard);

#endif

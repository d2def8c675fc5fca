/** Guards against abuse: ignores users who ask too often, and keeps two bots from answering each
 * other for ever. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_GUARD_H
#define QUOTED_FRONTENDS_IRC_IRC_GUARD_H

#include <stdbool.h>

#include "frontends/net/limits.h"

enum {
	IRC_GUARD_ASKERS = 4096, /* users counted at once */
	IRC_GUARD_IGNORED = 256, /* users ignored at once; the one soonest free gives way */
	IRC_GUARD_SAID = 16,     /* our last messages, which are recognised */
};

enum irc_guard_verdict {
	IRC_GUARD_VERDICT_ANSWER,
	IRC_GUARD_VERDICT_WARN, /* tell the user, once, that it is ignored from now on */
	IRC_GUARD_VERDICT_IGNORE,
};

struct irc_guard;

/** Allows each user the commands of the budget of \p limits, which it borrows, and ignores it for
 * \p seconds after one more. */
struct irc_guard *irc_guard_create(struct limits *limits, double seconds);

/** Counts a command from \p host ("user@host") at \p now (seconds, never going backwards). */
enum irc_guard_verdict irc_guard_check(struct irc_guard *guard, const char *host, double now);

/** Remembers \p line, the text of a message that we send. */
void irc_guard_said(struct irc_guard *guard, const char *line);

/** Returns whether \p text repeats one of our last messages, as another bot may do. */
bool irc_guard_is_echo(const struct irc_guard *guard, const char *text);

/** Frees it; NULL is a no-op. */
void irc_guard_destroy(struct irc_guard *guard);

#endif

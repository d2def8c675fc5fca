/** Against abuse: who asks too often is ignored for a while, and two bots do not talk for ever. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_GUARD_H
#define QUOTED_FRONTENDS_IRC_IRC_GUARD_H

#include <stdbool.h>
#include <stdint.h>

enum {
	IRC_GUARD_ASKERS = 4096, /* that are counted at once */
	IRC_GUARD_IGNORED = 256, /* at once; the one that is soonest free gives way */
	IRC_GUARD_SAID = 16,     /* of our lines that are known again */
};

enum irc_guard_verdict {
	IRC_GUARD_VERDICT_ANSWER,
	IRC_GUARD_VERDICT_WARN, /* say once that it is ignored from now on */
	IRC_GUARD_VERDICT_IGNORE,
};

struct irc_guard;

/** \p per_minute commands of one asker, else ignored for \p seconds; \p seed keys the counters. */
struct irc_guard *irc_guard_create(double per_minute, double seconds, uint64_t seed);

/** Counts a command of \p host ("user@host") at \p now (seconds, never going back). */
enum irc_guard_verdict irc_guard_check(struct irc_guard *guard, const char *host, double now);

/** Remembers a line that we say. */
void irc_guard_said(struct irc_guard *guard, const char *line);

/** Whether \p text is one of the last lines we said: another bot repeats us, and is not answered.
 */
bool irc_guard_is_echo(const struct irc_guard *guard, const char *text);

/** Frees it; NULL is a no-op. */
void irc_guard_destroy(struct irc_guard *guard);

#endif

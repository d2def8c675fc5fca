/** Connects to the first of several addresses that answers (happy eyeballs, RFC 8305). */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_RACE_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_RACE_H

#include <stddef.h>

#include <ev.h>

#include "frontends/kit/address.h"

struct irc_race;

enum { IRC_RACE_STAGGER_MS = 250 }; /* RFC 8305 section 5 */

/** Gets a connected socket, non-blocking and its own to close; or -1 and the reason of the last
 * address. Called once, from the loop; must not destroy the race. */
typedef void irc_race_on_done(void *data, int fd, const char *reason);

/**
 * Tries \p addresses, which it copies, by turns of their families (RFC 8305 section 4): the next
 * one when the last has failed, or not answered for IRC_RACE_STAGGER_MS; those before go on. Has
 * no time limit of its own.
 */
struct irc_race *irc_race_create(struct ev_loop *loop, const struct address *addresses,
	size_t count, irc_race_on_done *on_done, void *data);

/** Ends all attempts and frees it; NULL is a no-op. */
void irc_race_destroy(struct irc_race *race);

#endif

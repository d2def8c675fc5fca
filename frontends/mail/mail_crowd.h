/** Chooses which session ends when there is no place for another. Pure. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_CROWD_H
#define QUOTED_FRONTENDS_MAIL_MAIL_CROWD_H

#include <stdbool.h>
#include <stddef.h>

#include "frontends/kit/address.h"

enum { MAIL_CROWD_GRACE = 5 /* seconds in which a session is not idle yet */ };

/** A session that has a place. */
struct mail_crowd_place {
	void *session;
	struct prefix prefix;
	double idle; /* seconds since its last octet came */
	bool busy;   /* a transaction runs */
};

/**
 * Chooses among \p count sessions, of which the last is new and the others are put into another
 * order. One that is busy stays. Of those that are idle, or whose prefix has more sessions than
 * that of the new one, the one whose prefix has the most ends, and of that the one idle for the
 * longest. If there is none, the new one ends, unless it is the only one of its prefix; then none
 * does. So sessions of one prefix never take the last place.
 *
 * Returns the session, or NULL if none is to end.
 */
void *mail_crowd_choose(struct mail_crowd_place *places, size_t count);

#endif

/** Tries again after a failure, with waits that double and have jitter. */
#ifndef QUOTED_FRONTENDS_KIT_RETRY_H
#define QUOTED_FRONTENDS_KIT_RETRY_H

#include <stdbool.h>

#include <ev.h>

#include "core/base/rng.h"

/** It stays in its place while in use. The caller sets all but the last two members, which are 0,
 * and then calls retry_init(). */
struct retry {
	struct ev_loop *loop;
	struct rng *rng;
	double first; /* seconds before the first try */
	double last;  /* and at most before any other */
	void (*again)(void *data);
	void *data;
	double next; /* the coming wait; 0: the first */
	ev_timer timer;
};

/** Prepares the timer; no try is due. */
void retry_init(struct retry *retry);

/** After a failure: calls again after a wait within a tenth of the plain one, and doubles the next
 * one. Returns the seconds. */
double retry_later(struct retry *retry);

/** As retry_later(), but after about \p seconds; the next wait stays what it is. */
double retry_after(struct retry *retry, double seconds);

/** Calls again from the loop's next turn; the next wait stays what it is. */
void retry_soon(struct retry *retry);

/** Returns whether a try is due, later or soon. */
bool retry_is_waiting(const struct retry *retry);

/** Does not call again for now; the next wait stays what it is. */
void retry_stop(struct retry *retry);

/** Does not call again, and begins with the first wait anew. */
void retry_reset(struct retry *retry);

#endif

/** Waiting longer after each failure, with jitter. */
#ifndef QUOTED_FRONTENDS_KIT_BACKOFF_H
#define QUOTED_FRONTENDS_KIT_BACKOFF_H

#include "core/base/rng.h"

/** The first and the longest wait in seconds; the rest is 0 at first. */
struct backoff {
	double first;
	double last;
	double next;
};

/** Returns the seconds to wait now, within a tenth of the plain value, and doubles the next wait.
 */
double backoff_next(struct backoff *backoff, struct rng *rng);

/** Begins anew, after a success. */
void backoff_reset(struct backoff *backoff);

#endif

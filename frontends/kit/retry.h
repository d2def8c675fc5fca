/** Tries again what failed, later and later. */
#ifndef QUOTED_FRONTENDS_KIT_RETRY_H
#define QUOTED_FRONTENDS_KIT_RETRY_H

#include <stdbool.h>

#include <ev.h>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "frontends/kit/backoff.h"

/** Filled by retry_init(); it stays in its place while in use. */
struct retry {
	struct ev_loop *loop;
	struct rng *rng;
	struct backoff backoff;
	ev_timer timer;
	void (*again)(void *data);
	void *data;
	struct error last; /* why it failed last; "": it did not */
};

/** Waits \p first seconds before the first \p again, and at the most \p last. Does not keep the
 * loop running, and wakes it only after a failure. Borrows all. */
void retry_init(struct retry *retry, struct ev_loop *loop, struct rng *rng, double first,
	double last, void (*again)(void *data), void *data);

/** After a failure: calls again later. Returns whether the reason is another one than before: then
 * it is worth a line in the log. */
bool retry_later(struct retry *retry, const struct error *reason);

/** Does not call again for now; the next wait is longer all the same. */
void retry_stop(struct retry *retry);

/** Does not call again, and forgets all failures. */
void retry_reset(struct retry *retry);

#endif

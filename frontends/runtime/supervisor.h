/** Runs the front ends: one that fails is started again later, and the others go on. */
#ifndef QUOTED_FRONTENDS_RUNTIME_SUPERVISOR_H
#define QUOTED_FRONTENDS_RUNTIME_SUPERVISOR_H

#include "frontends/frontend.h"

struct supervisor;

/** All arguments are borrowed and outlive the supervisor. */
struct supervisor *supervisor_create(
	struct ev_loop *loop, const struct quoter *quoter, struct rng *rng);

/**
 * Adds a front end, named after its wire. Takes over \p asker, even on failure; borrows
 * \p options. Returns false if its options are refused.
 */
bool supervisor_add(struct supervisor *supervisor, const struct frontend_ops *ops,
	const void *options, struct asker *asker, struct error *reterr);

/**
 * Starts all. Returns false with "qotd.default: why" if one fails with an error that is not
 * temporary. After a temporary error, or if one fails later, logs it and tries again after 1 s,
 * doubling to 60 s. As soon as one is started, logs once "ready: 38,474 quotes from 71 files on
 * qotd, web, irc.libera (connecting)": the title "default" is left out.
 */
bool supervisor_start(struct supervisor *supervisor, struct error *reterr);

/**
 * Drains all and breaks the loop once nothing is in flight, or after \p seconds.
 * A second call breaks it at once.
 */
void supervisor_drain(struct supervisor *supervisor, double seconds);

/** Stops and destroys the front ends, the last one added first. */
void supervisor_destroy(struct supervisor *supervisor);

#endif

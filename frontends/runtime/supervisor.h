/** Runs the front ends: one that cannot start or dies is tried again, and the others go on. */
#ifndef QUOTED_FRONTENDS_RUNTIME_SUPERVISOR_H
#define QUOTED_FRONTENDS_RUNTIME_SUPERVISOR_H

#include "frontends/frontend.h"

struct supervisor;

/** All arguments are borrowed and outlive the supervisor. */
struct supervisor *supervisor_create(
	struct ev_loop *loop, struct quoter *quoter, struct librarian *librarian, struct rng *rng);

/**
 * Adds a front end called "\p ops->name.\p title" and its wire to the quoter's; \p options is
 * borrowed. Returns false where its options are refused.
 */
bool supervisor_add(struct supervisor *supervisor, const struct frontend_ops *ops,
	const char *title, const void *options, struct error *reterr);

/** Starts all; what fails is logged and tried again after 1 s, doubling to 60 s. */
void supervisor_start(struct supervisor *supervisor);

/**
 * Drains all and breaks the loop once nothing is in flight, or after \p seconds.
 * A second call breaks it at once.
 */
void supervisor_drain(struct supervisor *supervisor, double seconds);

/** Stops and destroys the front ends, the last one added first. */
void supervisor_destroy(struct supervisor *supervisor);

#endif

/** Runs the commands of collections on threads ahead of time, so that picking never waits. */
#ifndef QUOTED_FRONTENDS_KEEPER_COMMAND_RUNNER_H
#define QUOTED_FRONTENDS_KEEPER_COMMAND_RUNNER_H

#include <ev.h>

#include "core/base/error.h"
#include "core/choice/quoter.h"

struct command_runner;

/** Runs nothing yet. All arguments outlive it. Returns NULL if the system gives no thread. */
struct command_runner *command_runner_create(
	struct ev_loop *loop, struct quoter *quoter, struct rng *rng, struct error *reterr);

/**
 * Begins to run commands whenever their reserves want quotes: in turn, at most 8 at once, and none
 * twice at the same time. One that fails is logged and run again after 1 s, doubling to 60 s; the
 * others do not wait for it.
 */
void command_runner_start(struct command_runner *runner);

/** Kills the commands that run and starts no more; idempotent. */
void command_runner_stop(struct command_runner *runner);

/** Stops and frees without waiting: the commands end by themselves. NULL is a no-op. */
void command_runner_abandon(struct command_runner *runner);

/** Stops, waits until the commands have ended, and frees; NULL is a no-op. */
void command_runner_destroy(struct command_runner *runner);

#endif

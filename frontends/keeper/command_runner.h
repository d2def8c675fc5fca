/** Runs the commands of collections on threads, so that their reserves are full before anybody
 * asks. */
#ifndef QUOTED_FRONTENDS_KEEPER_COMMAND_RUNNER_H
#define QUOTED_FRONTENDS_KEEPER_COMMAND_RUNNER_H

#include <ev.h>

#include "core/base/error.h"
#include "core/choice/quoter.h"

struct command_runner;

/** Runs nothing yet. All arguments outlive it. Returns NULL where the system gives no thread. */
struct command_runner *command_runner_create(
	struct ev_loop *loop, struct quoter *quoter, struct rng *rng, struct error *reterr);

/**
 * Begins to run what is wanted: each command once at a time, a few of them at once, in turn. One
 * that fails is logged and run again after 1 s, doubling to 60 s, which holds up no other.
 */
void command_runner_start(struct command_runner *runner);

/** Kills what runs and starts nothing more; idempotent. */
void command_runner_stop(struct command_runner *runner);

/** Stops, waits until what ran has ended, and frees; NULL is a no-op. */
void command_runner_destroy(struct command_runner *runner);

#endif

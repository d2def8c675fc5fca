/** The daemon's loop and what runs on it: front ends, the keeper of their quotes, signals. */
#ifndef QUOTED_FRONTENDS_RUNTIME_RUNTIME_H
#define QUOTED_FRONTENDS_RUNTIME_RUNTIME_H

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/choice/quoter.h"
#include "frontends/keeper/keeper.h"
#include "frontends/keeper/searcher.h"
#include "frontends/runtime/supervisor.h"

struct runtime;

/** Makes the loop, and a store in \p state_directory; \p quoter and \p rng outlive it. Returns NULL
 * if the system gives no descriptor or thread. */
struct runtime *runtime_create(
	struct quoter *quoter, const char *state_directory, struct rng *rng, struct error *reterr);

/** Returns the searcher that the askers of the front ends need. */
struct searcher *runtime_searcher(struct runtime *runtime);

/** Returns the supervisor, to which front ends are added before runtime_start(). */
struct supervisor *runtime_supervisor(struct runtime *runtime);

/** What a reload does, besides loading the quotes; borrowed. */
void runtime_set_renewal(struct runtime *runtime, const struct keeper_renewal *renewal);

/** Sets how many seconds a stop, or a reload, gives the answers in flight. */
void runtime_set_drain_timeout(struct runtime *runtime, double seconds);

/**
 * Applies the front ends that were added to the supervisor, and handles signals. SIGTERM and SIGINT
 * end all loads, commands and searches, and give the answers in flight their time; a second one
 * ends the loop at once. SIGHUP, unblocked now, begins a reload, after the one that runs; SIGUSR1
 * opens log files anew. Tells the service manager what happens.
 */
bool runtime_start(struct runtime *runtime, struct error *reterr);

/** Applies the front ends that were added to the supervisor during a reload, as
 * supervisor_apply(). */
bool runtime_apply(struct runtime *runtime, struct error *reterr);

/** Says that a reload has failed; the service manager gets the reason, which stays in the
 * status until a reload succeeds. */
void runtime_refuse_reload(struct runtime *runtime, const char *reason);

/** Says that what the last reload has replaced is gone, so that the next one may begin. */
void runtime_end_reload(struct runtime *runtime);

/** Begins to keep the quotes, and runs until a signal ends it. Afterwards, until the program ends,
 * SIGTERM and SIGINT call \p leave, which ends it at once; SIGHUP and SIGUSR1 are ignored. */
void runtime_run(struct runtime *runtime, void (*leave)(int number));

/** Stops and frees everything; NULL is a no-op. */
void runtime_destroy(struct runtime *runtime);

#endif

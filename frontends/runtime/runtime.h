/** The daemon's loop and what runs on it: front ends, the keeper of their quotes, signals. */
#ifndef QUOTED_FRONTENDS_RUNTIME_RUNTIME_H
#define QUOTED_FRONTENDS_RUNTIME_RUNTIME_H

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/choice/quoter.h"
#include "frontends/keeper/searcher.h"
#include "frontends/runtime/supervisor.h"

struct runtime;

/** Makes the loop; \p quoter and \p rng outlive it. Returns NULL if the system gives no descriptor
 * or thread. */
struct runtime *runtime_create(struct quoter *quoter, struct rng *rng, struct error *reterr);

/** Returns the searcher that the askers of the front ends need. */
struct searcher *runtime_searcher(struct runtime *runtime);

/** Returns the supervisor, to which front ends are added before runtime_start(). */
struct supervisor *runtime_supervisor(struct runtime *runtime);

/**
 * Starts the front ends, as supervisor_start() does, and handles signals. SIGTERM and SIGINT end
 * all loads, commands and searches, and give the answers in flight \p drain_timeout seconds; a
 * second one ends the loop at once. SIGHUP, unblocked now, reloads the quotes.
 */
bool runtime_start(struct runtime *runtime, double drain_timeout, struct error *reterr);

/** Runs until a signal ends it. Afterwards, until the program ends, SIGTERM and SIGINT call \p
 * leave, which ends it at once, and SIGHUP is ignored. */
void runtime_run(struct runtime *runtime, void (*leave)(int number));

/** Stops and frees everything; NULL is a no-op. */
void runtime_destroy(struct runtime *runtime);

#endif

/** All front ends in one process on one loop, with what keeps their quotes fresh. */
#ifndef QUOTED_FRONTENDS_RUNTIME_GATEWAY_H
#define QUOTED_FRONTENDS_RUNTIME_GATEWAY_H

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/choice/quoter.h"
#include "frontends/runtime/supervisor.h"

struct gateway;

/** Makes the loop; \p quoter and \p rng outlive it. Returns NULL where the system gives no
 * descriptor or thread. */
struct gateway *gateway_create(struct quoter *quoter, struct rng *rng, struct error *reterr);

/** Returns who the front ends are added to, before it runs. */
struct supervisor *gateway_supervisor(struct gateway *gateway);

/** Starts the front ends; a stop will give the answers in flight \p drain_timeout seconds. */
void gateway_start(struct gateway *gateway, double drain_timeout);

/** Runs until a signal ends it. Afterwards, until the program ends, further signals call \p leave,
 * which ends it at once. */
void gateway_run(struct gateway *gateway, void (*leave)(int number));

/** Stops and frees everything; NULL is a no-op. */
void gateway_destroy(struct gateway *gateway);

#endif

/** Measures how long each turn of the loop keeps all others waiting. Wakes nothing by itself. */
#ifndef QUOTED_FRONTENDS_RUNTIME_LOOP_LAG_H
#define QUOTED_FRONTENDS_RUNTIME_LOOP_LAG_H

#include <ev.h>

#include "frontends/kit/metrics.h"

struct loop_lag;

/**
 * Measures from now on: a histogram of the turns, and the longest one of the last 60 to 120 s. A
 * turn over 10 ms is logged, as a debug line, at most once in 60 s. Does not keep the loop running.
 * Both arguments are borrowed.
 */
struct loop_lag *loop_lag_create(struct ev_loop *loop, struct metrics_registry *registry);

/** Frees it; NULL is a no-op. */
void loop_lag_destroy(struct loop_lag *lag);

#endif

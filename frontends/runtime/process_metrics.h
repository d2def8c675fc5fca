/** The metrics of the whole process: its quotes, reloads and searches, its store, and what the
 * system gives it. */
#ifndef QUOTED_FRONTENDS_RUNTIME_PROCESS_METRICS_H
#define QUOTED_FRONTENDS_RUNTIME_PROCESS_METRICS_H

#include "core/choice/quoter.h"
#include "frontends/keeper/keeper.h"
#include "frontends/keeper/searcher.h"
#include "frontends/kit/metrics.h"
#include "frontends/store/store.h"

/** What they are read from, whenever they are written; borrowed, and must stay in its place. */
struct process_metrics {
	const struct quoter *quoter;
	const struct keeper *keeper;
	const struct searcher *searcher;
	const struct store *store;
	struct metrics *metrics; /* set by process_metrics_init() */
};

/** Adds the metrics to \p registry, whose next write reads them from \p process. A write counts the
 * open descriptors one by one: 20,000 take some 10 ms. */
void process_metrics_init(struct process_metrics *process, struct metrics_registry *registry);

#endif

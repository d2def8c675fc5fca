/** Builds the search index on a thread of its own, again for each library. Used by the searcher
 * alone. */
#ifndef QUOTED_FRONTENDS_KEEPER_INDEXER_H
#define QUOTED_FRONTENDS_KEEPER_INDEXER_H

#include <stdbool.h>

#include <ev.h>

#include "core/choice/quoter.h"
#include "core/search/search.h"

struct indexer;

/** Takes over a new index, whose library has been released. */
typedef void indexer_callback(void *data, struct search *search);

/** Builds nothing yet; its arguments outlive it. Returns NULL if the system gives no thread. */
struct indexer *indexer_create(struct ev_loop *loop, struct quoter *quoter, struct rng *rng,
	indexer_callback *on_made, void *data);

/**
 * Builds an index of the library that the quoter serves now; cancels the build of an older one. A
 * failure is logged, and the build is tried again after 1 s, doubling to 60 s.
 */
void indexer_begin(struct indexer *indexer);

/** Returns whether the index of the library that is served could not be built so far. */
bool indexer_has_failed(const struct indexer *indexer);

/**
 * Returns in how many seconds after \p now, 1 at least, the index that is being built is likely
 * ready. Assumes that each quote takes as long as in the last build, or at first a 30,000th of a
 * second; once that time is over, half as long as it has taken so far.
 */
unsigned indexer_seconds_left(const struct indexer *indexer, ev_tstamp now);

/** Cancels the build that runs and begins no more; idempotent. */
void indexer_stop(struct indexer *indexer);

/** Stops, waits for the thread, and frees; NULL is a no-op. */
void indexer_destroy(struct indexer *indexer);

#endif

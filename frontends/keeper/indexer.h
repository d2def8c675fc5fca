/** Makes the search index on a thread of its own, anew for each library. The searcher's. */
#ifndef QUOTED_FRONTENDS_KEEPER_INDEXER_H
#define QUOTED_FRONTENDS_KEEPER_INDEXER_H

#include <stdbool.h>

#include <ev.h>

#include "core/choice/quoter.h"
#include "core/search/search.h"

struct indexer;

/** What an indexer is told. */
struct indexer_options {
	struct ev_loop *loop;
	struct quoter *quoter;
	struct rng *rng;
	/** Takes over an index; by then the library that it is of is let go. */
	void (*on_made)(void *data, struct search *search);
	void *data;
};

/** Makes nothing yet. Copies \p options, whose parts outlive it. Returns NULL where the system
 * gives no thread. */
struct indexer *indexer_create(const struct indexer_options *options);

/**
 * Makes an index of what the quoter serves now, and gives up one of what it served before. If that
 * fails, it is logged and tried again after 1 s, doubling to 60 s.
 */
void indexer_begin(struct indexer *indexer);

/** Returns whether there is no index of what is served as making it failed. */
bool indexer_has_failed(const struct indexer *indexer);

/** Gives up what is being made, and begins nothing more; idempotent. */
void indexer_stop(struct indexer *indexer);

/** Stops, waits for the thread, and frees; NULL is a no-op. */
void indexer_destroy(struct indexer *indexer);

#endif

/** Searches on a thread of their own, one at a time, each wire in its turn. The librarian's. */
#ifndef QUOTED_FRONTENDS_KEEPER_SEARCHER_H
#define QUOTED_FRONTENDS_KEEPER_SEARCHER_H

#include "frontends/keeper/librarian.h"

struct searcher;

/** Borrows all. Returns NULL where the system gives no thread. */
struct searcher *searcher_create(struct ev_loop *loop, struct quoter *quoter, struct rng *rng);

/** Begins to index what the quoter serves now; what was indexed before is asked until that is
 * done. */
void searcher_index(struct searcher *searcher);

/** As librarian_search(). One that waited for 2 s, or finds no room in search_queue.h, is answered
 * with BUSY; one that runs for 0.5 s with TOO_LONG. */
struct librarian_search *searcher_search(struct searcher *searcher, unsigned wire,
	const char *query, size_t offset, size_t limit, librarian_callback *callback, void *data);

/** As librarian_cancel(): one that waits is forgotten, one that runs is ended. */
void searcher_cancel(struct librarian_search *search);

/** Ends the indexing and what is asked, and answers that with BUSY, as what is asked from now on;
 * idempotent. */
void searcher_stop(struct searcher *searcher);

/** Stops; searches under way are not answered. NULL is a no-op. */
void searcher_destroy(struct searcher *searcher);

#endif

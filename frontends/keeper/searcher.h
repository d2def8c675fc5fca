/** Runs searches on a thread of its own, one at a time, the wires in turn. Used by askers alone. */
#ifndef QUOTED_FRONTENDS_KEEPER_SEARCHER_H
#define QUOTED_FRONTENDS_KEEPER_SEARCHER_H

#include <ev.h>

#include "core/base/rng.h"
#include "frontends/keeper/ask.h"

struct searcher;

/** How many searches can wait, of one wire and of all. */
enum { SEARCHER_WIRE_MAX = 16, SEARCHER_WAITING_MAX = 64 };

/** Borrows its arguments; has no index yet. Does not keep the loop running. Returns NULL if the
 * system gives no thread. */
struct searcher *searcher_create(
	struct ev_loop *loop, struct quoter *quoter, struct rng *rng, struct error *reterr);

/** Begins to index the library that the quoter serves now; until then, searches use the previous
 * index, or scan the quotes if there is none. */
void searcher_index(struct searcher *searcher);

/**
 * Searches the quotes of a wire for \p ask, a SEARCH, which it copies. Calls \p callback once:
 * before it returns NULL, if the query is malformed, the index could not be made, too many searches
 * wait or it is stopped; else later, on the loop. A search that has waited for 2 s is answered
 * LATER; one that runs for 0.5 s is TOO_SLOW; one that scans for 50 ms is LATER, with the seconds
 * until the index is ready.
 */
struct ask_ticket *searcher_ask(struct searcher *searcher, unsigned wire, const struct ask *ask,
	ask_callback *callback, void *data);

/** As asker_cancel(): forgets a search that waits, ends one that runs. */
void searcher_cancel(struct ask_ticket *ticket);

/** Returns how many searches run or wait for their turn. */
size_t searcher_pending(const struct searcher *searcher);

/** Returns whether there is an index, perhaps of the library before. */
bool searcher_is_ready(const struct searcher *searcher);

/** Ends the indexing and the search that runs, which is answered soon. Answers LATER to those that
 * wait, before it returns, and to all later ones; idempotent. */
void searcher_stop(struct searcher *searcher);

/** Waits for the threads and frees it; searches that wait or run are not answered. NULL is a
 * no-op. */
void searcher_destroy(struct searcher *searcher);

#endif

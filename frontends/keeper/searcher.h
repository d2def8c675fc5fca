/** Searches on a thread of their own, one at a time, each wire in its turn. The askers'. */
#ifndef QUOTED_FRONTENDS_KEEPER_SEARCHER_H
#define QUOTED_FRONTENDS_KEEPER_SEARCHER_H

#include <ev.h>

#include "core/base/rng.h"
#include "frontends/keeper/ask.h"

struct searcher;

/** Searches that wait at the most, of one wire and of all. */
enum { SEARCHER_WIRE_MAX = 16, SEARCHER_WAITING_MAX = 64 };

/** Borrows all; has no index yet. Does not keep the loop running. Returns NULL if the system gives
 * no thread. */
struct searcher *searcher_create(
	struct ev_loop *loop, struct quoter *quoter, struct rng *rng, struct error *reterr);

/** Begins to index what the quoter serves now; until that is done, the index before is asked. */
void searcher_index(struct searcher *searcher);

/**
 * Asks for a wire's quotes as \p ask says, a SEARCH, of which it keeps a copy. Returns NULL if
 * \p callback was called before: if the query is malformed, there is no index yet, or no room to
 * wait in. One that waited for 2 s is answered LATER; one that runs for 0.5 s is TOO_SLOW.
 */
struct ask_ticket *searcher_ask(struct searcher *searcher, unsigned wire, const struct ask *ask,
	ask_callback *callback, void *data);

/** As asker_cancel(): one that waits is forgotten, one that runs is ended. */
void searcher_cancel(struct ask_ticket *ticket);

/** Ends the indexing, and answers LATER what waits, before it returns, what runs, soon, and what is
 * asked from now on; idempotent. */
void searcher_stop(struct searcher *searcher);

/** Stops; what runs is not answered. Waits for the threads. NULL is a no-op. */
void searcher_destroy(struct searcher *searcher);

#endif

/** Keeps the quotes fresh, away from the loop: reloads what changed, runs commands, searches. */
#ifndef QUOTED_FRONTENDS_KEEPER_LIBRARIAN_H
#define QUOTED_FRONTENDS_KEEPER_LIBRARIAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ev.h>

#include "core/base/error.h"
#include "core/choice/quoter.h"

struct librarian;

/** A search under way. */
struct librarian_search;

enum librarian_state {
	LIBRARIAN_STATE_DONE,
	LIBRARIAN_STATE_INDEXING, /* the index is still being built */
	LIBRARIAN_STATE_BAD_QUERY,
	LIBRARIAN_STATE_TOO_LONG, /* it took too long and was ended */
	LIBRARIAN_STATE_BUSY,     /* too many searches wait, or it waited too long */
	LIBRARIAN_STATE_FAILED,
};

/** What came of a search; all of it holds during the callback. */
struct librarian_answer {
	enum librarian_state state;
	const char *reason;  /* a sentence for the person who asked; NULL with DONE */
	const uint64_t *ids; /* of the quotes asked for, the best first; quoter_get() has them */
	size_t count;
	size_t total; /* of all that were found */
};

typedef void librarian_callback(void *data, const struct librarian_answer *answer);

/**
 * Prepares to keep the quotes of \p quoter, which outlives it as \p rng does. Returns NULL where
 * the system gives no thread. What it does alone does not keep the loop running.
 */
struct librarian *librarian_create(
	struct ev_loop *loop, struct quoter *quoter, struct rng *rng, struct error *reterr);

/**
 * Begins: makes the search index, runs commands, and loads the quotes again half a second after a
 * change of their files, also where they changed between the first load and now. A load that fails
 * is logged and tried again after 5 s, doubling to 60 s.
 */
void librarian_start(struct librarian *librarian);

/** Ends commands, loads and searches that are under way, and begins none; a search is answered with
 * BUSY. */
void librarian_stop(struct librarian *librarian);

/** Loads the quotes again, changed or not; where they are no use, those there are stay, and the log
 * says why. */
void librarian_reload(struct librarian *librarian);

/**
 * Searches the quotes of a wire for \p query, in the grammar of core/search/search_query.h, and
 * gives \p limit of the ids found from \p offset on. The callback comes once, on the loop, never
 * before this returns.
 */
struct librarian_search *librarian_search(struct librarian *librarian, unsigned wire,
	const char *query, size_t offset, size_t limit, librarian_callback *callback, void *data);

/** Ends the interest in a search that was not answered: no callback comes. */
void librarian_cancel(struct librarian_search *search);

/** Stops; searches under way are not answered. NULL is a no-op. */
void librarian_destroy(struct librarian *librarian);

#endif

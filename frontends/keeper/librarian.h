/** Keeps the quotes fresh, away from the loop: reloads what changed, runs commands. */
#ifndef QUOTED_FRONTENDS_KEEPER_LIBRARIAN_H
#define QUOTED_FRONTENDS_KEEPER_LIBRARIAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ev.h>

#include "core/base/error.h"
#include "core/choice/quoter.h"
#include "frontends/keeper/searcher.h"

struct librarian;

/**
 * Prepares to keep the quotes of \p quoter and the index of \p searcher fresh; both outlive it as
 * \p rng does. Returns NULL if the system gives no thread. What it does alone does not keep the
 * loop running.
 */
struct librarian *librarian_create(struct ev_loop *loop, struct quoter *quoter,
	struct searcher *searcher, struct rng *rng, struct error *reterr);

/**
 * Begins: makes the search index, runs commands, and loads the quotes again half a second after a
 * change of their files, also where they changed between the first load and now. A load that fails
 * is logged and tried again after 5 s, doubling to 60 s.
 */
void librarian_start(struct librarian *librarian);

/** Stops the searcher, ends commands and loads that are under way, and begins none. */
void librarian_stop(struct librarian *librarian);

/** Loads the quotes again, changed or not; where they are no use, those there are stay, and the log
 * says why. */
void librarian_reload(struct librarian *librarian);

/** Stops. NULL is a no-op. */
void librarian_destroy(struct librarian *librarian);

#endif

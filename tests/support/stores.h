/** Stores for tests. */
#ifndef QUOTED_TESTS_SUPPORT_STORES_H
#define QUOTED_TESTS_SUPPORT_STORES_H

#include "frontends/store/store.h"

/** Returns a store in the current directory, which is a scratch. Aborts if that fails. */
struct store *stores_open(struct ev_loop *loop);

/** Runs the loop until all works that were submitted are done. */
void stores_drain(struct store *store, struct ev_loop *loop);

/** Waits until its customers are gone, and destroys it. */
void stores_close(struct store *store);

#endif

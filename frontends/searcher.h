/** Searches on threads of their own: one makes the index, one asks it. The librarian's. */
#ifndef QUOTED_FRONTENDS_SEARCHER_H
#define QUOTED_FRONTENDS_SEARCHER_H

#include "frontends/librarian.h"

struct searcher;

/** Borrows both. Returns NULL where the system gives no thread. */
struct searcher *searcher_create(struct ev_loop *loop, struct quoter *quoter);

/** Begins to index \p library; what was indexed before is asked until that is done. */
void searcher_index(struct searcher *searcher, struct library *library);

/** As librarian_search(). */
struct librarian_search *searcher_search(struct searcher *searcher, unsigned wire,
	const char *query, size_t offset, size_t limit, librarian_callback *callback, void *data);

/** As librarian_cancel(). */
void searcher_cancel(struct librarian_search *search);

/** Stops; searches under way are not answered. NULL is a no-op. */
void searcher_destroy(struct searcher *searcher);

#endif

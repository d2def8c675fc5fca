/** Quoters for tests, made from the specs of sources. */
#ifndef QUOTED_TESTS_SUPPORT_QUOTES_H
#define QUOTED_TESTS_SUPPORT_QUOTES_H

#include "core/base/rng.h"
#include "core/choice/quoter.h"
#include "core/library/collection.h"

/** Collections and the quoter made of them; all zero has none. Must not move while in use. */
struct quotes {
	struct collections collections;
	struct strings names; /* of the items */
	struct collection items[8];
	struct strings warnings;
	struct rng rng;
	struct quoter *quoter;
};

/** Adds a source to the collection \p name, which is made if there is none, and returns its
 * collection, which the test may change. */
struct collection *quotes_add(struct quotes *quotes, const char *name, const char *spec);

/** Adds a collection of \p count quotes "NAME0", "NAME1", ..., each a source of its own. */
struct collection *quotes_add_many(struct quotes *quotes, const char *name, int count);

/** Adds a wire that shows \p first and \p second (NULL: only the first). Fills \p wire and
 * \p names, which must not move while the quoter is in use. Returns the wire's number. */
unsigned quotes_add_wire(struct quoter *quoter, struct quote_wire *wire, struct strings *names,
	const char *first, const char *second);

/** Picks a random quote of a wire that fits; \p fit NULL: any. */
bool quotes_pick(
	struct quoter *quoter, unsigned wire, const struct quote_fit *fit, struct quote *ret_quote);

/** Returns how many of 1,000 draws on a wire begin with \p letter; aborts if there is nothing to
 * draw. */
int quotes_count_draws(struct quoter *quoter, unsigned wire, char letter);

/** Makes the quoter of what was added, with seed 1; aborts if that fails. */
struct quoter *quotes_open(struct quotes *quotes);

/** Calls quotes_add() and quotes_open() for one source. */
struct quoter *quotes_open_one(struct quotes *quotes, const char *spec);

/** Finds a quote of a wire by an id or a prefix, as quoter_find() does; returns -1 if \p id is
 * neither. */
int quotes_find(
	const struct quoter *quoter, unsigned wire, const char *id, struct quote *ret_quote);

/** Frees everything. */
void quotes_finish(struct quotes *quotes);

#endif

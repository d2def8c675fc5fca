/** Quoters for tests, from specs as a configuration has them. */
#ifndef QUOTED_TESTS_SUPPORT_QUOTES_H
#define QUOTED_TESTS_SUPPORT_QUOTES_H

#include "core/choice/quoter.h"

/** Collections and what refers to them; all zero is none. It stays in its place while in use. */
struct quotes {
	struct collections collections;
	struct collection_options options[8];
	struct collection items[8];
	struct strings warnings;
	struct rng rng;
	struct quoter *quoter;
};

/** Adds a source to a collection, which is made where there is none of that name, and returns its
 * options, to be changed as wanted. */
struct collection_options *quotes_add(struct quotes *quotes, const char *name, const char *spec);

/** Adds a collection of \p count quotes "NAME0", "NAME1", ..., each a source of its own. */
struct collection_options *quotes_add_many(struct quotes *quotes, const char *name, int count);

/** Adds a wire that shows \p first and \p second (NULL: nothing more), whose names are kept in
 * \p names; both stay in their place while the quoter is in use. Returns its number. */
unsigned quotes_add_wire(struct quoter *quoter, struct quote_wire *wire, struct strings *names,
	const char *first, const char *second);

/** Makes the quoter of what was added, with rng's seed 1; fails the test where that fails. */
struct quoter *quotes_open(struct quotes *quotes);

/** quotes_add() and quotes_open() for one source. */
struct quoter *quotes_open_one(struct quotes *quotes, const char *spec);

/** Finds a quote of a wire by an id or its beginning, as quoter_find(); -1 if \p id is neither. */
int quotes_find(
	const struct quoter *quoter, unsigned wire, const char *id, struct quote *ret_quote);

/** Frees all. */
void quotes_finish(struct quotes *quotes);

#endif

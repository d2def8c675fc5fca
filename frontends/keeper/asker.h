/** Where a wire asks for quotes: the one door between a front end and the quotes. */
#ifndef QUOTED_FRONTENDS_KEEPER_ASKER_H
#define QUOTED_FRONTENDS_KEEPER_ASKER_H

#include "frontends/keeper/ask.h"

struct asker;
struct quote_wire;
struct searcher;

/**
 * Adds \p wire to those of \p quoter, which borrow its strings, and makes its asker. Both arguments
 * outlive it. Without a loop \p searcher is NULL: then a search builds an index of its own, and
 * blocks. Returns NULL if the wire shows an unknown collection.
 */
struct asker *asker_create(struct quoter *quoter, struct searcher *searcher,
	const struct quote_wire *wire, struct error *reterr);

/** Returns the name of the wire. */
const char *asker_name(const struct asker *asker);

/** Finds what fits, now and after each reload, so that no RANDOM with this \p fit waits for it. To
 * be called before the first reload. */
void asker_prepare(struct asker *asker, const struct quote_fit *fit);

/** Answers RANDOM, TODAY, DAY and ID, with neither callback nor reason; it takes constant time. Of
 * ID_OR_WORDS it looks for the id alone, and a SEARCH has NONE. */
enum ask_outcome asker_find(struct asker *asker, const struct ask *ask, struct quote *ret_quote);

/**
 * Asks, and calls \p callback once: before this returns, which is then NULL, if the answer needs no
 * search or none is begun; else later, on the loop. Copies \p ask. One wire waits for its turn
 * beside the others: at most 16 of its searches and 64 in all wait, for 2 s, and each is ended
 * after 0.5 s (10 s without a loop).
 */
struct ask_ticket *asker_ask(
	struct asker *asker, const struct ask *ask, ask_callback *callback, void *data);

/** Withdraws a question: its callback is not called any more. NULL is a no-op. */
void asker_cancel(struct ask_ticket *ticket);

/** Returns how many characters of its id, at least 4, tell a quote from all others. */
int asker_id_length(const struct asker *asker, uint64_t id);

/** Frees it, once no question waits; the wire stays. NULL is a no-op. */
void asker_destroy(struct asker *asker);

#endif

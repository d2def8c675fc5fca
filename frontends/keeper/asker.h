/** Where a wire asks for quotes: the one door between a front end and the quotes. */
#ifndef QUOTED_FRONTENDS_KEEPER_ASKER_H
#define QUOTED_FRONTENDS_KEEPER_ASKER_H

#include "frontends/keeper/ask.h"

struct asker;
struct quote_wire;
struct searcher;

/**
 * Adds \p wire, whose strings must outlive \p quoter, and makes its asker. \p quoter and \p
 * searcher outlive it. Without a loop \p searcher is NULL: a search then builds an index of
 * the quotes that it can find, and blocks. Returns NULL if the wire shows an unknown collection or
 * file.
 */
struct asker *asker_create(struct quoter *quoter, struct searcher *searcher,
	const struct quote_wire *wire, struct error *reterr);

/** From now on asks \p quoter, in which the wire has the same number. */
void asker_move(struct asker *asker, struct quoter *quoter);

/** Returns the name of the wire. */
const char *asker_name(const struct asker *asker);

/** Finds the quotes that fit, now and after each reload, so that a RANDOM with this \p fit and no
 * filter is fast: else each lays out every quote. Call it before the first reload. */
void asker_prepare(struct asker *asker, const struct quote_fit *fit);

/** Makes a catalogue of the quotes, now and after each reload: without it there are no LIST, no
 * collections, authors and places, and no RANDOM of a collection, author or language. With it a
 * RANDOM with a filter is fast too, and then all quotes of files that are wanted have the same
 * chance: the shares of the collections do not matter. Call it before the first reload. */
void asker_browse(struct asker *asker);

/** Gives the collections of files that the wire shows, in their order, \p limit of them from
 * \p offset on. Returns how many there are in all. */
size_t asker_collections(
	const struct asker *asker, size_t offset, size_t limit, struct ask_group *ret_groups);

/** Gives the first \p limit of the files of a collection that the wire shows, in their order, with
 * the number of their quotes. Returns how many there are in all. */
size_t asker_files(const struct asker *asker, const char *collection, size_t limit,
	struct ask_group *ret_groups);

/** Gives, in the same way as the collections, the authors whose names begin with \p prefix, by
 * name: case, accents and punctuation do not matter. All if it is empty. */
size_t asker_authors(const struct asker *asker, const char *prefix, size_t offset, size_t limit,
	struct ask_group *ret_groups);

/** Finds where the quote with \p id stands. Returns false if it is not in a file shown here. */
bool asker_place(const struct asker *asker, uint64_t id, struct ask_place *ret_place);

/** Returns whether the wire has any quote now: in a file, or from a command that has run. */
bool asker_has_quotes(const struct asker *asker);

/** Answers RANDOM, TODAY, DAY and ID with one quote at once, without a reason. Of ID_OR_WORDS it
 * looks for the id alone; SEARCH and LIST have NONE. */
enum ask_outcome asker_find(struct asker *asker, const struct ask *ask, struct quote *ret_quote);

/**
 * Answers \p ask, which it copies, with one call of \p callback: before it returns NULL, if it
 * begins no search; else later, on the loop. The wires take turns: at most 16 searches of a wire
 * and 64 in all wait, for 2 s, and each is ended after 0.5 s (10 s without a loop).
 */
struct ask_ticket *asker_ask(
	struct asker *asker, const struct ask *ask, ask_callback *callback, void *data);

/** Withdraws a question: its callback is no longer called. NULL is a no-op. */
void asker_cancel(struct ask_ticket *ticket);

/** Returns how many characters of \p id, at least 4, tell its quote from all others. */
int asker_id_length(const struct asker *asker, uint64_t id);

/** Frees it; no question may be waiting. The wire stays. NULL is a no-op. */
void asker_destroy(struct asker *asker);

#endif

/** How well a quote answers a search. With core/search.c the owner of SQLite. */
#ifndef QUOTED_CORE_SEARCH_RANK_H
#define QUOTED_CORE_SEARCH_RANK_H

#include <stdbool.h>

struct sqlite3;

/**
 * Gives the FTS5 tables of \p database the function quote_rank(TABLE, WEIGHT...), with a weight for
 * each column: BM25 without the rarity of the words, which FTS5 learns by reading all their places
 * in all quotes; the best is the least. Returns false where there is no FTS5.
 */
bool search_rank_install(struct sqlite3 *database);

#endif

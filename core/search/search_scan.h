/** Searches a library that has no index: indexes only the quotes that the query could find. */
#ifndef QUOTED_CORE_SEARCH_SEARCH_SCAN_H
#define QUOTED_CORE_SEARCH_SEARCH_SCAN_H

#include "core/search/search.h"

/**
 * Looks for \p query, valid, which search_query_compile() has written as \p match, with the results
 * of search_run(). Blocks: some milliseconds for 40,000 quotes if the words are rare or the query
 * needs none, as "in:NAME"; as long as search_create() if every quote has them, or if there are no
 * words and more than SEARCH_HITS_MAX quotes are in other files than the quote before. The budget
 * is that of the search itself, while \p options->cancel ends all. Returns false if SQLite fails.
 */
bool search_scan(const struct library *library, const char *query, const char *match,
	const struct search_options *options, struct search_hits *ret_hits, struct error *reterr);

#endif

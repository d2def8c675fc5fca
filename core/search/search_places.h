/** Answers the searches that need no words, only "in:", "lang:" and "tag:", from the files of a
 * library. */
#ifndef QUOTED_CORE_SEARCH_SEARCH_PLACES_H
#define QUOTED_CORE_SEARCH_SEARCH_PLACES_H

#include "core/search/search.h"

/**
 * As search_scan() for a query that needs no words (search_query_needs_words()). Quotes that are in
 * the same files and have no tags match alike, so one of each run of them is indexed and stands for
 * the rest. Blocks: some milliseconds for 40,000 quotes; as long as search_create() if there are
 * more than SEARCH_HITS_MAX runs, as no more can be found. If it is cancelled while it indexes, it
 * fails.
 */
bool search_places_find(const struct library *library, const char *match,
	const struct search_options *options, struct search_hits *ret_hits, struct error *reterr);

#endif

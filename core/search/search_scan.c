#include "core/search/search_scan.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/search/search_candidates.h"
#include "core/search/search_places.h"
#include "core/search/search_query.h"

static bool is_cancelled(const struct search_options *options)
{
	return options->cancel != NULL && atomic_load(options->cancel);
}

static struct search *index_for(const struct library *library, const char *query,
	const struct search_options *options, struct error *reterr)
{
	struct search *index = NULL;
	unsigned char *candidates = mem_alloc((size_t)library->store.count + 1);
	if (search_candidates_find(library, query, options->cancel, candidates))
		index = search_create(library, candidates, options->cancel, reterr);
	free(candidates);
	return index;
}

static bool find_words(const struct library *library, const char *query, const char *match,
	const struct search_options *options, struct search_hits *ret_hits, struct error *reterr)
{
	struct search *index = index_for(library, query, options, reterr);
	bool done = index != NULL && search_run(index, match, options, ret_hits, reterr);
	search_destroy(index);
	return done;
}

bool search_scan(const struct library *library, const char *query, const char *match,
	const struct search_options *options, struct search_hits *ret_hits, struct error *reterr)
{
	*ret_hits = (struct search_hits){0};
	bool done = search_query_needs_words(query)
			    ? find_words(library, query, match, options, ret_hits, reterr)
			    : search_places_find(library, match, options, ret_hits, reterr);
	if (!done && is_cancelled(options))
		done = ret_hits->ended = true;
	return done;
}

#include "core/search/search_scan.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/search/search_candidates.h"

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

bool search_scan(const struct library *library, const char *query, const char *match,
	const struct search_options *options, struct search_hits *ret_hits, struct error *reterr)
{
	struct search *index = index_for(library, query, options, reterr);
	*ret_hits = (struct search_hits){.ended = index == NULL && is_cancelled(options)};
	bool done = ret_hits->ended;
	if (index != NULL)
		done = search_run(index, match, options, ret_hits, reterr);
	search_destroy(index);
	return done;
}

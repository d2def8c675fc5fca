#include "core/search/search_scan.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/search/search_candidates.h"
#include "core/search/search_query.h"

static bool is_cancelled(const struct search_options *options)
{
	return options->cancel != NULL && atomic_load(options->cancel);
}

static bool find_words(const struct library *library, const char *query, const char *match,
	const struct search_options *options, struct search_hits *ret_hits, struct error *reterr)
{
	struct search *index = NULL;
	unsigned char *candidates = mem_alloc((size_t)library->store.count + 1);
	if (search_candidates_find(library, query, options->cancel, candidates))
		index = search_create(library, candidates, options->cancel, reterr);
	bool done = index != NULL && search_run(index, match, options, ret_hits, reterr);
	search_destroy(index);
	free(candidates);
	return done;
}

static bool has_tags(const struct library *library, uint32_t quote)
{
	return notes_find_tags(&library->notes, library->store.quotes[quote].id) != NULL;
}

/* Of two neighbours. */
static bool match_alike(const struct library *library, uint32_t quote, uint32_t other)
{
	uint32_t count;
	uint32_t other_count;
	const struct library_share *shares = library_shares_of(library, quote, &count);
	const struct library_share *others = library_shares_of(library, other, &other_count);
	if (count != other_count || has_tags(library, quote) || has_tags(library, other) ||
		library_file_of(library, quote) != library_file_of(library, other))
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (shares[i].file != others[i].file)
			return false;
	return true;
}

/* Sets the octet of the first quote of each run. */
static void choose_first(const struct library *library, unsigned char *chosen)
{
	uint32_t runs = 0;
	for (uint32_t i = 0; i < library->store.count; i++) {
		chosen[i] = i == 0 || !match_alike(library, i - 1, i);
		runs += chosen[i];
	}
	if (runs > SEARCH_HITS_MAX)
		memset(chosen, 1, library->store.count);
}

static int compare(const void *id, const void *other)
{
	uint64_t a = *(const uint64_t *)id;
	uint64_t b = *(const uint64_t *)other;
	return (a > b) - (a < b);
}

/* Leaves the octets of the quotes in runs that were hit. All hits have the same rank, so they come
 * in the order of their ids. */
static void spread(
	const struct library *library, const struct search_hits *hits, unsigned char *chosen)
{
	const struct stored_quote *quotes = library->store.quotes;
	bool hit = false;
	for (uint32_t i = 0; i < library->store.count; i++) {
		if (chosen[i] != 0)
			hit = bsearch(&quotes[i].id, hits->ids, hits->count, sizeof *hits->ids,
				      compare) != NULL;
		chosen[i] = hit;
	}
}

static void collect(const struct library *library, const unsigned char *chosen,
	const struct search_options *options, struct search_hits *hits)
{
	hits->ids = mem_alloc((options->limit + 1) * sizeof *hits->ids);
	for (uint32_t i = 0; i < library->store.count && hits->total < SEARCH_HITS_MAX; i++) {
		uint32_t quote = library->store.order[i];
		if (chosen[quote] == 0)
			continue;
		if (hits->total >= options->offset && hits->count < options->limit)
			hits->ids[hits->count++] = library->store.quotes[quote].id;
		hits->total++;
	}
}

/* Quotes that are in the same files and have no tags match alike, so one of each run of them is
 * indexed and stands for the rest. If there are more than SEARCH_HITS_MAX runs, no more can be
 * found. */
static bool find_places(const struct library *library, const char *match,
	const struct search_options *options, struct search_hits *ret_hits, struct error *reterr)
{
	struct search_options all = *options;
	struct search_hits runs = {0};
	unsigned char *chosen = mem_alloc((size_t)library->store.count + 1);
	all.offset = 0;
	all.limit = SEARCH_HITS_MAX;
	choose_first(library, chosen);
	struct search *index = search_create(library, chosen, options->cancel, reterr);
	bool done = index != NULL && search_run(index, match, &all, &runs, reterr);
	*ret_hits = (struct search_hits){.ended = runs.ended};
	if (done && !runs.ended) {
		spread(library, &runs, chosen);
		collect(library, chosen, options, ret_hits);
	}
	search_hits_finish(&runs);
	search_destroy(index);
	free(chosen);
	return done;
}

bool search_scan(const struct library *library, const char *query, const char *match,
	const struct search_options *options, struct search_hits *ret_hits, struct error *reterr)
{
	*ret_hits = (struct search_hits){0};
	bool done = search_query_needs_words(query)
			    ? find_words(library, query, match, options, ret_hits, reterr)
			    : find_places(library, match, options, ret_hits, reterr);
	if (!done && is_cancelled(options))
		done = ret_hits->ended = true;
	return done;
}

/** A full-text index of quotes, in SQLite. */
#ifndef QUOTED_CORE_SEARCH_SEARCH_H
#define QUOTED_CORE_SEARCH_SEARCH_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/library/library.h"

struct search;

/** At most this many hits are counted and ranked; if there are more, chance decides which. */
enum { SEARCH_HITS_MAX = 10000 };

/** Which of the hits are wanted. */
struct search_options {
	size_t offset;
	size_t limit;
	unsigned budget_ms;        /* a search that takes longer is ended */
	const atomic_bool *cancel; /* once it is true, the search is ended; NULL: never */
};

/** Hits, the best first. All zero is none. */
struct search_hits {
	uint64_t *ids;
	size_t count;
	size_t total; /* all hits, wanted or not; SEARCH_HITS_MAX: that or more */
	bool ended;   /* cancelled, or by its budget: there are no hits */
};

/**
 * Indexes all quotes of \p library, or only those whose octet in \p candidates is not 0: then
 * queries that find no other quotes have the same results, as the rank of a hit depends on nothing
 * but its own text. The database is temporary, and on disk beyond a few megabytes. Blocks: about
 * half a minute for a million quotes. Returns NULL if that fails, as on a full disk, or soon after
 * \p cancel (may be NULL) becomes true.
 */
struct search *search_create(const struct library *library, const unsigned char *candidates,
	const atomic_bool *cancel, struct error *reterr);

/**
 * Looks for what \p match asks for, as search_query_compile() writes it. Case and accents do not
 * matter. The best come first, then by id. Returns false if SQLite fails. Used by one thread at a
 * time.
 */
bool search_run(struct search *search, const char *match, const struct search_options *options,
	struct search_hits *ret_hits, struct error *reterr);

/** Frees the ids. */
void search_hits_finish(struct search_hits *hits);

/** Frees it; NULL is a no-op. */
void search_destroy(struct search *search);

#endif

/** A question and its answer: a quote, or a sentence for the person who asked. ask.c has these
 * sentences, but for a malformed SEARCH: search_query.c has those. */
#ifndef QUOTED_FRONTENDS_KEEPER_ASK_H
#define QUOTED_FRONTENDS_KEEPER_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/choice/quote_filter.h"
#include "core/choice/render.h"
#include "core/library/quote.h"

struct quoter;
struct search_hits;
struct search_options;

enum ask_kind {
	ASK_KIND_RANDOM,
	ASK_KIND_TODAY,
	ASK_KIND_DAY,         /* text: the day, "2026-11-24" */
	ASK_KIND_ID,          /* text: an id, its first 4 letters or more, or a former id */
	ASK_KIND_SEARCH,      /* text: words, in the grammar of core/search/search_query.h */
	ASK_KIND_ID_OR_WORDS, /* as ID if a quote has that id, else as SEARCH */
};

/** A question; all zero asks for any quote. */
struct ask {
	enum ask_kind kind;
	const char *text;
	struct quote_fit fit;       /* how much the wire can take */
	struct quote_filter filter; /* what the person wants, of RANDOM and SEARCH */
	size_t offset;              /* of SEARCH with neither: hits to skip */
	size_t limit;               /* of SEARCH: quotes wanted; 0: all */
};

enum ask_outcome {
	ASK_OUTCOME_FOUND,
	ASK_OUTCOME_NONE,      /* no quote is what was asked for */
	ASK_OUTCOME_MANY,      /* the ids of several quotes begin so */
	ASK_OUTCOME_MALFORMED, /* the text is not what its kind says */
	ASK_OUTCOME_TOO_LONG,  /* there are such quotes, but none fits */
	ASK_OUTCOME_TOO_SLOW,  /* the search was ended because it took too long */
	ASK_OUTCOME_LATER,     /* the same question may have a quote in a moment */
	ASK_OUTCOME_FAILED,    /* the search is broken; the log says why */
};

/** The answer to a question, valid during the callback. */
struct ask_answer {
	enum ask_outcome outcome;
	const char *reason;   /* a sentence for the person who asked; empty if FOUND */
	struct quote *quotes; /* the best first */
	size_t count;         /* 0 unless FOUND, or if a SEARCH skipped all its hits */
	size_t total;         /* hits of a search, fitting or not; at most SEARCH_HITS_MAX */
};

/** Receives the answer, once. */
typedef void ask_callback(void *data, const struct ask_answer *answer);

/** A question that waits for its answer. */
struct ask_ticket;

/** The reasons of LATER if too many searches wait, and if the program is stopping. */
extern const char ask_reason_busy[];
extern const char ask_reason_stopping[];

/** Returns whether \p quote fits. */
bool ask_fits(const struct quote_fit *fit, const struct quote *quote);

/** Returns which hits of a SEARCH to look at. If these must fit or pass a filter, they are at most
 * 100, as the loop waits meanwhile; with a limit of 0, all of them. */
struct search_options ask_hits(const struct ask *ask);

/**
 * Chooses among the hits of a SEARCH, found as ask_hits() says, those that \p wire shows, that fit
 * and that the filter takes. Fills \p ret_answer but for its reason; its quotes are the caller's to
 * free, whatever the outcome: FOUND, NONE, TOO_LONG, or LATER if the wire has none of the hits:
 * the index is of another library.
 */
void ask_choose(const struct ask *ask, struct quoter *quoter, unsigned wire,
	const struct search_hits *hits, struct ask_answer *ret_answer);

/**
 * Writes the sentence for \p outcome. What it repeats of the question is at most 60 octets, cut
 * between code points, without control characters. A SEARCH is never MALFORMED here:
 * search_query.c says why.
 */
void ask_explain(const struct ask *ask, enum ask_outcome outcome, struct error *ret_reason);

#endif

/** A question and its answer: a quote, or a sentence for the person who asked. ask.c has these
 * sentences, but for a malformed SEARCH: search_query.c has those. */
#ifndef QUOTED_FRONTENDS_KEEPER_ASK_H
#define QUOTED_FRONTENDS_KEEPER_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/choice/cursor.h"
#include "core/choice/quote_filter.h"
#include "core/choice/render.h"
#include "core/library/quote.h"

struct quoter;
struct search_hits;
struct search_options;

enum ask_kind {
	ASK_KIND_RANDOM,
	ASK_KIND_TODAY,
	ASK_KIND_DAY,         /* text: the day, "2026-11-24"; that of a collection, if one is named,
				 can be of any length */
	ASK_KIND_ID,          /* text: an id, its first 4 letters or more, or a former id */
	ASK_KIND_SEARCH,      /* text: words, in the grammar of core/search/search_query.h */
	ASK_KIND_ID_OR_WORDS, /* as ID if a quote has that id, else as SEARCH */
	ASK_KIND_LIST,        /* all that are wanted, in the order of collections and files */
};

enum {
	ASK_RANDOM_MAX = 50, /* quotes of a RANDOM */
	ASK_LIST_MAX = 1000, /* quotes of a LIST */
	ASK_ECHO_MAX = 60,   /* octets of a question in a sentence */
	ASK_ECHO_SIZE = ASK_ECHO_MAX + sizeof "...",
};

/** A question; all zero asks for any quote. */
struct ask {
	enum ask_kind kind;
	const char *text;
	struct quote_fit fit;       /* how much the wire can take; not of LIST */
	struct quote_filter filter; /* what the person wants, of RANDOM, SEARCH and LIST */
	const char *collection;     /* the same of RANDOM, LIST and DAY, see asker_browse(): a
				       name; NULL: any */
	const char *author;         /* the same of RANDOM and LIST: a name as author_key.h
				       compares them; NULL: any */
	bool author_words;          /* the author may be words that the name of one author has */
	const char *language;       /* the same: a tag, see language_matches(); NULL: any */
	bool until_today;           /* of DAY: a day that has not come has no quote yet */
	const char *after;          /* of LIST: next of the answer before; NULL: from the first */
	size_t offset;              /* quotes to skip, of LIST, and of SEARCH with neither fit
				       nor filter */
	size_t limit;               /* of SEARCH and LIST: quotes wanted; 0: as many as there are;
				       of RANDOM: different quotes wanted; 0: one */
};

enum ask_outcome {
	ASK_OUTCOME_FOUND,
	ASK_OUTCOME_NONE,      /* no quote is what was asked for */
	ASK_OUTCOME_MANY,      /* the ids of several quotes begin so */
	ASK_OUTCOME_MALFORMED, /* the text, or after, is not what its kind says */
	ASK_OUTCOME_UNKNOWN,   /* no collection or author has that name */
	ASK_OUTCOME_EARLY,     /* the day has not come yet */
	ASK_OUTCOME_TOO_LONG,  /* there are such quotes, but none fits */
	ASK_OUTCOME_TOO_SLOW,  /* the search was ended because it took too long */
	ASK_OUTCOME_LATER,     /* the same question may have a quote in a moment */
	ASK_OUTCOME_FAILED,    /* the search is broken; the log says why */
};

/** The answer to a question, valid during the callback. */
struct ask_answer {
	enum ask_outcome outcome;
	const char *reason;   /* a sentence for the person who asked; empty if FOUND */
	const char *doubt;    /* of SEARCH with FOUND or NONE: a sentence on what is likely a
				 mistake, see search_query_doubt(); NULL: nothing is */
	unsigned retry_after; /* of LATER: seconds, as well as that can be told; else 0 */
	struct quote *quotes; /* the best first */
	size_t count;         /* 0 unless FOUND, or if a SEARCH or LIST skipped all */
	size_t total; /* hits of a search, fitting or not; at most SEARCH_HITS_MAX; quotes of
			 a LIST, skipped or not */
	char next[CURSOR_TEXT_SIZE]; /* of LIST: where it goes on; empty: there are no more */
};

/** A collection or an author, and the number of their quotes; the name is borrowed until control
 * returns to the loop, and not NUL-terminated. */
struct ask_group {
	const char *name;
	size_t length;
	size_t count;
};

/** Where a quote stands. */
struct ask_place {
	struct ask_group collection; /* the first that has it */
	size_t number;               /* of the quote in it, from 1 */
	bool has_previous;
	bool has_next;
	uint64_t previous; /* ids of the quotes before and after it there */
	uint64_t next;
	struct ask_group author; /* count is 0 if it names none */
};

/** Receives the answer, once. */
typedef void ask_callback(void *data, const struct ask_answer *answer);

/** A question that waits for its answer. */
struct ask_ticket;

/** The reasons of LATER if too many searches wait, and if the program is stopping. */
extern const char ask_reason_busy[];
extern const char ask_reason_stopping[];

/** Writes what a sentence repeats of a question: at most ASK_ECHO_MAX octets, cut between code
 * points, with a question mark for what cannot be seen. */
void ask_echo(const char *text, char ret_echo[ASK_ECHO_SIZE]);

/** Returns whether what follows a command asks for no more, as in "please!", ":)" or "". */
bool ask_says_nothing(const char *text);

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

/** Adds the doubt to the answer to a SEARCH on \p wire; \p sentence has its text. If nothing was
 * found, that is the reason too. */
void ask_doubt(const struct ask *ask, struct quoter *quoter, unsigned wire, struct error *sentence,
	struct ask_answer *answer);

/**
 * Writes the sentence for \p outcome, with ask_echo() of the question. A SEARCH is never MALFORMED
 * here: search_query.c says why. ask_list.c has a better sentence for UNKNOWN.
 */
void ask_explain(const struct ask *ask, enum ask_outcome outcome, struct error *ret_reason);

#endif

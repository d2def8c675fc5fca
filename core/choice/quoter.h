/** The source of quotes: answers "give me a quote that fits" and knows nothing of networks. */
#ifndef QUOTED_CORE_CHOICE_QUOTER_H
#define QUOTED_CORE_CHOICE_QUOTER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/day.h"
#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/base/strings.h"
#include "core/choice/edition.h"
#include "core/choice/quote_filter.h"
#include "core/choice/render.h"
#include "core/library/library.h"
#include "core/library/quote.h"

struct quoter;

/** What a quoter is made of; all that is pointed to outlives it. */
struct quoter_options {
	struct rng *rng;
	struct day_clock clock;
	const char *today_key;            /* replicas with the same one agree on every day */
	const struct strings *today_pins; /* "2026-12-25 ID", a date and an id or its prefix */
};

/** What a wire asks for. All 0: any quote that is not private. */
struct quote_request {
	struct quote_fit fit;
	struct quote_filter filter;
	unsigned wire; /* of quoter_add_wire(); 0: nobody's, everything that is not private */
};

/** How a search for an id ended. */
enum quoter_found {
	QUOTER_FOUND_ONE,
	QUOTER_FOUND_NONE,
	QUOTER_FOUND_MANY,  /* the prefix is that of several */
	QUOTER_FOUND_NO_ID, /* the text is no id and no prefix of one */
};

/**
 * Makes a quoter of \p library, whose reference it takes over, on failure too. Returns NULL with
 * "today_pins: ..." where one of these is malformed.
 */
struct quoter *quoter_create(
	struct library *library, const struct quoter_options *options, struct error *reterr);

/**
 * Adds a wire, whose strings outlive the quoter, and gives in \p ret_wire its number for requests.
 * All are added before the first reload. Returns false where it shows an unknown collection.
 */
bool quoter_add_wire(struct quoter *quoter, const struct quote_wire *wire, unsigned *ret_wire,
	struct error *reterr);

/** Returns the wires, the first of which is nobody's. */
const struct quote_wires *quoter_wires(const struct quoter *quoter);

/** Returns the library that is served now; it holds until the next quoter_swap. */
struct library *quoter_library(const struct quoter *quoter);

/** Finds what fits now, by laying out every quote, so that the first pick is as fast as the rest.
 */
void quoter_prepare(struct quoter *quoter, const struct quote_request *request);

/** Finds what can be today's quote now, for all wires. */
void quoter_prepare_today(struct quoter *quoter);

/**
 * Picks a quote by chance: among the quotes that fit as their collections' weights want it, else
 * each with the same chance; in constant time once the same was asked for before. Returns false
 * where none fits: an answer, not an error.
 */
bool quoter_pick(
	struct quoter *quoter, const struct quote_request *request, struct quote *ret_quote);

/**
 * Gives today's quote, the same for all wires that have a file in common (calendar_make); it fits
 * each of them as quote_wire.fit says. Returns false where no quote fits them all.
 */
bool quoter_today(struct quoter *quoter, unsigned wire, struct quote *ret_quote);

/** As quoter_today() for any day. */
bool quoter_on(struct quoter *quoter, unsigned wire, int64_t day, struct quote *ret_quote);

/** Appends to \p warnings a sentence on each pin of today or later whose quote cannot be shown. */
void quoter_check_pins(struct quoter *quoter, struct strings *warnings);

/** Finds the quote with an id, or with a prefix of at least 4 letters, among those of a wire. */
enum quoter_found quoter_find(
	struct quoter *quoter, unsigned wire, const char *id, struct quote *ret_quote);

/** Finds the quote with that very id among those of a wire. */
bool quoter_get(struct quoter *quoter, unsigned wire, uint64_t id, struct quote *ret_quote);

/** Returns how many letters of its id, at least 4, no other quote's id begins with. */
int quoter_id_length(const struct quoter *quoter, uint64_t id);

/** Returns what a wire shows of quoter_library(); it holds as long. */
const struct selection *quoter_selection(const struct quoter *quoter, unsigned wire);

/** Returns the number of quotes; what commands say does not count. */
size_t quoter_count(const struct quoter *quoter);

/** Returns how many quotes fit a request. */
size_t quoter_count_fitting(struct quoter *quoter, const struct quote_request *request);

/** A way of asking, and which wire asks so. */
struct quoter_plan_way {
	unsigned wire;
	struct quote_view_key key;
};

/** What an edition to come should be ready for. */
struct quoter_plan {
	struct quoter_plan_way *ways;
	size_t count;
	struct quote_round *rounds; /* of each wire, as they are now */
	const struct quote_wires *wires;
	const struct library *library; /* that the rounds are of */
	bool today;
};

/** Returns what is asked now; it refers to what is served, and quoter_plan_finish() frees it. */
struct quoter_plan quoter_plan(const struct quoter *quoter);

/** Measures for \p plan an edition that is not served yet; on any thread. Ends soon, with less
 * done, once \p cancel is true. */
void quoter_plan_prepare(
	const struct quoter_plan *plan, const atomic_bool *cancel, struct edition *edition);

/** Frees what a plan owns. */
void quoter_plan_finish(struct quoter_plan *plan);

/** Serves \p edition, which was prepared for \p plan, from now on. Returns the one before, the
 * caller's to destroy. */
struct edition *quoter_swap(
	struct quoter *quoter, const struct quoter_plan *plan, struct edition *edition);

/** Returns how many quotes the command of a collection, by its index, should say; 0 where it has
 * none. */
size_t quoter_wanted(const struct quoter *quoter, size_t collection);

/** Is told which collection's command it is about, by its index. */
typedef void quoter_listener(void *data, size_t collection);

/** Calls \p on_wanted (NULL: nothing) whenever a quote of a command was shown. */
void quoter_on_wanted(struct quoter *quoter, quoter_listener *on_wanted, void *data);

/**
 * Calls \p on_draw (NULL: nothing) whenever a command is drawn, to put what it says now: what it
 * said before is forgotten. For those who may wait and fill no reserve.
 */
void quoter_on_draw(struct quoter *quoter, quoter_listener *on_draw, void *data);

/** Puts what the command of a collection, by its index, wrote where it can be picked; the text is
 * cleaned. */
void quoter_put(struct quoter *quoter, size_t collection, const char *text, size_t length);

/** Frees it and every quote in it; NULL is a no-op. */
void quoter_destroy(struct quoter *quoter);

#endif

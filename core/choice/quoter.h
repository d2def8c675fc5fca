/** The source of quotes: answers "give me a quote that fits" and knows nothing of networks. */
#ifndef QUOTED_CORE_CHOICE_QUOTER_H
#define QUOTED_CORE_CHOICE_QUOTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/day.h"
#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/base/strings.h"
#include "core/choice/edition.h"
#include "core/choice/quote_wire.h"
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

/** How a search for an id ended. */
enum quoter_found {
	QUOTER_FOUND_ONE,
	QUOTER_FOUND_NONE,
	QUOTER_FOUND_MANY,  /* the prefix is that of several */
	QUOTER_FOUND_NO_ID, /* the text is no id and no prefix of one */
};

/**
 * Makes a quoter of \p library, whose reference it takes over, on failure too. Returns NULL with
 * "today_pins: ..." if one of these is malformed.
 */
struct quoter *quoter_create(
	struct library *library, const struct quoter_options *options, struct error *reterr);

/**
 * Adds a wire, whose strings outlive the quoter, and gives in \p ret_wire its number for requests.
 * All are added before the first quoter_swap(). Returns false if it shows an unknown collection.
 */
bool quoter_add_wire(struct quoter *quoter, const struct quote_wire *wire, unsigned *ret_wire,
	struct error *reterr);

/** Returns the wires, the first of which is no front end's. They stay the same from the first
 * quoter_swap() on, and any thread may read them. */
const struct quote_wires *quoter_wires(const struct quoter *quoter);

/** Returns the library that is served now; it holds until the next quoter_swap. */
struct library *quoter_library(const struct quoter *quoter);

/**
 * Finds what fits a request now, and in each edition to come before it is served, so that every
 * pick for it is fast. To be called before the first quoter_swap().
 */
void quoter_prepare(struct quoter *quoter, const struct quote_request *request);

/**
 * Picks a quote by chance: by the shares of the collections, and among the quotes of one each with
 * the same chance; on a wire with no_repeat none that was shown for this request since the last
 * quoter_swap(), before all were. Takes constant time if the request was prepared; else it lays out
 * every quote whenever the request is another one than the last that was not. Returns false if none
 * fits: an answer, not an error.
 */
bool quoter_pick(
	struct quoter *quoter, const struct quote_request *request, struct quote *ret_quote);

/**
 * Gives a wire's quote of a day, the same for all wires that show the same files, on every machine
 * with the same key (calendar.h). Returns false if the wire shows no quotes.
 */
bool quoter_on(struct quoter *quoter, unsigned wire, int64_t day, struct quote *ret_quote);

/** As quoter_on() for today. */
bool quoter_today(struct quoter *quoter, unsigned wire, struct quote *ret_quote);

/** Appends to \p warnings a sentence on each pin of today or later that no wire can show, and on
 * each wire that is too narrow for a quote of the day. */
void quoter_check_days(const struct quoter *quoter, struct strings *warnings);

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

/** Serves \p edition, which was made for quoter_wires(), from now on. Returns the one before, the
 * caller's to destroy. */
struct edition *quoter_swap(struct quoter *quoter, struct edition *edition);

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

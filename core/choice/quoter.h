/** Gives quotes: random ones that fit, that of a day, or by id. Knows nothing of networks. */
#ifndef QUOTED_CORE_CHOICE_QUOTER_H
#define QUOTED_CORE_CHOICE_QUOTER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/choice/quote_filter.h"
#include "core/choice/quote_wire.h"
#include "core/library/quote.h"

struct catalogue;
struct catalogue_wish;
struct edition;
struct library;
struct quoter;
struct rng;
struct selection;

/** Makes a quoter of \p library, whose reference it takes over; borrows \p rng. Its wire 0 stands
 * for no front end and shows all that is not private. */
struct quoter *quoter_create(struct library *library, struct rng *rng);

/**
 * Decides the quotes of the days: replicas with the same \p key, "" at first, have the same ones. A
 * pin is "2026-12-25 ID", a date and an id or its prefix; \p pins must outlive the quoter. Returns
 * false with "today_pins: ..." and nothing changed if one is malformed.
 */
bool quoter_set_today(
	struct quoter *quoter, const char *key, const struct strings *pins, struct error *reterr);

/**
 * Adds a wire, whose strings must outlive the quoter, with what it has prepared, and sets
 * \p ret_wire to its number. Add all wires before the first quoter_make_edition(). Returns false
 * with "collections: ..." if it shows an unknown collection or file.
 */
bool quoter_add_wire(struct quoter *quoter, const struct quote_wire *wire, unsigned *ret_wire,
	struct error *reterr);

/** Returns the wire of a number, NULL past the last. Once all are added and prepared they never
 * change, and any thread may read them. */
const struct quote_wire *quoter_wire(const struct quoter *quoter, unsigned number);

/** Returns the library that is served now; valid until the next quoter_swap(). */
struct library *quoter_library(const struct quoter *quoter);

/** Finds what fits now, and in each later edition before it is served, so that every pick of it
 * without a filter is fast. Call it before the first quoter_make_edition(). */
void quoter_prepare(struct quoter *quoter, unsigned wire, const struct quote_fit *fit);

/** Makes a catalogue of what a wire shows, now and in each later edition. Call it before the first
 * quoter_make_edition(). */
void quoter_browse(struct quoter *quoter, unsigned wire);

/** Returns the catalogue of a wire, empty if it is not browsed; valid until the next
 * quoter_swap(). */
const struct catalogue *quoter_catalogue(const struct quoter *quoter, unsigned wire);

/** Draws different rows of a wire's catalogue, as catalogue_wish_draw() does. */
uint32_t quoter_draw(struct quoter *quoter, unsigned wire, const struct catalogue_wish *wish,
	uint32_t count, uint32_t *ret_rows);

/**
 * Picks a random quote: a collection by its share, then one of its quotes, all with the same
 * chance. On a wire with no_repeat the shares only decide between commands and files, and no quote
 * of a file comes twice for a fit before all have come once; quoter_swap() begins anew. Takes
 * logarithmic time if the fit was prepared and the filter takes all; else it lays out every quote,
 * unless the last such pick was the same. Returns false if none fits, which is not an error.
 */
bool quoter_pick(struct quoter *quoter, unsigned wire, const struct quote_fit *fit,
	const struct quote_filter *filter, struct quote *ret_quote);

/** Gives a wire's quote of a day: the same for all wires that show the same files, on every machine
 * with the same key (see calendar.h). Returns false if the wire shows no quotes of files. */
bool quoter_of_day(struct quoter *quoter, unsigned wire, int64_t day, struct quote *ret_quote);

/** Gives the quote of a day among those of a collection of the wire's catalogue, of any length and
 * without pins: no quote comes twice before half of them have come (permutation_due()). */
struct quote quoter_of_day_in(
	const struct quoter *quoter, unsigned wire, uint32_t collection, int64_t day);

/** Appends to \p warnings a sentence on each pin of today or later that no wire can show, on each
 * wire that no quote fits, and on each that is too narrow for some quotes of the day. */
void quoter_check(const struct quoter *quoter, struct strings *warnings);

/** Finds a quote of a wire whose id is from \p first to \p last, as quote_id_parse() gives them.
 * Returns how many there are: 0, 1, or 2 for more. */
int quoter_find(const struct quoter *quoter, unsigned wire, uint64_t first, uint64_t last,
	struct quote *ret_quote);

/** Finds the first quote of a wire that had the id \p text in the program that wrote its file.
 * Returns whether there is one. */
bool quoter_find_former(
	const struct quoter *quoter, unsigned wire, const char *text, struct quote *ret_quote);

/** Returns what a wire shows of quoter_library(); valid as long as that. */
const struct selection *quoter_selection(const struct quoter *quoter, unsigned wire);

/** Returns the number of quotes in files; those of commands do not count. */
size_t quoter_count(const struct quoter *quoter);

/** Returns how many quotes of files fit. Takes as long as quoter_pick(). */
size_t quoter_count_fitting(struct quoter *quoter, unsigned wire, const struct quote_fit *fit);

/** Makes an edition of \p library for the wires, on any thread, as edition_create() does. */
struct edition *quoter_make_edition(const struct quoter *quoter, struct library *library,
	const atomic_bool *cancel, struct error *reterr);

/** Serves \p edition from now on. Returns the previous one, the caller's to destroy. */
struct edition *quoter_swap(struct quoter *quoter, struct edition *edition);

/**
 * Has \p quoter serve the library, wires, pins and key of \p other, which gets those of \p quoter
 * in return, with its listener of quoter_on_wanted(), who knows only its own collections. Each
 * keeps its source of chance and listener of quoter_on_draw(). A wire keeps its number if it
 * has the same one in both. What a command has in reserve stays for the same command of a
 * collection of the same name.
 */
void quoter_exchange(struct quoter *quoter, struct quoter *other);

/** Returns how many quotes are wanted of the command of a collection, given by index; 0 if it has
 * no command. */
size_t quoter_wanted(const struct quoter *quoter, size_t collection);

/** Called about the command of a collection, given by index. */
typedef void quoter_listener(void *data, size_t collection);

/** Calls \p on_wanted (may be NULL) whenever a command was drawn, so that quotes of it may be
 * wanted. */
void quoter_on_wanted(struct quoter *quoter, quoter_listener *on_wanted, void *data);

/** Calls \p on_draw (may be NULL) whenever a command is drawn, to run it and quoter_put() its
 * output; earlier output is dropped first. For programs that may block, instead of a reserve. */
void quoter_on_draw(struct quoter *quoter, quoter_listener *on_draw, void *data);

/** Adds a quote that the command of a collection, given by index, wrote; \p text must be cleaned as
 * struct quote requires. */
void quoter_put(struct quoter *quoter, size_t collection, const char *text, size_t length);

/** Frees the quoter and the edition that it serves; NULL is a no-op. */
void quoter_destroy(struct quoter *quoter);

#endif

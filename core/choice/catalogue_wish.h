/** The quotes of a catalogue that are wished for: all of them in order, or some at random. Pure. */
#ifndef QUOTED_CORE_CHOICE_CATALOGUE_WISH_H
#define QUOTED_CORE_CHOICE_CATALOGUE_WISH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/rng.h"
#include "core/choice/catalogue.h"
#include "core/choice/quote_filter.h"

/**
 * A wish makes a list: the rows of a collection, those of an author, or all, without repeats. A
 * position counts from 0 in this list, in which the filter, the language, and the author if there
 * is also a collection, then pass over rows.
 */
struct catalogue_wish {
	uint32_t collection; /* CATALOGUE_NONE: any */
	uint32_t author;     /* CATALOGUE_NONE: any */
	struct quote_filter filter;
	const char *language; /* as language_matches() takes it; NULL: any */
};

/** Finds the first row that is wished for from \p position on, and moves \p position behind it.
 * Returns false if there is none. */
bool catalogue_wish_next(const struct catalogue *catalogue, const struct catalogue_wish *wish,
	uint32_t *position, uint32_t *ret_row);

/** Moves \p position behind the first \p count rows that are wished for from there on, or to the
 * end if there are fewer. Returns how many there were. */
uint32_t catalogue_wish_skip(const struct catalogue *catalogue, const struct catalogue_wish *wish,
	uint32_t *position, uint32_t count);

/** Returns the position of a row, or CATALOGUE_NONE if it is not in the list; in logarithmic time.
 */
uint32_t catalogue_wish_position(
	const struct catalogue *catalogue, const struct catalogue_wish *wish, uint32_t row);

/** Returns how many rows are wished for. At once if nothing is passed over; else it reads the list,
 * a few milliseconds for a million rows. */
uint32_t catalogue_wish_count(const struct catalogue *catalogue, const struct catalogue_wish *wish);

/**
 * Draws up to \p count different rows that are wished for; fewer only if there are no more. Each
 * such set, in each order, has the same chance: the shares of the collections do not matter. Draws
 * from the list up to 64 times for each, and reads all of it only if too few of these fit.
 */
uint32_t catalogue_wish_draw(const struct catalogue *catalogue, const struct catalogue_wish *wish,
	struct rng *rng, uint32_t count, uint32_t *ret_rows);

#endif

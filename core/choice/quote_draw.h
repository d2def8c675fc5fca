/** Draws from a view: a group by its weight, then one of its quotes. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_DRAW_H
#define QUOTED_CORE_CHOICE_QUOTE_DRAW_H

#include <stdint.h>

#include "core/base/rng.h"
#include "core/choice/quote_view.h"

/** How far a view without repeats has come. All zero: nothing has been shown. */
struct quote_round {
	uint64_t key;      /* of the permutation of its places */
	uint32_t position; /* in the permutation, of the next quote */
};

/** Draws one of the first \p count groups of a view by their weights; NULL if \p count is 0. */
const struct quote_group *quote_draw_group(
	const struct quote_view *view, uint32_t count, struct rng *rng);

/** Draws a quote of a group of files, all with the same chance. Returns its index. */
uint32_t quote_draw_quote(
	const struct quote_view *view, const struct quote_group *group, struct rng *rng);

/** Draws the next quote of a round, whatever its group; the view must have some. Every quote comes
 * once in a round; then a new one begins, in another order. Returns its index. */
uint32_t quote_draw_next(const struct quote_view *view, struct quote_round *round, struct rng *rng);

#endif

/** Draws from what fits: a group by its weight, then a quote of it. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_DRAW_H
#define QUOTED_CORE_CHOICE_QUOTE_DRAW_H

#include <stdint.h>

#include "core/base/rng.h"
#include "core/choice/quote_view.h"

/** How far a view has come, if its quotes do not repeat. All zero: nothing was shown. */
struct quote_round {
	uint64_t key;      /* of the order in which it shows its places */
	uint32_t position; /* of the next one */
};

/** Draws one of the first \p count groups of a view by their weights; NULL if \p count is 0. */
const struct quote_group *quote_draw_group(
	const struct quote_view *view, uint32_t count, struct rng *rng);

/** Draws a quote of a group of files, each with the same chance. Returns its index. */
uint32_t quote_draw_quote(
	const struct quote_view *view, const struct quote_group *group, struct rng *rng);

/**
 * Draws the next quote of a view that has some, whatever its group: none comes again before all
 * others came once; then a new round begins, in another order. Returns its index.
 */
uint32_t quote_draw_next(const struct quote_view *view, struct quote_round *round, struct rng *rng);

#endif

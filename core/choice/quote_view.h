/** What can be drawn of what a wire shows: a group by its weight, then one of its quotes. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_VIEW_H
#define QUOTED_CORE_CHOICE_QUOTE_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/rng.h"
#include "core/choice/quote_filter.h"
#include "core/choice/quote_groups.h"
#include "core/choice/render.h"
#include "core/library/library.h"
#include "core/library/selection.h"

/**
 * The quotes that fit and that the filter takes: 4 octets per quote, or none if one group has all
 * of them. Only the round changes once it is made. The weight of each group is the sum of its own
 * and of those before it.
 */
struct quote_view {
	struct quote_fit fit;
	struct quote_filter filter;
	struct quote_group *groups; /* none of weight 0; those of commands come last */
	uint32_t group_count;
	uint32_t command_count;
	uint32_t *indices; /* of the quotes, by place; NULL: the index of a quote is its place */
	uint32_t count;    /* places */
	uint32_t *repeats; /* places of quotes that an earlier group has too, ascending */
	uint32_t repeat_count;
	uint64_t round_key;      /* of the permutation of the places */
	uint32_t round_position; /* in the permutation, of the next quote; 0: of a new round */
};

/** Makes the view of what \p selection shows of \p library. Lays out every quote of the library
 * once, unless the fit takes them all. */
void quote_view_init(struct quote_view *view, const struct library *library,
	const struct selection *selection, const struct quote_fit *fit,
	const struct quote_filter *filter);

/** Returns whether it was made with this fit and filter. */
bool quote_view_is_of(const struct quote_view *view, const struct quote_fit *fit,
	const struct quote_filter *filter);

/** Draws one of the first \p count groups of a view by their weights; NULL if \p count is 0. */
const struct quote_group *quote_view_draw_group(
	const struct quote_view *view, uint32_t count, struct rng *rng);

/** Draws a quote of a group of files, all with the same chance. Returns its index. */
uint32_t quote_view_draw_quote(
	const struct quote_view *view, const struct quote_group *group, struct rng *rng);

/** Draws the next quote of the round, whatever its group; the view must have some. Every quote
 * comes once in a round; then a new one begins, in another order. Returns its index. */
uint32_t quote_view_draw_next(struct quote_view *view, struct rng *rng);

/** Frees the view. */
void quote_view_finish(struct quote_view *view);

#endif

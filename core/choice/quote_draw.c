#include "core/choice/quote_draw.h"

#include <stddef.h>

#include "core/choice/permutation.h"

const struct quote_group *quote_draw_group(
	const struct quote_view *view, uint32_t count, struct rng *rng)
{
	uint32_t low = 0;
	uint32_t high = count > 0 ? count - 1 : 0;
	if (count < 2)
		return count > 0 ? &view->groups[0] : NULL;
	uint64_t point = rng_below(rng, view->groups[high].weight);
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (view->groups[middle].weight > point)
			high = middle;
		else
			low = middle + 1;
	}
	return &view->groups[low];
}

uint32_t quote_draw_quote(
	const struct quote_view *view, const struct quote_group *group, struct rng *rng)
{
	uint32_t place = (uint32_t)rng_below(rng, group->count);
	return quote_view_at(view, group->first + place);
}

uint32_t quote_draw_next(const struct quote_view *view, struct quote_round *round, struct rng *rng)
{
	uint32_t place;
	do {
		if (round->position == view->count)
			round->position = 0;
		if (round->position == 0)
			round->key = rng_next(rng);
		place = permutation_at(round->key, view->count, round->position++);
	} while (quote_view_is_repeat(view, place));
	return quote_view_at(view, place);
}

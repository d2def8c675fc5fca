#include "core/choice/quote_draw.h"

#include "core/choice/permutation.h"
#include "core/choice/quote_groups.h"

/* Passed over in one draw at most: about a millisecond. */
enum { STEPS_MAX = 20000 };

/* Whether all of a group was shown: so far as its own order tells. */
static bool is_shown(const struct quote_draw *draw, const struct quote_group *group)
{
	return draw->round != NULL && group->command == QUOTE_GROUPS_NONE &&
	       group->position == group->count;
}

static uint32_t count_files(const struct quote_view *view)
{
	return view->group_count - view->command_count;
}

static bool is_all_shown(const struct quote_draw *draw)
{
	uint32_t shown = 0;
	for (uint32_t i = 0; i < count_files(draw->view); i++)
		shown += is_shown(draw, &draw->view->groups[i]);
	return shown > 0 && shown == count_files(draw->view);
}

static bool is_widest(const struct quote_draw *draw)
{
	for (uint32_t i = 0; i < draw->views->count; i++)
		if (draw->views->views[i].count > draw->view->count)
			return false;
	return true;
}

static uint32_t index_at(const struct quote_view *view, uint32_t place)
{
	return view->indices != NULL ? view->indices[place] : place;
}

static void reorder(const struct quote_draw *draw)
{
	for (uint32_t i = 0; i < draw->view->group_count; i++) {
		draw->view->groups[i].position = 0;
		draw->view->groups[i].order = rng_next(draw->rng);
	}
}

void quote_draw_begin(const struct quote_draw *draw)
{
	struct quote_view *view = draw->view;
	if (draw->round == NULL)
		return;
	if (draw->round->number == 0)
		draw->round->number++;
	if (view->round != draw->round->number) {
		view->round = draw->round->number;
		view->over = false;
		reorder(draw);
	}
	if (is_all_shown(draw))
		quote_draw_renew(draw);
}

void quote_draw_renew(const struct quote_draw *draw)
{
	struct quote_view *view = draw->view;
	if (draw->round == NULL || count_files(view) == 0)
		return;
	reorder(draw);
	view->over = !is_widest(draw);
	if (view->over)
		return;
	for (uint32_t place = 0; place < view->count; place++)
		quote_round_forget(draw->round, index_at(view, place));
	view->round = ++draw->round->number;
}

/* Returns the first of \p count groups whose end is beyond \p point. */
static struct quote_group *group_at(struct quote_view *view, uint32_t count, uint64_t point)
{
	uint32_t low = 0;
	uint32_t high = count - 1;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (view->groups[middle].end > point)
			high = middle;
		else
			low = middle + 1;
	}
	return &view->groups[low];
}

/* By weight among those that are not shown: each takes the place of those before by its chance. */
static struct quote_group *group_not_shown(const struct quote_draw *draw, uint32_t count)
{
	struct quote_group *drawn = NULL;
	uint64_t total = 0;
	uint64_t before = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct quote_group *group = &draw->view->groups[i];
		uint64_t weight = group->end - before;
		before = group->end;
		if (is_shown(draw, group))
			continue;
		total += weight;
		if (drawn == NULL || rng_below(draw->rng, total) < weight)
			drawn = group;
	}
	return drawn;
}

struct quote_group *quote_draw_group(const struct quote_draw *draw, bool commands)
{
	struct quote_view *view = draw->view;
	uint32_t count = view->group_count - (commands ? 0 : view->command_count);
	if (count == 0)
		return NULL;
	if (draw->round != NULL)
		return group_not_shown(draw, count);
	if (count == 1)
		return &view->groups[0];
	return group_at(view, count, rng_below(draw->rng, view->groups[count - 1].end));
}

static uint32_t next_index(const struct quote_draw *draw, const struct quote_group *group)
{
	uint32_t place = permutation_at(group->order, group->count, group->position);
	return index_at(draw->view, group->first + place);
}

/* Passes over what was shown of another group, before a reload or in another fit. */
static void pass_shown(const struct quote_draw *draw, struct quote_group *group)
{
	if (draw->view->over)
		return;
	for (int steps = 0; group->position < group->count && steps < STEPS_MAX; steps++) {
		if (!quote_round_has(draw->round, next_index(draw, group)))
			return;
		group->position++;
	}
}

bool quote_draw_quote(const struct quote_draw *draw, struct quote_group *group, uint32_t *ret_index)
{
	if (draw->round == NULL) {
		uint32_t place = (uint32_t)rng_below(draw->rng, group->count);
		*ret_index = index_at(draw->view, group->first + place);
		return true;
	}
	pass_shown(draw, group);
	if (group->position == group->count)
		return false;
	*ret_index = next_index(draw, group);
	quote_round_add(draw->round, draw->library, *ret_index);
	group->position++;
	/* That it was the last one is known at once, before another view asks. */
	pass_shown(draw, group);
	if (is_all_shown(draw))
		quote_draw_renew(draw);
	return true;
}

#include "core/choice/quote_view.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/choice/permutation.h"

enum { TAKEN = 2 };

/* A view being made. */
struct viewing {
	struct quote_view *view;
	const struct library *library;
	struct quote_groups groups;
	unsigned char *fits; /* one octet per quote: whether it fits; TAKEN: it has a place */
};

static void find_what_fits(struct viewing *viewing, const struct quote_request *request)
{
	const struct quote_store *store = &viewing->library->store;
	bool all = render_fit_takes_all(&request->fit);
	struct buffer rendered = {0};
	viewing->fits = mem_alloc((size_t)store->count + 1);
	if (all && quote_filter_takes_all(&request->filter)) {
		memset(viewing->fits, 1, store->count);
		return;
	}
	for (uint32_t i = 0; i < store->count; i++) {
		struct quote quote = quote_store_get(store, i);
		buffer_clear(&rendered);
		viewing->fits[i] = quote_filter_takes(&request->filter, &quote) &&
				   (all || render_quote(&quote, &request->fit, &rendered));
	}
	buffer_finish(&rendered);
}

/* Returns the group that a share adds its quote to, or QUOTE_GROUPS_NONE. */
static uint32_t group_of_share(const struct viewing *viewing, uint32_t share)
{
	const struct library_share *of = &viewing->library->shares[share];
	if (viewing->fits[of->quote] == 0 ||
		!quote_groups_gains(&viewing->groups, viewing->library, share))
		return QUOTE_GROUPS_NONE;
	return viewing->groups.of_file[of->file];
}

static void count_quotes(struct viewing *viewing)
{
	const struct library *library = viewing->library;
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		uint32_t group = viewing->groups.of_file[i];
		for (uint32_t j = 0; group != QUOTE_GROUPS_NONE && j < file->count; j++)
			viewing->groups.items[group].count += viewing->fits[file->first + j];
	}
	for (uint32_t i = 0; i < library->share_count; i++) {
		uint32_t group = group_of_share(viewing, i);
		if (group != QUOTE_GROUPS_NONE)
			viewing->groups.items[group].count++;
	}
}

/* Gives each group its places. Returns whether there is a list to make: one group that has all
 * quotes needs none. */
static bool lay_out(struct viewing *viewing)
{
	struct quote_view *view = viewing->view;
	uint32_t shown = 0;
	for (uint32_t i = 0; i < viewing->groups.count; i++) {
		struct quote_group *group = &viewing->groups.items[i];
		group->first = view->count;
		view->count += group->count;
		shown += group->count > 0;
	}
	return shown > 1 || (shown == 1 && view->count < viewing->library->store.count);
}

/* None of the places is taken yet. */
static void begin_list(struct viewing *viewing)
{
	struct quote_view *view = viewing->view;
	for (uint32_t i = 0; i < viewing->groups.count; i++)
		viewing->groups.items[i].count = 0;
	view->indices = mem_resize(NULL, (size_t)view->count + 1, sizeof *view->indices);
	view->repeats =
		mem_resize(NULL, (size_t)viewing->library->share_count + 1, sizeof *view->repeats);
}

static uint32_t take(struct viewing *viewing, uint32_t group, uint32_t quote)
{
	struct quote_group *into = &viewing->groups.items[group];
	uint32_t place = into->first + into->count++;
	viewing->view->indices[place] = quote;
	viewing->fits[quote] = TAKEN;
	return place;
}

static int compare_places(const void *left, const void *right)
{
	const uint32_t *a = left;
	const uint32_t *b = right;
	return *a < *b ? -1 : *a > *b;
}

static void list(struct viewing *viewing)
{
	struct quote_view *view = viewing->view;
	const struct library *library = viewing->library;
	begin_list(viewing);
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		uint32_t group = viewing->groups.of_file[i];
		for (uint32_t j = 0; group != QUOTE_GROUPS_NONE && j < file->count; j++)
			if (viewing->fits[file->first + j] != 0)
				take(viewing, group, file->first + j);
	}
	for (uint32_t i = 0; i < library->share_count; i++) {
		uint32_t group = group_of_share(viewing, i);
		if (group == QUOTE_GROUPS_NONE)
			continue;
		uint32_t quote = library->shares[i].quote;
		bool is_repeat = viewing->fits[quote] == TAKEN;
		uint32_t place = take(viewing, group, quote);
		if (is_repeat)
			view->repeats[view->repeat_count++] = place;
	}
	qsort(view->repeats, view->repeat_count, sizeof *view->repeats, compare_places);
	if (view->repeat_count == 0) {
		free(view->repeats);
		view->repeats = NULL;
	}
}

/* Keeps the groups that have something to draw, and sums up their weights. */
static void keep_groups(struct viewing *viewing)
{
	struct quote_view *view = viewing->view;
	uint64_t total = 0;
	for (uint32_t i = 0; i < viewing->groups.count; i++) {
		struct quote_group group = viewing->groups.items[i];
		bool is_command = group.command != QUOTE_GROUPS_NONE;
		if (group.count == 0 && !is_command)
			continue;
		total += group.weight != QUOTE_GROUPS_BY_COUNT ? group.weight : group.count;
		group.weight = total;
		viewing->groups.items[view->group_count++] = group;
		view->command_count += is_command;
	}
	view->groups = viewing->groups.items;
	viewing->groups.items = NULL;
}

void quote_view_init(struct quote_view *view, const struct library *library,
	const struct selection *selection, const struct quote_request *request)
{
	struct viewing viewing = {.view = view, .library = library};
	*view = (struct quote_view){0};
	quote_groups_init(&viewing.groups, library, selection);
	find_what_fits(&viewing, request);
	count_quotes(&viewing);
	if (lay_out(&viewing))
		list(&viewing);
	keep_groups(&viewing);
	quote_groups_finish(&viewing.groups);
	free(viewing.fits);
}

uint32_t quote_view_at(const struct quote_view *view, uint32_t place)
{
	return view->indices != NULL ? view->indices[place] : place;
}

bool quote_view_is_repeat(const struct quote_view *view, uint32_t place)
{
	return view->repeat_count > 0 && bsearch(&place, view->repeats, view->repeat_count,
						 sizeof *view->repeats, compare_places) != NULL;
}

const struct quote_group *quote_view_draw_group(
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

uint32_t quote_view_draw_quote(
	const struct quote_view *view, const struct quote_group *group, struct rng *rng)
{
	uint32_t place = (uint32_t)rng_below(rng, group->count);
	return quote_view_at(view, group->first + place);
}

uint32_t quote_view_draw_next(
	const struct quote_view *view, struct quote_round *round, struct rng *rng)
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

void quote_view_finish(struct quote_view *view)
{
	free(view->groups);
	free(view->indices);
	free(view->repeats);
	*view = (struct quote_view){0};
}

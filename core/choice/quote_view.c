#include "core/choice/quote_view.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/choice/permutation.h"

enum { TAKEN = 2 };

/* Returns an octet for each quote: whether it fits; the caller's to free. */
static unsigned char *find_what_fits(const struct quote_view *view, const struct library *library)
{
	const struct quote_store *store = &library->store;
	bool all = render_fit_takes_all(&view->fit);
	struct buffer rendered = {0};
	unsigned char *fits = mem_alloc((size_t)store->count + 1);
	if (all && quote_filter_takes_all(&view->filter)) {
		memset(fits, 1, store->count);
		return fits;
	}
	for (uint32_t i = 0; i < store->count; i++) {
		struct quote quote = quote_store_get(store, i);
		buffer_clear(&rendered);
		fits[i] = quote_filter_takes(&view->filter, &quote) &&
			  (all || render_quote(&quote, &view->fit, &rendered));
	}
	buffer_finish(&rendered);
	return fits;
}

/* Returns the group that a share adds its quote to, or QUOTE_GROUPS_NONE. */
static uint32_t group_of_share(const struct library *library, const uint32_t *of_file,
	const unsigned char *fits, uint32_t share)
{
	const struct library_share *of = &library->shares[share];
	if (fits[of->quote] == 0 || !quote_groups_gains(library, of_file, share))
		return QUOTE_GROUPS_NONE;
	return of_file[of->file];
}

static void count_quotes(struct quote_view *view, const struct library *library,
	const uint32_t *of_file, const unsigned char *fits)
{
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		uint32_t group = of_file[i];
		for (uint32_t j = 0; group != QUOTE_GROUPS_NONE && j < file->count; j++)
			view->groups[group].count += fits[file->first + j];
	}
	for (uint32_t i = 0; i < library->share_count; i++) {
		uint32_t group = group_of_share(library, of_file, fits, i);
		if (group != QUOTE_GROUPS_NONE)
			view->groups[group].count++;
	}
}

/* Gives each group its places. Returns whether there is a list to make: one group that has all
 * quotes needs none. */
static bool lay_out(struct quote_view *view, const struct library *library)
{
	uint32_t shown = 0;
	for (uint32_t i = 0; i < view->group_count; i++) {
		struct quote_group *group = &view->groups[i];
		group->first = view->count;
		view->count += group->count;
		shown += group->count > 0;
	}
	return shown > 1 || (shown == 1 && view->count < library->store.count);
}

/* None of the places is taken yet. */
static void begin_list(struct quote_view *view, const struct library *library)
{
	for (uint32_t i = 0; i < view->group_count; i++)
		view->groups[i].count = 0;
	view->indices = mem_resize(NULL, (size_t)view->count + 1, sizeof *view->indices);
	view->repeats = mem_resize(NULL, (size_t)library->share_count + 1, sizeof *view->repeats);
}

static uint32_t take(struct quote_view *view, uint32_t group, uint32_t quote)
{
	struct quote_group *into = &view->groups[group];
	uint32_t place = into->first + into->count++;
	view->indices[place] = quote;
	return place;
}

static int compare_places(const void *left, const void *right)
{
	const uint32_t *a = left;
	const uint32_t *b = right;
	return *a < *b ? -1 : *a > *b;
}

/* Marks as TAKEN what has a place. */
static void list(struct quote_view *view, const struct library *library, const uint32_t *of_file,
	unsigned char *fits)
{
	begin_list(view, library);
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		for (uint32_t quote = file->first; quote < file->first + file->count; quote++) {
			if (of_file[i] == QUOTE_GROUPS_NONE || fits[quote] == 0)
				continue;
			take(view, of_file[i], quote);
			fits[quote] = TAKEN;
		}
	}
	for (uint32_t i = 0; i < library->share_count; i++) {
		uint32_t group = group_of_share(library, of_file, fits, i);
		if (group == QUOTE_GROUPS_NONE)
			continue;
		uint32_t quote = library->shares[i].quote;
		uint32_t place = take(view, group, quote);
		if (fits[quote] == TAKEN)
			view->repeats[view->repeat_count++] = place;
		fits[quote] = TAKEN;
	}
	qsort(view->repeats, view->repeat_count, sizeof *view->repeats, compare_places);
	if (view->repeat_count == 0) {
		free(view->repeats);
		view->repeats = NULL;
	}
}

/* Keeps the groups that have something to draw, and sums up their weights. */
static void keep_groups(struct quote_view *view)
{
	uint64_t total = 0;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < view->group_count; i++) {
		struct quote_group group = view->groups[i];
		bool is_command = group.command != QUOTE_GROUPS_NONE;
		if (group.count == 0 && !is_command)
			continue;
		total += group.weight != QUOTE_GROUPS_BY_COUNT ? group.weight : group.count;
		group.weight = total;
		view->groups[kept++] = group;
		view->command_count += is_command;
	}
	view->group_count = kept;
}

void quote_view_init(struct quote_view *view, const struct library *library,
	const struct selection *selection, const struct quote_fit *fit,
	const struct quote_filter *filter)
{
	uint32_t *of_file;
	*view = (struct quote_view){.fit = *fit, .filter = *filter};
	unsigned char *fits = find_what_fits(view, library);
	view->groups = quote_groups_make(library, selection, &view->group_count, &of_file);
	count_quotes(view, library, of_file, fits);
	if (lay_out(view, library))
		list(view, library, of_file, fits);
	keep_groups(view);
	free(of_file);
	free(fits);
}

bool quote_view_is_of(const struct quote_view *view, const struct quote_fit *fit,
	const struct quote_filter *filter)
{
	return render_fit_equal(&view->fit, fit) && quote_filter_equal(&view->filter, filter);
}

static uint32_t quote_at(const struct quote_view *view, uint32_t place)
{
	return view->indices != NULL ? view->indices[place] : place;
}

static bool is_repeat(const struct quote_view *view, uint32_t place)
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
	return quote_at(view, group->first + place);
}

uint32_t quote_view_draw_next(struct quote_view *view, struct rng *rng)
{
	uint32_t place;
	do {
		if (view->round_position == view->count)
			view->round_position = 0;
		if (view->round_position == 0)
			view->round_key = rng_next(rng);
		place = permutation_at(view->round_key, view->count, view->round_position++);
	} while (is_repeat(view, place));
	return quote_at(view, place);
}

void quote_view_finish(struct quote_view *view)
{
	free(view->groups);
	free(view->indices);
	free(view->repeats);
	*view = (struct quote_view){0};
}

#include "core/choice/quote_views.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/choice/quote_groups.h"

/* A walk over the quotes of a library that takes those that fit. */
struct measuring {
	const struct library *library;
	const struct quote_groups *groups;
	const struct quote_filter *filter;
	const struct quote_fit *const *fits;
	size_t fit_count;
	struct buffer *rendered;
	uint32_t *indices;
	uint32_t count;
};

static bool is_same_key(const struct quote_view_key *a, const struct quote_view_key *b)
{
	return render_fit_equal(&a->fit, &b->fit) && quote_filter_equal(&a->filter, &b->filter);
}

static bool takes(struct measuring *measuring, uint32_t index)
{
	struct quote quote = quote_store_get(&measuring->library->store, index);
	if (!quote_filter_takes(measuring->filter, &quote))
		return false;
	for (size_t i = 0; i < measuring->fit_count; i++) {
		buffer_clear(measuring->rendered);
		if (!render_fit_takes_all(measuring->fits[i]) &&
			!render_quote(&quote, measuring->fits[i], measuring->rendered))
			return false;
	}
	return true;
}

static void take(struct measuring *measuring, uint32_t index)
{
	if (takes(measuring, index))
		measuring->indices[measuring->count++] = index;
}

static void take_group(struct measuring *measuring, uint32_t group)
{
	const struct library *library = measuring->library;
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		uint32_t end =
			measuring->groups->of_file[i] == group ? file->first + file->count : 0;
		for (uint32_t quote = file->first; quote < end; quote++)
			take(measuring, quote);
	}
	for (uint32_t i = 0; i < library->share_count; i++)
		if (measuring->groups->of_file[library->shares[i].file] == group &&
			quote_groups_gains(measuring->groups, library, i))
			take(measuring, library->shares[i].quote);
}

/* Each quote can be in as many groups as it has files. */
static uint32_t *allocate_indices(const struct library *library)
{
	size_t most = (size_t)library->store.count + library->share_count + 1;
	return mem_resize(NULL, most, sizeof(uint32_t));
}

static void add_group(struct quote_view *view, const struct quote_group_plan *plan, uint32_t first,
	uint32_t count)
{
	bool is_command = plan->command != QUOTE_GROUPS_NONE;
	uint64_t before = view->group_count > 0 ? view->groups[view->group_count - 1].end : 0;
	uint64_t weight = plan->weight != QUOTE_GROUPS_BY_COUNT ? plan->weight : count;
	if (count == 0 && !is_command)
		return;
	view->groups[view->group_count++] = (struct quote_group){
		.end = before + weight, .command = plan->command, .first = first, .count = count};
	view->command_count += is_command;
}

/* All quotes in one group need no list of them. */
static void shrink(struct quote_view *view, const struct library *library)
{
	if (view->count == 0 || (view->group_count == 1 + view->command_count &&
					view->count == library->store.count)) {
		free(view->indices);
		view->indices = NULL;
		return;
	}
	view->indices = mem_resize(view->indices, view->count, sizeof *view->indices);
}

static void measure(struct quote_view *view, const struct library *library,
	const struct selection *selection, struct buffer *rendered)
{
	struct quote_groups groups;
	quote_groups_init(&groups, library, selection);
	const struct quote_fit *fit = &view->key.fit;
	struct measuring measuring = {
		.library = library,
		.groups = &groups,
		.filter = &view->key.filter,
		.fits = &fit,
		.fit_count = 1,
		.rendered = rendered,
		.indices = allocate_indices(library),
	};
	view->groups = mem_alloc((groups.count + 1) * sizeof *view->groups);
	for (uint32_t i = 0; i < groups.count; i++) {
		uint32_t first = measuring.count;
		take_group(&measuring, i);
		add_group(view, &groups.plans[i], first, measuring.count - first);
	}
	view->indices = measuring.indices;
	view->count = measuring.count;
	shrink(view, library);
	quote_groups_finish(&groups);
}

static struct quote_view *find(struct quote_views *views, const struct quote_view_key *key)
{
	for (uint32_t i = 0; i < views->count; i++)
		if (is_same_key(&views->views[i].key, key))
			return &views->views[i];
	return NULL;
}

static void free_view(struct quote_view *view)
{
	free(view->indices);
	free(view->groups);
}

/* Returns an unused place, or the one whose key was not asked for longest. */
static struct quote_view *make_place(struct quote_views *views)
{
	if (views->count < QUOTE_VIEWS_MAX)
		return &views->views[views->count++];
	struct quote_view *oldest = &views->views[0];
	for (uint32_t i = 1; i < views->count; i++)
		if (views->views[i].last_use < oldest->last_use)
			oldest = &views->views[i];
	free_view(oldest);
	return oldest;
}

struct quote_view *quote_views_get(struct quote_views *views, const struct library *library,
	const struct selection *selection, const struct quote_view_key *key)
{
	struct quote_view *view = find(views, key);
	if (view == NULL) {
		view = make_place(views);
		*view = (struct quote_view){.key = *key};
		measure(view, library, selection, &views->rendered);
	}
	view->last_use = ++views->uses;
	return view;
}

static int compare_indices(const void *left, const void *right)
{
	const uint32_t *a = left;
	const uint32_t *b = right;
	return *a < *b ? -1 : *a > *b;
}

uint32_t quote_views_fitting(const struct library *library, const struct selection *selection,
	const struct quote_fit *const *fits, size_t count, uint32_t **ret_indices)
{
	static const struct quote_filter any = {0};
	struct buffer rendered = {0};
	uint32_t *of_file = mem_resize(NULL, (size_t)library->file_count + 1, sizeof *of_file);
	struct quote_groups one = {.count = 1, .of_file = of_file};
	for (uint32_t i = 0; i < library->file_count; i++)
		of_file[i] = selection->files[i] != 0 ? 0 : QUOTE_GROUPS_NONE;
	struct measuring measuring = {
		.library = library,
		.groups = &one,
		.filter = &any,
		.fits = fits,
		.fit_count = count,
		.rendered = &rendered,
		.indices = allocate_indices(library),
	};
	take_group(&measuring, 0);
	if (library->share_count > 0)
		qsort(measuring.indices, measuring.count, sizeof(uint32_t), compare_indices);
	*ret_indices = mem_resize(measuring.indices, (size_t)measuring.count + 1, sizeof(uint32_t));
	buffer_finish(&rendered);
	quote_groups_finish(&one);
	return measuring.count;
}

void quote_views_finish(struct quote_views *views)
{
	for (uint32_t i = 0; i < views->count; i++)
		free_view(&views->views[i]);
	buffer_finish(&views->rendered);
	*views = (struct quote_views){0};
}

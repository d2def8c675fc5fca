#include "core/choice/quote_groups.h"

#include <stdlib.h>

#include "core/base/mem.h"

/* Weights are whole numbers; of a percentage that is split, this many stand for one percent. */
enum { WHOLE = 100, PARTS = 720720 };

static uint32_t add_group(struct quote_groups *groups, long weight, uint32_t command)
{
	groups->items = mem_grow(groups->items, groups->count, sizeof *groups->items);
	groups->items[groups->count] =
		(struct quote_group){.weight = (uint64_t)weight, .command = command};
	return groups->count++;
}

/* Returns what the percentages of the shown collections leave to the others. */
static long rest_of_percents(const struct library *library, const struct selection *selection)
{
	long rest = WHOLE;
	uint32_t file = 0;
	for (uint32_t i = 0; i < library->collections->count; i++) {
		bool shown = selection->commands[i] != 0;
		for (; file < library->file_count && library->files[file].collection == i; file++)
			shown |= selection->files[file] != 0;
		rest -= shown ? library->collections->items[i].options->percent : 0;
	}
	return rest;
}

/* Returns the weight of a collection as a group of its own. */
static long weight_of(const struct collections *collections, size_t index)
{
	const struct collection_options *options = collections->items[index].options;
	if (collections_have_percents(collections))
		return collections->equal ? options->percent * PARTS : options->percent;
	if (collections->equal)
		return 1;
	return options->weight > 0 ? options->weight : 1;
}

/* Returns the index of a file's collection, or behind all of them if that has no percentage. */
static size_t sharer_of(const struct library *library, uint32_t file)
{
	const struct collections *collections = library->collections;
	uint32_t collection = library->files[file].collection;
	return collections->items[collection].options->percent > 0 ? collection
								   : collections->count;
}

/* The files of a collection split its percentage, and all others what is left. */
static void group_each_file(struct quote_groups *groups, const struct library *library,
	const struct selection *selection)
{
	const struct collections *collections = library->collections;
	bool percents = collections_have_percents(collections);
	long rest = rest_of_percents(library, selection) * PARTS;
	long *files = mem_alloc((collections->count + 1) * sizeof *files);
	for (uint32_t i = 0; i < library->file_count; i++)
		if (selection->files[i] != 0 &&
			(library->files[i].count > 0 || library->files[i].shared > 0))
			files[sharer_of(library, i)]++;
	for (uint32_t i = 0; i < library->file_count; i++) {
		size_t sharer = sharer_of(library, i);
		long whole = sharer < collections->count ? weight_of(collections, sharer) : rest;
		long weight = percents && files[sharer] > 0 ? whole / files[sharer] : 1;
		if (selection->files[i] != 0 && whole > 0)
			groups->of_file[i] = add_group(groups, weight, QUOTE_GROUPS_NONE);
	}
	free(files);
}

/* One group of all files, or of those in collections without a percentage. */
static void group_together(struct quote_groups *groups, const struct library *library,
	const struct selection *selection, long weight)
{
	uint32_t rest = add_group(groups, weight, QUOTE_GROUPS_NONE);
	for (uint32_t i = 0; i < library->file_count; i++)
		if (selection->files[i] != 0 && groups->of_file[i] == QUOTE_GROUPS_NONE)
			groups->of_file[i] = rest;
}

static void group_collections(struct quote_groups *groups, const struct library *library,
	const struct selection *selection)
{
	uint32_t group = QUOTE_GROUPS_NONE;
	uint32_t collection = QUOTE_GROUPS_NONE;
	for (uint32_t i = 0; i < library->file_count; i++) {
		uint32_t of_file = library->files[i].collection;
		long weight = weight_of(library->collections, of_file);
		if (selection->files[i] == 0 || weight == 0)
			continue;
		if (of_file != collection)
			group = add_group(groups, weight, QUOTE_GROUPS_NONE);
		collection = of_file;
		groups->of_file[i] = group;
	}
}

static void group_commands(struct quote_groups *groups, const struct library *library,
	const struct selection *selection)
{
	for (uint32_t i = 0; i < library->collections->count; i++) {
		long weight = weight_of(library->collections, i);
		if (selection->commands[i] != 0 && weight > 0)
			add_group(groups, weight, i);
	}
}

void quote_groups_init(struct quote_groups *groups, const struct library *library,
	const struct selection *selection)
{
	const struct collections *collections = library->collections;
	*groups = (struct quote_groups){0};
	groups->of_file = mem_resize(NULL, (size_t)library->file_count + 1, sizeof(uint32_t));
	for (uint32_t i = 0; i < library->file_count; i++)
		groups->of_file[i] = QUOTE_GROUPS_NONE;
	long rest = rest_of_percents(library, selection);
	if (collections->equal)
		group_each_file(groups, library, selection);
	else if (collections_have_percents(collections) || collections_have_weights(collections))
		group_collections(groups, library, selection);
	else
		group_together(groups, library, selection, QUOTE_GROUPS_BY_COUNT);
	if (!collections->equal && collections_have_percents(collections) && rest > 0)
		group_together(groups, library, selection, rest);
	group_commands(groups, library, selection);
}

bool quote_groups_gains(
	const struct quote_groups *groups, const struct library *library, uint32_t index)
{
	const struct library_share *shares = library->shares;
	uint32_t quote = shares[index].quote;
	uint32_t group = groups->of_file[shares[index].file];
	uint32_t other = groups->of_file[library_file_of(library, quote)];
	for (; other != group && index > 0 && shares[index - 1].quote == quote; index--)
		other = groups->of_file[shares[index - 1].file];
	return group != QUOTE_GROUPS_NONE && other != group;
}

void quote_groups_finish(struct quote_groups *groups)
{
	free(groups->items);
	free(groups->of_file);
	*groups = (struct quote_groups){0};
}

#include "core/choice/quote_groups.h"

#include <stdlib.h>

#include "core/base/mem.h"

/* Weights are whole numbers; of a percentage that is split, this many stand for one percent. */
enum { WHOLE = 100, PARTS = 720720 };

static struct quote_group group_of(long weight, uint32_t command)
{
	return (struct quote_group){.weight = (uint64_t)weight, .command = command};
}

/* Returns what the percentages of the shown collections leave to the others: less than nothing if
 * collections_check() has found that they add up to too much. */
static long rest_of_percents(const struct library *library, const struct selection *selection)
{
	long rest = WHOLE;
	uint32_t file = 0;
	for (uint32_t i = 0; i < library->collections->count; i++) {
		bool shown = selection->commands[i] != 0;
		for (; file < library->file_count && library->files[file].collection == i; file++)
			shown |= selection->files[file] != 0;
		rest -= shown ? library->collections->items[i].percent : 0;
	}
	return rest;
}

/* Returns the weight of a collection as a group of its own. */
static long weight_of(const struct collections *collections, size_t index)
{
	const struct collection *item = &collections->items[index];
	if (collections_have_percents(collections))
		return collections->equal ? item->percent * PARTS : item->percent;
	if (collections->equal)
		return 1;
	return item->weight > 0 ? item->weight : 1;
}

/* Returns the index of a file's collection, or behind all of them if that has no percentage. */
static size_t sharer_of(const struct library *library, uint32_t file)
{
	const struct collections *collections = library->collections;
	uint32_t collection = library->files[file].collection;
	return collections->items[collection].percent > 0 ? collection : collections->count;
}

/* The files of a collection split its percentage, and all others what is left. Returns the number
 * of groups. */
static uint32_t group_each_file(const struct library *library, const struct selection *selection,
	struct quote_group *groups, uint32_t *of_file)
{
	uint32_t count = 0;
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
		if (selection->files[i] == 0 || whole <= 0)
			continue;
		groups[count] = group_of(weight, QUOTE_GROUPS_NONE);
		of_file[i] = count++;
	}
	free(files);
	return count;
}

static uint32_t group_collections(const struct library *library, const struct selection *selection,
	struct quote_group *groups, uint32_t *of_file)
{
	uint32_t count = 0;
	uint32_t collection = QUOTE_GROUPS_NONE;
	for (uint32_t i = 0; i < library->file_count; i++) {
		uint32_t own = library->files[i].collection;
		long weight = weight_of(library->collections, own);
		if (selection->files[i] == 0 || weight == 0)
			continue;
		if (own != collection)
			groups[count++] = group_of(weight, QUOTE_GROUPS_NONE);
		collection = own;
		of_file[i] = count - 1;
	}
	return count;
}

/* The files that have no group yet: all, or those in collections without a percentage. */
static void group_together(const struct library *library, const struct selection *selection,
	uint32_t group, uint32_t *of_file)
{
	for (uint32_t i = 0; i < library->file_count; i++)
		if (selection->files[i] != 0 && of_file[i] == QUOTE_GROUPS_NONE)
			of_file[i] = group;
}

static uint32_t group_commands(const struct library *library, const struct selection *selection,
	struct quote_group *groups)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < library->collections->count; i++) {
		long weight = weight_of(library->collections, i);
		if (selection->commands[i] != 0 && weight > 0)
			groups[count++] = group_of(weight, i);
	}
	return count;
}

/* Returns the number of groups. */
static uint32_t group_files(const struct library *library, const struct selection *selection,
	struct quote_group *groups, uint32_t *of_file)
{
	const struct collections *collections = library->collections;
	bool percents = collections_have_percents(collections);
	bool weights = collections_have_weights(collections);
	long rest = percents ? rest_of_percents(library, selection) : QUOTE_GROUPS_BY_COUNT;
	uint32_t count = 0;
	if (collections->equal)
		return group_each_file(library, selection, groups, of_file);
	if (percents || weights)
		count = group_collections(library, selection, groups, of_file);
	if (percents ? rest <= 0 : weights)
		return count;
	group_together(library, selection, count, of_file);
	groups[count++] = group_of(rest, QUOTE_GROUPS_NONE);
	return count;
}

struct quote_group *quote_groups_make(const struct library *library,
	const struct selection *selection, uint32_t *ret_count, uint32_t **ret_of_file)
{
	size_t most = (size_t)library->file_count + library->collections->count + 1;
	struct quote_group *groups = mem_resize(NULL, most, sizeof *groups);
	uint32_t *of_file = mem_resize(NULL, (size_t)library->file_count + 1, sizeof *of_file);
	for (uint32_t i = 0; i < library->file_count; i++)
		of_file[i] = QUOTE_GROUPS_NONE;
	*ret_count = group_files(library, selection, groups, of_file);
	*ret_count += group_commands(library, selection, groups + *ret_count);
	*ret_of_file = of_file;
	return groups;
}

bool quote_groups_gains(const struct library *library, const uint32_t *of_file, uint32_t index)
{
	const struct library_share *shares = library->shares;
	uint32_t quote = shares[index].quote;
	uint32_t group = of_file[shares[index].file];
	uint32_t other = of_file[library_file_of(library, quote)];
	for (; other != group && index > 0 && shares[index - 1].quote == quote; index--)
		other = of_file[shares[index - 1].file];
	return group != QUOTE_GROUPS_NONE && other != group;
}

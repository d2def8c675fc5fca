#include "core/library/collection.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

enum { WHOLE = 100 };

static const char *command_of(const char *spec)
{
	size_t length = strlen(COLLECTION_COMMAND_SCHEME);
	return strncmp(spec, COLLECTION_COMMAND_SCHEME, length) == 0 ? spec + length : NULL;
}

const char *collection_command(const struct collection *collection)
{
	const struct strings *sources = &collection->sources;
	return sources->count == 1 ? command_of(sources->items[0]) : NULL;
}

const char *collection_language(const struct collection *collection)
{
	bool is_set = collection->language != NULL && collection->language[0] != '\0';
	return is_set ? collection->language : NULL;
}

struct collections *collections_create(void)
{
	struct collections *collections = mem_alloc(sizeof *collections);
	collections->references = 1;
	return collections;
}

struct collection *collections_add(struct collections *collections, const char *name)
{
	collections->items =
		mem_grow(collections->items, collections->count, sizeof *collections->items);
	struct collection *added = &collections->items[collections->count++];
	*added = (struct collection){.name = mem_strdup(name)};
	return added;
}

struct collections *collections_hold(struct collections *collections)
{
	atomic_fetch_add(&collections->references, 1);
	return collections;
}

static void finish(struct collection *collection)
{
	free(collection->name);
	strings_finish(&collection->sources);
	strings_finish(&collection->include);
	strings_finish(&collection->exclude);
	free(collection->charset);
	free(collection->language);
}

void collections_release(struct collections *collections)
{
	if (collections == NULL || atomic_fetch_sub(&collections->references, 1) > 1)
		return;
	for (size_t i = 0; i < collections->count; i++)
		finish(&collections->items[i]);
	free(collections->items);
	free(collections);
}

unsigned collections_count_commands(const struct collections *collections)
{
	unsigned count = 0;
	for (size_t i = 0; i < collections->count; i++)
		count += collection_command(&collections->items[i]) != NULL;
	return count;
}

bool collections_have_percents(const struct collections *collections)
{
	for (size_t i = 0; i < collections->count; i++)
		if (collections->items[i].percent > 0)
			return true;
	return false;
}

bool collections_have_weights(const struct collections *collections)
{
	for (size_t i = 0; i < collections->count; i++)
		if (collections->items[i].weight > 0)
			return true;
	return false;
}

/* Beside percentages, a weight makes no sense and a command needs a percentage of its own. */
static const struct collection *find_misfit(const struct collections *collections)
{
	for (size_t i = 0; i < collections->count; i++) {
		const struct collection *item = &collections->items[i];
		bool is_command = collection_command(item) != NULL;
		if (item->weight > 0 || (is_command && item->percent == 0))
			return item;
	}
	return NULL;
}

static bool check_names(const struct collections *collections, struct error *reterr)
{
	for (size_t i = 1; i < collections->count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(collections->items[i].name, collections->items[j].name) == 0) {
				error_set(reterr,
					"collection \"%s\": this name is used twice%s; rename one",
					collections->items[i].name,
					strcmp(collections->items[i].name, "quotes") == 0
						? " (once by the setting 'quotes' outside all "
						  "sections)"
						: "");
				return false;
			}
	return true;
}

static bool check_commands(const struct collections *collections, struct error *reterr)
{
	for (size_t i = 0; i < collections->count; i++) {
		const struct collection *item = &collections->items[i];
		const struct strings *sources = &item->sources;
		for (size_t j = 0; sources->count > 1 && j < sources->count; j++) {
			if (command_of(sources->items[j]) == NULL)
				continue;
			error_set(reterr,
				"collection \"%s\": '%s' is not the only source; move "
				"it to a collection of its own",
				item->name, sources->items[j]);
			return false;
		}
	}
	return true;
}

/* Every collection has a percentage or can share what the percentages leave. */
static bool check_kinds(const struct collections *collections, struct error *reterr)
{
	const struct collection *misfit = find_misfit(collections);
	if (misfit == NULL)
		return true;
	if (misfit->weight > 0)
		error_set(reterr,
			"collection \"%s\": it has a weight and others have a percent; use one or "
			"the other for all",
			misfit->name);
	else
		error_set(reterr,
			"collection \"%s\": the command has no percent but other collections do; "
			"give it one",
			misfit->name);
	return false;
}

static bool check_sum(const struct collections *collections, struct error *reterr)
{
	long sum = 0;
	const struct collection *rest = NULL, *shown_rest = NULL;
	for (size_t i = 0; i < collections->count; i++) {
		const struct collection *item = &collections->items[i];
		sum += item->percent;
		if (item->percent > 0)
			continue;
		rest = item;
		shown_rest = item->is_private ? shown_rest : item;
	}
	if (sum > WHOLE)
		error_set(reterr,
			"collection: the percents add up to %ld; they must not exceed 100", sum);
	else if (sum == WHOLE && shown_rest != NULL)
		error_set(reterr,
			"collection \"%s\": the percents of the others add up to 100 and leave it "
			"nothing; lower one",
			shown_rest->name);
	else if (sum < WHOLE && rest == NULL)
		error_set(reterr,
			"collection: the percents add up to %ld and no collection takes the rest; "
			"remove the percent of one",
			sum);
	return sum <= WHOLE && (sum < WHOLE ? rest != NULL : shown_rest == NULL);
}

bool collections_check(const struct collections *collections, struct error *reterr)
{
	return check_names(collections, reterr) && check_commands(collections, reterr) &&
	       (!collections_have_percents(collections) ||
		       (check_kinds(collections, reterr) && check_sum(collections, reterr)));
}

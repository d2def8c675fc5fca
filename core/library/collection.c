#include "core/library/collection.h"

#include <string.h>

enum { WHOLE = 100 };

static const char *command_of(const char *spec)
{
	size_t length = strlen(COLLECTION_COMMAND_SCHEME);
	return strncmp(spec, COLLECTION_COMMAND_SCHEME, length) == 0 ? spec + length : NULL;
}

const char *collection_command(const struct collection_options *options)
{
	return options->sources.count == 1 ? command_of(options->sources.items[0]) : NULL;
}

unsigned collections_count_commands(const struct collections *collections)
{
	unsigned count = 0;
	for (size_t i = 0; i < collections->count; i++)
		count += collection_command(collections->items[i].options) != NULL;
	return count;
}

bool collections_have_percents(const struct collections *collections)
{
	for (size_t i = 0; i < collections->count; i++)
		if (collections->items[i].options->percent > 0)
			return true;
	return false;
}

bool collections_have_weights(const struct collections *collections)
{
	for (size_t i = 0; i < collections->count; i++)
		if (collections->items[i].options->weight > 0)
			return true;
	return false;
}

/* Returns the first collection that has both a weight and others' percentages, or needs one. */
static const struct collection *odd_one(const struct collections *collections, bool *ret_is_command)
{
	for (size_t i = 0; i < collections->count; i++) {
		const struct collection *item = &collections->items[i];
		*ret_is_command = collection_command(item->options) != NULL;
		if (item->options->weight > 0 || (*ret_is_command && item->options->percent == 0))
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
					"collection \"%s\": there are two of this name%s; rename "
					"one",
					collections->items[i].name,
					j == 0 ? ", or \"quotes\" outside of all sections" : "");
				return false;
			}
	return true;
}

static bool check_commands(const struct collections *collections, struct error *reterr)
{
	for (size_t i = 0; i < collections->count; i++) {
		const struct collection *item = &collections->items[i];
		const struct strings *sources = &item->options->sources;
		for (size_t j = 0; sources->count > 1 && j < sources->count; j++) {
			if (command_of(sources->items[j]) == NULL)
				continue;
			error_set(reterr,
				"collection \"%s\": '%s' is not its only source; give the command "
				"a "
				"collection of its own",
				item->name, sources->items[j]);
			return false;
		}
	}
	return true;
}

/* Each has a percentage, or can share what these leave. */
static bool check_kinds(const struct collections *collections, struct error *reterr)
{
	bool is_command = false;
	const struct collection *odd = odd_one(collections, &is_command);
	if (odd == NULL)
		return true;
	if (odd->options->weight > 0)
		error_set(reterr,
			"collection \"%s\": weight: others have a percent; use one or the other",
			odd->name);
	else
		error_set(reterr,
			"collection \"%s\": a command needs a percent of its own beside those of "
			"others",
			odd->name);
	return false;
}

static bool check_sum(const struct collections *collections, struct error *reterr)
{
	long sum = 0;
	const struct collection *rest = NULL, *shown_rest = NULL;
	for (size_t i = 0; i < collections->count; i++) {
		const struct collection *item = &collections->items[i];
		sum += item->options->percent;
		if (item->options->percent > 0)
			continue;
		rest = item;
		shown_rest = item->options->is_private ? shown_rest : item;
	}
	if (sum > WHOLE)
		error_set(reterr, "collection: the percents sum up to %ld, over 100", sum);
	else if (sum == WHOLE && shown_rest != NULL)
		error_set(reterr,
			"collection \"%s\": the percents of the others sum up to 100 and leave it "
			"nothing; lower one",
			shown_rest->name);
	else if (sum < WHOLE && rest == NULL)
		error_set(reterr,
			"collection: the percents sum up to %ld and nothing takes the rest; leave "
			"one collection without",
			sum);
	return sum <= WHOLE && (sum < WHOLE ? rest != NULL : shown_rest == NULL);
}

bool collections_check(const struct collections *collections, struct error *reterr)
{
	return check_names(collections, reterr) && check_commands(collections, reterr) &&
	       (!collections_have_percents(collections) ||
		       (check_kinds(collections, reterr) && check_sum(collections, reterr)));
}

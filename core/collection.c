#include "core/collection.h"

#include "core/command_source.h"

enum { WHOLE = 100 };

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
		*ret_is_command = command_source_of(item->options) != NULL;
		if (item->options->weight > 0 || (*ret_is_command && item->options->percent == 0))
			return item;
	}
	return NULL;
}

bool collections_check(const struct collections *collections, struct error *reterr)
{
	long sum = 0;
	bool rest = false;
	bool is_command = false;
	if (!collections_have_percents(collections))
		return true;
	for (size_t i = 0; i < collections->count; i++) {
		sum += collections->items[i].options->percent;
		rest |= collections->items[i].options->percent == 0;
	}
	const struct collection *odd = odd_one(collections, &is_command);
	if (odd != NULL && odd->options->weight > 0)
		error_set(reterr,
			"collection \"%s\": weight: others have a percent; use one or the other",
			odd->name);
	else if (odd != NULL)
		error_set(reterr,
			"collection \"%s\": a command needs a percent of its own beside those of "
			"others",
			odd->name);
	else if (sum > WHOLE)
		error_set(reterr, "collection: the percents sum up to %ld, over 100", sum);
	else if (sum < WHOLE && !rest)
		error_set(reterr,
			"collection: the percents sum up to %ld and nothing takes the rest; leave "
			"one collection without",
			sum);
	else
		return true;
	return false;
}

#include "tests/support/quotes.h"
#include "core/sources/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct collection_options *quotes_add(struct quotes *quotes, const char *name, const char *spec)
{
	for (size_t i = 0; i < quotes->collections.count; i++) {
		if (strcmp(quotes->items[i].name, name) != 0)
			continue;
		strings_add(&quotes->options[i].sources, spec);
		return &quotes->options[i];
	}
	size_t index = quotes->collections.count++;
	struct collection_options *options = &quotes->options[index];
	options->timeout = 10;
	options->max_bytes = 65536;
	options->reserve = 4;
	strings_add(&options->sources, spec);
	quotes->items[index] = (struct collection){name, options};
	quotes->collections.items = quotes->items;
	return options;
}

struct quoter *quotes_open(struct quotes *quotes)
{
	struct error error;
	struct quoter_options options = {.rng = &quotes->rng};
	rng_init(&quotes->rng, 1);
	struct library *library =
		loader_load(&quotes->collections, NULL, NULL, &quotes->warnings, &error);
	quotes->quoter = library != NULL ? quoter_create(library, &options, &error) : NULL;
	if (quotes->quoter == NULL) {
		fprintf(stderr, "quotes_open: %s\n", error.text);
		abort();
	}
	return quotes->quoter;
}

struct quoter *quotes_open_one(struct quotes *quotes, const char *spec)
{
	quotes_add(quotes, "quotes", spec);
	return quotes_open(quotes);
}

void quotes_finish(struct quotes *quotes)
{
	quoter_destroy(quotes->quoter);
	for (size_t i = 0; i < quotes->collections.count; i++) {
		strings_finish(&quotes->options[i].sources);
		strings_finish(&quotes->options[i].include);
		strings_finish(&quotes->options[i].exclude);
	}
	strings_finish(&quotes->warnings);
	*quotes = (struct quotes){0};
}

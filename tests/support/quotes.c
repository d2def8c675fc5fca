#include "tests/support/quotes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/library/quote_id.h"
#include "core/sources/loader.h"

struct collection *quotes_add(struct quotes *quotes, const char *name, const char *spec)
{
	for (size_t i = 0; i < quotes->collections.count; i++) {
		if (strcmp(quotes->items[i].name, name) != 0)
			continue;
		strings_add(&quotes->items[i].sources, spec);
		return &quotes->items[i];
	}
	size_t index = quotes->collections.count++;
	struct collection *added = &quotes->items[index];
	strings_add(&quotes->names, name);
	added->name = quotes->names.items[index];
	added->timeout = 10;
	added->max_bytes = 65536;
	added->reserve = 4;
	strings_add(&added->sources, spec);
	quotes->collections.items = quotes->items;
	quotes->collections.references = 1;
	return added;
}

struct collection *quotes_add_many(struct quotes *quotes, const char *name, int count)
{
	char text[64];
	struct collection *added = NULL;
	for (int i = 0; i < count; i++) {
		snprintf(text, sizeof text, "static:%s%d", name, i);
		if (added == NULL)
			added = quotes_add(quotes, name, text);
		else
			strings_add(&added->sources, text);
	}
	return added;
}

static void fail(const char *what, const struct error *error)
{
	fprintf(stderr, "%s: %s\n", what, error->text);
	abort();
}

unsigned quotes_add_wire(struct quoter *quoter, struct quote_wire *wire, struct strings *names,
	const char *first, const char *second)
{
	unsigned number = 0;
	struct error error;
	strings_add(names, first);
	if (second != NULL)
		strings_add(names, second);
	wire->name = first;
	wire->collections = names;
	if (!quoter_add_wire(quoter, wire, &number, &error))
		fail("quotes_add_wire", &error);
	return number;
}

bool quotes_pick(
	struct quoter *quoter, unsigned wire, const struct quote_fit *fit, struct quote *ret_quote)
{
	static const struct quote_fit any = {0};
	return quoter_pick(
		quoter, wire, fit != NULL ? fit : &any, &(struct quote_filter){0}, ret_quote);
}

int quotes_count_draws(struct quoter *quoter, unsigned wire, char letter)
{
	int count = 0;
	for (int i = 0; i < 1000; i++) {
		struct quote quote;
		if (!quotes_pick(quoter, wire, NULL, &quote)) {
			fprintf(stderr, "quotes_count_draws: nothing to draw\n");
			abort();
		}
		count += quote.text[0] == letter;
	}
	return count;
}

struct quoter *quotes_open(struct quotes *quotes)
{
	struct error error;
	rng_init(&quotes->rng, 1);
	struct library *library = loader_load(
		&(struct loader){.warnings = &quotes->warnings}, &quotes->collections, &error);
	if (library == NULL)
		fail("quotes_open", &error);
	quotes->quoter = quoter_create(library, &quotes->rng);
	return quotes->quoter;
}

struct quoter *quotes_open_one(struct quotes *quotes, const char *spec)
{
	quotes_add(quotes, "quotes", spec);
	return quotes_open(quotes);
}

int quotes_find(const struct quoter *quoter, unsigned wire, const char *id, struct quote *ret_quote)
{
	uint64_t first, last;
	return quote_id_parse(id, &first, &last) ? quoter_find(quoter, wire, first, last, ret_quote)
						 : -1;
}

void quotes_finish(struct quotes *quotes)
{
	quoter_destroy(quotes->quoter);
	for (size_t i = 0; i < quotes->collections.count; i++) {
		strings_finish(&quotes->items[i].sources);
		strings_finish(&quotes->items[i].include);
		strings_finish(&quotes->items[i].exclude);
	}
	strings_finish(&quotes->names);
	strings_finish(&quotes->warnings);
	*quotes = (struct quotes){0};
}

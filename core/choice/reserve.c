#include "core/choice/reserve.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/library/attribution.h"
#include "core/library/quote_id.h"

/* A quote that did not fit this many requests may be replaced. */
enum { PATIENCE = 4 };

struct place {
	char *text; /* NULL: empty */
	struct quote quote;
	bool shown;
	unsigned passed; /* how many requests it did not fit */
};

/* A ring: the place at next is the oldest, and is filled next. */
struct reserve {
	struct place *places;
	size_t capacity;
	size_t next;
	struct buffer rendered;
};

struct reserve *reserve_create(size_t capacity)
{
	struct reserve *reserve = mem_alloc(sizeof *reserve);
	reserve->capacity = capacity > 0 ? capacity : 1;
	reserve->places = mem_alloc(reserve->capacity * sizeof *reserve->places);
	return reserve;
}

static bool is_wanting(const struct place *place)
{
	return place->text == NULL || place->shown || place->passed >= PATIENCE;
}

size_t reserve_wanted(const struct reserve *reserve)
{
	size_t wanted = 0;
	for (size_t i = 0; i < reserve->capacity; i++)
		wanted += is_wanting(&reserve->places[i]);
	return wanted;
}

/* Returns the oldest place that wants a quote, else the oldest of all. */
static struct place *oldest_wanting(struct reserve *reserve)
{
	size_t at = reserve->next;
	for (size_t i = 0; i < reserve->capacity && !is_wanting(&reserve->places[at]); i++)
		at = at + 1 < reserve->capacity ? at + 1 : 0;
	reserve->next = at + 1 < reserve->capacity ? at + 1 : 0;
	return &reserve->places[at];
}

void reserve_put(struct reserve *reserve, const char *text, size_t length)
{
	struct place *place = oldest_wanting(reserve);
	free(place->text);
	place->text = mem_strndup(text, length);
	place->shown = false;
	place->passed = 0;
	place->quote = (struct quote){
		.id = quote_id_of(text, length), .text = place->text, .length = length};
	attribution_find(&place->quote);
}

void reserve_clear(struct reserve *reserve)
{
	for (size_t i = 0; i < reserve->capacity; i++) {
		free(reserve->places[i].text);
		reserve->places[i].text = NULL;
	}
}

static bool takes(struct reserve *reserve, const struct place *place, const struct quote_fit *fit,
	const struct quote_filter *filter)
{
	buffer_clear(&reserve->rendered);
	return place->text != NULL && quote_filter_takes(filter, &place->quote) &&
	       render_quote(&place->quote, fit, &reserve->rendered);
}

/* Nothing new fits this request, so whatever did not fit may be replaced. */
static void give_up_unfit(struct reserve *reserve)
{
	for (size_t i = 0; i < reserve->capacity; i++)
		if (reserve->places[i].passed > 0)
			reserve->places[i].passed = PATIENCE;
}

bool reserve_take(struct reserve *reserve, const struct quote_fit *fit,
	const struct quote_filter *filter, struct rng *rng, struct quote *ret_quote)
{
	uint64_t shown = 0;
	struct place *taken = NULL;
	for (size_t i = 0; i < reserve->capacity; i++) {
		struct place *place = &reserve->places[(reserve->next + i) % reserve->capacity];
		if (!takes(reserve, place, fit, filter)) {
			place->passed++;
			continue;
		}
		if (!place->shown) {
			taken = place;
			break;
		}
		/* Each one seen so far has the same chance. */
		if (rng_below(rng, ++shown) == 0)
			taken = place;
	}
	if (taken == NULL || taken->shown)
		give_up_unfit(reserve);
	if (taken == NULL)
		return false;
	taken->shown = true;
	*ret_quote = taken->quote;
	return true;
}

bool reserve_find(
	const struct reserve *reserve, uint64_t first, uint64_t last, struct quote *ret_quote)
{
	for (size_t i = 0; i < reserve->capacity; i++) {
		const struct place *place = &reserve->places[i];
		if (place->text == NULL || place->quote.id < first || place->quote.id > last)
			continue;
		*ret_quote = place->quote;
		return true;
	}
	return false;
}

void reserve_destroy(struct reserve *reserve)
{
	if (reserve == NULL)
		return;
	reserve_clear(reserve);
	buffer_finish(&reserve->rendered);
	free(reserve->places);
	free(reserve);
}

struct reserve **reserve_create_each(const struct collections *collections)
{
	struct reserve **reserves = mem_alloc((collections->count + 1) * sizeof(void *));
	for (size_t i = 0; i < collections->count; i++) {
		const struct collection *item = &collections->items[i];
		bool has_command = collection_command(item) != NULL;
		reserves[i] = has_command ? reserve_create((size_t)item->reserve) : NULL;
	}
	return reserves;
}

/* Returns the index of the collection that runs the same command; their number if none does. */
static size_t find_command(const struct collections *collections, const struct collection *like)
{
	const char *command = collection_command(like);
	size_t index = 0;
	for (; command != NULL && index < collections->count; index++) {
		const struct collection *item = &collections->items[index];
		const char *other = collection_command(item);
		if (other != NULL && strcmp(other, command) == 0 &&
			strcmp(item->name, like->name) == 0)
			return index;
	}
	return collections->count;
}

void reserve_exchange(struct reserve **reserves, const struct collections *collections,
	struct reserve **others, const struct collections *of_others)
{
	for (size_t i = 0; i < collections->count; i++) {
		size_t index = find_command(of_others, &collections->items[i]);
		if (index == of_others->count)
			continue;
		struct reserve *reserve = reserves[i];
		reserves[i] = others[index];
		others[index] = reserve;
	}
}

void reserve_destroy_each(struct reserve **reserves, const struct collections *collections)
{
	for (size_t i = 0; reserves != NULL && i < collections->count; i++)
		reserve_destroy(reserves[i]);
	free(reserves);
}

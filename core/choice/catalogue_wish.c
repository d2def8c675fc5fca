#include "core/choice/catalogue_wish.h"

#include <stdlib.h>
#include <string.h>

#include "core/library/language.h"

enum { DRAWS_EACH = 64 };

/* The rows from first on or, if there are places, what these say; and which languages are wished
 * for.
 */
struct list {
	const uint32_t *places;
	uint32_t first;
	uint32_t count;
	bool has_language[CATALOGUE_LANGUAGES_MAX + 1]; /* of the wish, by the number in a row */
};

static void find_languages(
	const struct catalogue *catalogue, const char *language, struct list *list)
{
	for (uint32_t i = 0; i < catalogue->language_count; i++)
		list->has_language[i + 1] =
			language_matches(catalogue->languages[i], language, strlen(language));
}

static struct list list_of(const struct catalogue *catalogue, const struct catalogue_wish *wish)
{
	struct list list = {.count = catalogue->row_count};
	if (wish->collection != CATALOGUE_NONE) {
		list.first = catalogue->collections[wish->collection].first;
		list.count = catalogue->collections[wish->collection].count;
	} else if (wish->author != CATALOGUE_NONE) {
		list.places = catalogue->by_author + catalogue->authors[wish->author].first;
		list.count = catalogue->authors[wish->author].count;
	}
	if (wish->language != NULL)
		find_languages(catalogue, wish->language, &list);
	return list;
}

static uint32_t row_at(const struct list *list, uint32_t position)
{
	return list->places != NULL ? list->places[position] : list->first + position;
}

static bool takes(const struct catalogue *catalogue, const struct catalogue_wish *wish,
	const struct list *list, uint32_t index)
{
	const struct catalogue_row *row = &catalogue->rows[index];
	if (wish->collection == CATALOGUE_NONE && row->is_repeat)
		return false;
	if (wish->author != CATALOGUE_NONE && row->author != wish->author)
		return false;
	if (wish->language != NULL && !list->has_language[row->language])
		return false;
	if (!quote_filter_takes_counts(&wish->filter, row->lines, row->characters))
		return false;
	/* Octets are not in the row, and so take longer. */
	if (wish->filter.min_bytes == 0 && wish->filter.max_bytes == 0)
		return true;
	struct quote quote = quote_store_get(&catalogue->library->store, row->quote);
	return quote_filter_takes(&wish->filter, &quote);
}

bool catalogue_wish_next(const struct catalogue *catalogue, const struct catalogue_wish *wish,
	uint32_t *position, uint32_t *ret_row)
{
	struct list list = list_of(catalogue, wish);
	while (*position < list.count) {
		*ret_row = row_at(&list, (*position)++);
		if (takes(catalogue, wish, &list, *ret_row))
			return true;
	}
	return false;
}

uint32_t catalogue_wish_skip(const struct catalogue *catalogue, const struct catalogue_wish *wish,
	uint32_t *position, uint32_t count)
{
	struct list list = list_of(catalogue, wish);
	uint32_t skipped = 0;
	for (; skipped < count && *position < list.count; (*position)++)
		skipped += takes(catalogue, wish, &list, row_at(&list, *position));
	return skipped;
}

static int compare_rows(const void *left, const void *right)
{
	const uint32_t *a = left;
	const uint32_t *b = right;
	return *a < *b ? -1 : *a > *b;
}

uint32_t catalogue_wish_position(
	const struct catalogue *catalogue, const struct catalogue_wish *wish, uint32_t row)
{
	struct list list = list_of(catalogue, wish);
	if (list.places == NULL)
		return row - list.first < list.count ? row - list.first : CATALOGUE_NONE;
	const uint32_t *place =
		bsearch(&row, list.places, list.count, sizeof *list.places, compare_rows);
	return place != NULL ? (uint32_t)(place - list.places) : CATALOGUE_NONE;
}

uint32_t catalogue_wish_count(const struct catalogue *catalogue, const struct catalogue_wish *wish)
{
	bool one_of_two = wish->collection == CATALOGUE_NONE || wish->author == CATALOGUE_NONE;
	uint32_t position = 0;
	if (one_of_two && wish->language == NULL && quote_filter_takes_all(&wish->filter)) {
		bool all = wish->collection == wish->author; /* any of both */
		return all ? catalogue->quote_count : list_of(catalogue, wish).count;
	}
	return catalogue_wish_skip(catalogue, wish, &position, UINT32_MAX);
}

static bool has(const uint32_t *rows, uint32_t count, uint32_t row)
{
	uint32_t at = 0;
	while (at < count && rows[at] != row)
		at++;
	return at < count;
}

/* Returns false, whatever it drew, if it takes too many draws. That depends only on how many rows
 * fit, not on which, so the chances stay equal. */
static bool draw_some(const struct catalogue *catalogue, const struct catalogue_wish *wish,
	struct rng *rng, uint32_t count, uint32_t *rows)
{
	struct list list = list_of(catalogue, wish);
	uint32_t drawn = 0;
	for (uint32_t i = 0; list.count > 0 && i < count * DRAWS_EACH && drawn < count; i++) {
		uint32_t row = row_at(&list, (uint32_t)rng_below(rng, list.count));
		if (takes(catalogue, wish, &list, row) && !has(rows, drawn, row))
			rows[drawn++] = row;
	}
	return drawn == count;
}

static void shuffle(uint32_t *rows, uint32_t count, struct rng *rng)
{
	for (uint32_t i = count; i > 1; i--) {
		uint32_t other = (uint32_t)rng_below(rng, i);
		uint32_t row = rows[i - 1];
		rows[i - 1] = rows[other];
		rows[other] = row;
	}
}

/* Knuth's selection sampling (TAOCP 3.4.2, algorithm S). */
static uint32_t draw_from_all(const struct catalogue *catalogue, const struct catalogue_wish *wish,
	struct rng *rng, uint32_t count, uint32_t *rows)
{
	uint32_t left = catalogue_wish_count(catalogue, wish);
	uint32_t wanted = count < left ? count : left;
	uint32_t drawn = 0;
	uint32_t position = 0;
	struct list list = list_of(catalogue, wish);
	for (; drawn < wanted; position++) {
		uint32_t row = row_at(&list, position);
		if (takes(catalogue, wish, &list, row) && rng_below(rng, left--) < wanted - drawn)
			rows[drawn++] = row;
	}
	shuffle(rows, drawn, rng);
	return drawn;
}

uint32_t catalogue_wish_draw(const struct catalogue *catalogue, const struct catalogue_wish *wish,
	struct rng *rng, uint32_t count, uint32_t *ret_rows)
{
	if (draw_some(catalogue, wish, rng, count, ret_rows))
		return count;
	return draw_from_all(catalogue, wish, rng, count, ret_rows);
}

#include "core/library/id_index.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"

static uint32_t bucket_of(const struct quote_store *store, uint64_t id)
{
	return (uint32_t)(id >> (QUOTE_ID_BITS - store->bits));
}

/* A counting sort by the upper bits, after which bucket b is from starts[b] to starts[b + 1]. */
static void scatter(struct quote_store *store)
{
	uint32_t buckets = UINT32_C(1) << store->bits;
	for (uint32_t i = 0; i < store->count; i++)
		store->starts[bucket_of(store, store->quotes[i].id) + 1]++;
	for (uint32_t b = 1; b <= buckets; b++)
		store->starts[b] += store->starts[b - 1];
	/* Filling from the end turns the end of each bucket into its start and keeps equal ids in
	 * order. */
	for (uint32_t i = store->count; i-- > 0;)
		store->order[--store->starts[bucket_of(store, store->quotes[i].id) + 1]] = i;
	for (uint32_t b = 0; b < buckets; b++)
		store->starts[b] = store->starts[b + 1];
	store->starts[buckets] = store->count;
}

/* A bucket has one or two ids on average, so the simplest sort is the fastest. It is stable. */
static void sort_bucket(struct quote_store *store, uint32_t bucket)
{
	uint32_t *order = store->order;
	for (uint32_t i = store->starts[bucket] + 1; i < store->starts[bucket + 1]; i++) {
		uint32_t moving = order[i];
		uint64_t id = store->quotes[moving].id;
		uint32_t at = i;
		for (; at > store->starts[bucket] && store->quotes[order[at - 1]].id > id; at--)
			order[at] = order[at - 1];
		order[at] = moving;
	}
}

void id_index_build(struct quote_store *store)
{
	store->bits = 0;
	while (store->bits < 31 && UINT32_C(2) << store->bits <= store->count)
		store->bits++;
	uint32_t buckets = UINT32_C(1) << store->bits;
	free(store->order);
	free(store->starts);
	store->order = mem_resize(NULL, (size_t)store->count + 1, sizeof *store->order);
	store->starts = mem_alloc(((size_t)buckets + 1) * sizeof *store->starts);
	scatter(store);
	for (uint32_t b = 0; b < buckets; b++)
		sort_bucket(store, b);
}

uint32_t id_index_position(const struct quote_store *store, uint64_t id)
{
	if (store->count == 0 || store->order == NULL)
		return store->count;
	uint32_t position = store->starts[bucket_of(store, id)];
	while (position < store->count && store->quotes[store->order[position]].id < id)
		position++;
	return position;
}

static int longer(int length, uint64_t left, uint64_t right)
{
	int common = quote_id_common(left, right);
	return common > length ? common : length;
}

int id_index_prefix(const struct quote_store *store, uint64_t id)
{
	const struct stored_quote *quotes = store->quotes;
	uint32_t at = id_index_position(store, id);
	int common = QUOTE_ID_PREFIX_MIN - 1;
	if (at > 0)
		common = longer(common, quotes[store->order[at - 1]].id, id);
	if (at < store->count && quotes[store->order[at]].id == id)
		at++;
	if (at < store->count)
		common = longer(common, quotes[store->order[at]].id, id);
	return common < QUOTE_ID_LENGTH ? common + 1 : QUOTE_ID_LENGTH;
}

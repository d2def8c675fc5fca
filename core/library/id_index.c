#include "core/library/id_index.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"

static uint32_t bucket_of(const struct id_index *index, uint64_t id)
{
	return (uint32_t)(id >> (QUOTE_ID_BITS - index->bits));
}

/* A counting sort by the upper bits, after which bucket b is from starts[b] to starts[b + 1]. */
static void scatter(struct id_index *index, const struct quote_store *store)
{
	uint32_t buckets = UINT32_C(1) << index->bits;
	for (uint32_t i = 0; i < store->count; i++)
		index->starts[bucket_of(index, store->quotes[i].id) + 1]++;
	for (uint32_t b = 1; b <= buckets; b++)
		index->starts[b] += index->starts[b - 1];
	/* Filling from the end turns the end of each bucket into its start and keeps equal ids in
	 * order. */
	for (uint32_t i = store->count; i-- > 0;)
		index->order[--index->starts[bucket_of(index, store->quotes[i].id) + 1]] = i;
	for (uint32_t b = 0; b < buckets; b++)
		index->starts[b] = index->starts[b + 1];
	index->starts[buckets] = store->count;
}

/* A bucket has one or two ids on average, so the simplest sort is the fastest. It is stable. */
static void sort_bucket(struct id_index *index, const struct quote_store *store, uint32_t bucket)
{
	for (uint32_t i = index->starts[bucket] + 1; i < index->starts[bucket + 1]; i++) {
		uint32_t moving = index->order[i];
		uint64_t id = store->quotes[moving].id;
		uint32_t at = i;
		for (; at > index->starts[bucket] && store->quotes[index->order[at - 1]].id > id;
			at--)
			index->order[at] = index->order[at - 1];
		index->order[at] = moving;
	}
}

void id_index_build(struct id_index *index, const struct quote_store *store)
{
	index->count = store->count;
	while (index->bits < 31 && UINT32_C(2) << index->bits <= store->count)
		index->bits++;
	uint32_t buckets = UINT32_C(1) << index->bits;
	index->order = mem_resize(NULL, (size_t)store->count + 1, sizeof *index->order);
	index->starts = mem_alloc(((size_t)buckets + 1) * sizeof *index->starts);
	scatter(index, store);
	for (uint32_t b = 0; b < buckets; b++)
		sort_bucket(index, store, b);
}

uint32_t id_index_position(
	const struct id_index *index, const struct quote_store *store, uint64_t id)
{
	if (index->count == 0)
		return 0;
	uint32_t position = index->starts[bucket_of(index, id)];
	while (position < index->count && store->quotes[index->order[position]].id < id)
		position++;
	return position;
}

static int longer(int length, uint64_t left, uint64_t right)
{
	int common = quote_id_common(left, right);
	return common > length ? common : length;
}

int id_index_prefix(const struct id_index *index, const struct quote_store *store, uint64_t id)
{
	const struct stored_quote *quotes = store->quotes;
	uint32_t at = id_index_position(index, store, id);
	int common = QUOTE_ID_PREFIX_MIN - 1;
	if (at > 0)
		common = longer(common, quotes[index->order[at - 1]].id, id);
	if (at < index->count && quotes[index->order[at]].id == id)
		at++;
	if (at < index->count)
		common = longer(common, quotes[index->order[at]].id, id);
	return common < QUOTE_ID_LENGTH ? common + 1 : QUOTE_ID_LENGTH;
}

void id_index_finish(struct id_index *index)
{
	free(index->order);
	free(index->starts);
	*index = (struct id_index){0};
}

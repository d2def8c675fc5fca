#include "core/library/former_ids.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/mem.h"

void former_ids_add(struct former_ids *ids, const char *text, size_t length, uint64_t id)
{
	ids->items = mem_grow(ids->items, ids->count, sizeof *ids->items);
	ids->items[ids->count] = (struct former_id){hash_octets(text, length, 0), id, ids->count};
	ids->count++;
}

static int compare(const void *left, const void *right)
{
	const struct former_id *a = left;
	const struct former_id *b = right;
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

void former_ids_sort(struct former_ids *ids)
{
	if (ids->count > 0)
		qsort(ids->items, ids->count, sizeof *ids->items, compare);
}

const struct former_id *former_ids_find(
	const struct former_ids *ids, const char *text, size_t *ret_count)
{
	uint64_t hash = hash_octets(text, strlen(text), 0);
	size_t low = 0, high = ids->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (ids->items[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	*ret_count = 0;
	while (low + *ret_count < ids->count && ids->items[low + *ret_count].hash == hash)
		++*ret_count;
	return *ret_count > 0 ? &ids->items[low] : NULL;
}

void former_ids_finish(struct former_ids *ids)
{
	free(ids->items);
	*ids = (struct former_ids){0};
}

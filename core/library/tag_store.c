#include "core/library/tag_store.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

void tag_store_add(struct tag_store *store, const char *tags, uint64_t id)
{
	store->rows = mem_grow(store->rows, store->count, sizeof *store->rows);
	store->rows[store->count++] = (struct tag_row){id, store->texts.length};
	buffer_append(&store->texts, tags, strlen(tags) + 1);
}

void tag_store_cut(struct tag_store *store, size_t count)
{
	if (count >= store->count)
		return;
	store->texts.length = store->rows[count].offset;
	store->count = count;
}

static int compare(const void *left, const void *right)
{
	const struct tag_row *a = left;
	const struct tag_row *b = right;
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

void tag_store_sort(struct tag_store *store)
{
	if (store->count > 0)
		qsort(store->rows, store->count, sizeof *store->rows, compare);
}

const char *tag_store_find(const struct tag_store *store, uint64_t id)
{
	size_t low = 0, high = store->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (store->rows[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < store->count && store->rows[low].id == id;
	return found ? store->texts.data + store->rows[low].offset : NULL;
}

const char *tag_store_next(const char **tags, size_t *ret_length)
{
	const char *tag = *tags;
	if (tag == NULL || *tag == '\0')
		return NULL;
	*ret_length = strcspn(tag, ",");
	*tags += *ret_length;
	*tags += **tags == ',';
	return tag;
}

void tag_store_finish(struct tag_store *store)
{
	free(store->rows);
	buffer_finish(&store->texts);
	*store = (struct tag_store){0};
}

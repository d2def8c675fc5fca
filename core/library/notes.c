#include "core/library/notes.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/mem.h"

/* No id of a quote has this bit. */
static const uint64_t former = UINT64_C(1) << 63;

static uint64_t key_of(const char *text, size_t length)
{
	return hash_octets(text, length, 0) | former;
}

static void add(struct notes *notes, uint64_t key, const void *data, size_t size)
{
	notes->items = mem_grow(notes->items, notes->count, sizeof *notes->items);
	notes->items[notes->count++] = (struct note){key, notes->texts.length};
	buffer_append(&notes->texts, data, size);
}

void notes_add_tags(struct notes *notes, const char *tags, uint64_t id)
{
	add(notes, id, tags, strlen(tags) + 1);
}

void notes_add_former_id(struct notes *notes, const char *text, size_t length, uint64_t id)
{
	add(notes, key_of(text, length), &id, sizeof id);
}

void notes_cut(struct notes *notes, size_t count)
{
	if (count >= notes->count)
		return;
	notes->texts.length = notes->items[count].offset;
	notes->count = count;
}

static int compare(const void *left, const void *right)
{
	const struct note *a = left;
	const struct note *b = right;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

void notes_sort(struct notes *notes)
{
	if (notes->count > 0)
		qsort(notes->items, notes->count, sizeof *notes->items, compare);
}

/* Returns note \p index with this key, or NULL. */
static const char *find(const struct notes *notes, uint64_t key, size_t index)
{
	size_t low = 0, high = notes->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (notes->items[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	low += index;
	bool found = low < notes->count && notes->items[low].key == key;
	return found ? notes->texts.data + notes->items[low].offset : NULL;
}

const char *notes_find_tags(const struct notes *notes, uint64_t id)
{
	return find(notes, id, 0);
}

bool notes_find_former_id(
	const struct notes *notes, const char *text, size_t index, uint64_t *ret_id)
{
	const char *found = find(notes, key_of(text, strlen(text)), index);
	if (found != NULL)
		memcpy(ret_id, found, sizeof *ret_id);
	return found != NULL;
}

const char *notes_next_tag(const char **tags, size_t *ret_length)
{
	const char *tag = *tags;
	if (tag == NULL || *tag == '\0')
		return NULL;
	*ret_length = strcspn(tag, ",");
	*tags += *ret_length;
	*tags += **tags == ',';
	return tag;
}

void notes_finish(struct notes *notes)
{
	free(notes->items);
	buffer_finish(&notes->texts);
	*notes = (struct notes){0};
}

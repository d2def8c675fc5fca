#include "core/choice/catalogue.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/hash.h"
#include "core/base/mem.h"
#include "core/choice/quote_filter.h"
#include "core/library/author_key.h"

static uint64_t pair_of(uint32_t collection, uint32_t quote)
{
	return (uint64_t)collection << 32 | quote;
}

static int compare_pairs(const void *left, const void *right)
{
	const uint64_t *a = left;
	const uint64_t *b = right;
	return *a < *b ? -1 : *a > *b;
}

/* Returns the collection and quote of each row, the caller's to free. Without shares they are
 * sorted already. */
static uint64_t *find_pairs(
	const struct library *library, const struct selection *selection, size_t *ret_count)
{
	size_t count = 0;
	uint64_t *pairs = mem_resize(
		NULL, (size_t)library->store.count + library->share_count + 1, sizeof *pairs);
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		for (uint32_t j = 0; selection->files[i] != 0 && j < file->count; j++)
			pairs[count++] = pair_of(file->collection, file->first + j);
	}
	for (uint32_t i = 0; i < library->share_count; i++) {
		const struct library_share *share = &library->shares[i];
		if (selection->files[share->file] != 0)
			pairs[count++] =
				pair_of(library->files[share->file].collection, share->quote);
	}
	if (library->share_count > 0)
		qsort(pairs, count, sizeof *pairs, compare_pairs);
	*ret_count = count;
	return pairs;
}

/* A collection is listed although it has no quotes if it has a file that is shown. */
static void add_collections(struct catalogue *catalogue, const struct selection *selection)
{
	const struct library *library = catalogue->library;
	catalogue->collections =
		mem_alloc((library->collections->count + 1) * sizeof *catalogue->collections);
	for (uint32_t i = 0; i < library->file_count; i++) {
		uint32_t index = library->files[i].collection;
		uint32_t count = catalogue->collection_count;
		bool is_new = count == 0 || catalogue->collections[count - 1].index != index;
		if (selection->files[i] != 0 && is_new)
			catalogue->collections[catalogue->collection_count++].index = index;
	}
}

/* Adds it if it is new. */
static uint8_t number_of_language(struct catalogue *catalogue, const char *tag)
{
	uint32_t at = 0;
	while (at < catalogue->language_count && strcmp(catalogue->languages[at], tag) != 0)
		at++;
	if (at == CATALOGUE_LANGUAGES_MAX)
		return 0;
	if (at == catalogue->language_count)
		catalogue->languages[catalogue->language_count++] = tag;
	return (uint8_t)(at + 1);
}

/* Returns the language of each file, the caller's to free. */
static uint8_t *find_languages(struct catalogue *catalogue)
{
	const struct library *library = catalogue->library;
	uint8_t *numbers = mem_alloc((size_t)library->file_count + 1);
	catalogue->languages = mem_alloc(CATALOGUE_LANGUAGES_MAX * sizeof *catalogue->languages);
	for (uint32_t i = 0; i < library->file_count; i++) {
		if (library->files[i].language != NULL)
			numbers[i] = number_of_language(catalogue, library->files[i].language);
	}
	return numbers;
}

static void add_row(
	struct catalogue *catalogue, uint32_t index, bool is_repeat, const uint8_t *languages)
{
	struct quote quote = quote_store_get(&catalogue->library->store, index);
	size_t lines = quote_filter_lines(&quote);
	catalogue->rows[catalogue->row_count++] = (struct catalogue_row){
		.quote = index,
		.author = CATALOGUE_NONE,
		.characters = (uint32_t)quote_filter_characters(&quote),
		.lines = lines < UINT16_MAX ? (uint16_t)lines : UINT16_MAX,
		.is_repeat = is_repeat,
		.language = languages[library_file_of(catalogue->library, index)],
	};
	catalogue->quote_count += !is_repeat;
}

static void add_rows(struct catalogue *catalogue, const uint64_t *pairs, size_t count)
{
	unsigned char *seen = mem_alloc((size_t)catalogue->library->store.count + 1);
	struct catalogue_group *into = catalogue->collections;
	uint8_t *languages = find_languages(catalogue);
	catalogue->rows = mem_resize(NULL, count + 1, sizeof *catalogue->rows);
	for (size_t i = 0; i < count; i++) {
		uint32_t quote = (uint32_t)pairs[i];
		if (i > 0 && pairs[i] == pairs[i - 1])
			continue;
		while (into->index != pairs[i] >> 32)
			into++;
		if (into->count++ == 0)
			into->first = catalogue->row_count;
		add_row(catalogue, quote, seen[quote] != 0, languages);
		seen[quote] = 1;
	}
	free(languages);
	free(seen);
}

/* By the hash of the author's key, given for each row; two keys with the same hash do not happen.
 */
static int compare_named(const void *left, const void *right, void *hashes)
{
	const uint32_t *a = left;
	const uint32_t *b = right;
	const uint64_t *of = hashes;
	if (of[*a] != of[*b])
		return of[*a] < of[*b] ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

static void write_key(const struct catalogue *catalogue, uint32_t row, struct buffer *key)
{
	struct quote quote =
		quote_store_get(&catalogue->library->store, catalogue->rows[row].quote);
	buffer_clear(key);
	if (quote.author != NULL)
		author_key_append(quote.author, quote.author_length, key);
}

/* Lists the rows that name an author, those of an author together. Returns the hash of each row,
 * the caller's to free. */
static uint64_t *find_named(struct catalogue *catalogue, uint32_t *ret_count)
{
	struct buffer key = {0};
	size_t most = (size_t)catalogue->row_count + 1;
	uint64_t *hashes = mem_resize(NULL, most, sizeof *hashes);
	uint32_t *named = mem_resize(NULL, most, sizeof *named);
	uint32_t count = 0;
	for (uint32_t i = 0; i < catalogue->row_count; i++) {
		write_key(catalogue, i, &key);
		if (key.length == 0)
			continue;
		hashes[i] = hash_octets(key.data, key.length, 0);
		named[count++] = i;
	}
	qsort_r(named, count, sizeof *named, compare_named, hashes);
	catalogue->by_author = mem_resize(named, (size_t)count + 1, sizeof *named);
	buffer_finish(&key);
	*ret_count = count;
	return hashes;
}

/* Adds the key of each author, in the order of the \p count rows that are listed. */
static void find_keys(const struct catalogue *catalogue, const uint64_t *hashes, uint32_t count,
	struct strings *keys)
{
	struct buffer key = {0};
	for (uint32_t i = 0; i < count; i++) {
		uint32_t row = catalogue->by_author[i];
		if (i > 0 && hashes[row] == hashes[catalogue->by_author[i - 1]])
			continue;
		write_key(catalogue, row, &key);
		strings_add(keys, key.data);
	}
	buffer_finish(&key);
}

static int compare_keys(const void *left, const void *right, void *keys)
{
	const uint32_t *a = left;
	const uint32_t *b = right;
	char *const *of = keys;
	return strcmp(of[*a], of[*b]);
}

/* Returns the place of each of the keys among them all, the caller's to free. */
static uint32_t *rank(const struct strings *keys)
{
	uint32_t *places = mem_resize(NULL, keys->count + 1, sizeof *places);
	uint32_t *sorted = mem_resize(NULL, keys->count + 1, sizeof *sorted);
	for (uint32_t i = 0; i < keys->count; i++)
		sorted[i] = i;
	qsort_r(sorted, keys->count, sizeof *sorted, compare_keys, keys->items);
	for (uint32_t i = 0; i < keys->count; i++)
		places[sorted[i]] = i;
	free(sorted);
	return places;
}

/* Repeats leave the list. The first row of an author is never one: the collection before would have
 * it. */
static void fill_authors(
	struct catalogue *catalogue, const uint64_t *hashes, uint32_t count, const uint32_t *places)
{
	uint64_t hash = 0;
	struct catalogue_group *author = NULL;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t index = catalogue->by_author[i];
		struct catalogue_row *row = &catalogue->rows[index];
		if (author == NULL || hashes[index] != hash) {
			author = &catalogue->authors[places[catalogue->author_count++]];
			author->index = row->quote;
			author->first = catalogue->named_count;
			hash = hashes[index];
		}
		row->author = (uint32_t)(author - catalogue->authors);
		if (row->is_repeat)
			continue;
		catalogue->by_author[catalogue->named_count++] = index;
		author->count++;
	}
}

static void add_authors(struct catalogue *catalogue)
{
	uint32_t count;
	struct strings keys = {0};
	uint64_t *hashes = find_named(catalogue, &count);
	find_keys(catalogue, hashes, count, &keys);
	uint32_t *places = rank(&keys);
	catalogue->authors = mem_alloc((keys.count + 1) * sizeof *catalogue->authors);
	fill_authors(catalogue, hashes, count, places);
	strings_finish(&keys);
	free(places);
	free(hashes);
}

void catalogue_init(struct catalogue *catalogue, const struct library *library,
	const struct selection *selection)
{
	size_t count;
	*catalogue = (struct catalogue){.library = library};
	uint64_t *pairs = find_pairs(library, selection, &count);
	add_collections(catalogue, selection);
	add_rows(catalogue, pairs, count);
	free(pairs);
	add_authors(catalogue);
}

const char *catalogue_collection_name(const struct catalogue *catalogue, uint32_t collection)
{
	uint32_t index = catalogue->collections[collection].index;
	return catalogue->library->collections->items[index].name;
}

uint32_t catalogue_find_collection(const struct catalogue *catalogue, const char *name)
{
	uint32_t found = CATALOGUE_NONE;
	for (uint32_t i = catalogue->collection_count; i-- > 0;) {
		const char *other = catalogue_collection_name(catalogue, i);
		if (strcmp(other, name) == 0)
			return i;
		if (strcasecmp(other, name) == 0)
			found = i;
	}
	return found;
}

/* Compares only \p length octets of the key of an author. */
static int compare_author(
	const struct catalogue *catalogue, uint32_t author, const char *key, size_t length)
{
	struct buffer other = {0};
	struct quote quote =
		quote_store_get(&catalogue->library->store, catalogue->authors[author].index);
	author_key_append(quote.author, quote.author_length, &other);
	int order = strncmp(other.data, key, length);
	buffer_finish(&other);
	return order;
}

/* Returns the first author whose key is not below, or with \p after above, \p length octets of
 * \p key. */
static uint32_t bound(const struct catalogue *catalogue, const char *key, size_t length, bool after)
{
	uint32_t low = 0;
	uint32_t high = catalogue->author_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (compare_author(catalogue, middle, key, length) < (int)after)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t catalogue_find_author(const struct catalogue *catalogue, const char *name)
{
	struct buffer key = {0};
	uint32_t found = CATALOGUE_NONE;
	author_key_append(name, strlen(name), &key);
	if (key.length > 0) {
		uint32_t at = bound(catalogue, key.data, key.length + 1, false);
		if (at < catalogue->author_count &&
			compare_author(catalogue, at, key.data, key.length + 1) == 0)
			found = at;
	}
	buffer_finish(&key);
	return found;
}

uint32_t catalogue_find_authors(
	const struct catalogue *catalogue, const char *prefix, uint32_t *ret_first)
{
	struct buffer key = {0};
	buffer_append(&key, "", 0);
	author_key_append(prefix, strlen(prefix), &key);
	bool is_none = key.length == 0 && *prefix != '\0';
	*ret_first = is_none ? 0 : bound(catalogue, key.data, key.length, false);
	uint32_t end = is_none ? 0 : bound(catalogue, key.data, key.length, true);
	buffer_finish(&key);
	return end - *ret_first;
}

uint32_t catalogue_collection_of(const struct catalogue *catalogue, uint32_t row)
{
	uint32_t at = 0;
	while (row - catalogue->collections[at].first >= catalogue->collections[at].count)
		at++;
	return at;
}

static int compare_row(const void *key, const void *row)
{
	const uint32_t *quote = key;
	const struct catalogue_row *other = row;
	return *quote < other->quote ? -1 : *quote > other->quote;
}

uint32_t catalogue_row_of(const struct catalogue *catalogue, uint32_t quote, uint32_t collection)
{
	for (uint32_t i = 0; i < catalogue->collection_count; i++) {
		const struct catalogue_group *of = &catalogue->collections[i];
		if (collection != CATALOGUE_NONE && collection != i)
			continue;
		const struct catalogue_row *row = bsearch(
			&quote, catalogue->rows + of->first, of->count, sizeof *row, compare_row);
		if (row != NULL)
			return (uint32_t)(row - catalogue->rows);
	}
	return CATALOGUE_NONE;
}

uint32_t catalogue_row_with(const struct catalogue *catalogue, uint64_t id, uint32_t collection)
{
	const struct library *library = catalogue->library;
	if (library == NULL)
		return CATALOGUE_NONE;
	uint32_t at = id_index_position(&library->store, id);
	if (at == library->store.count || library->store.quotes[library->store.order[at]].id != id)
		return CATALOGUE_NONE;
	return catalogue_row_of(catalogue, library->store.order[at], collection);
}

void catalogue_finish(struct catalogue *catalogue)
{
	free(catalogue->rows);
	free(catalogue->collections);
	free(catalogue->authors);
	free(catalogue->by_author);
	free(catalogue->languages);
	*catalogue = (struct catalogue){0};
}

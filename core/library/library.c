#include "core/library/library.h"

#include <stdlib.h>

#include "core/base/mem.h"

struct library *library_create(struct collections *collections)
{
	struct library *library = mem_alloc(sizeof *library);
	library->references = 1;
	library->collections = collections_hold(collections);
	library->shares = mem_alloc(sizeof *library->shares); /* so that it is never NULL */
	return library;
}

uint32_t library_file_of(const struct library *library, uint32_t quote)
{
	uint32_t low = 0;
	uint32_t high = library->file_count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (library->files[middle].first <= quote)
			low = middle;
		else
			high = middle;
	}
	/* If several files begin at the same quote, the last one holds it and the others are
	 * empty. */
	return low;
}

struct quote library_quote(const struct library *library, uint32_t index)
{
	struct quote quote = quote_store_get(&library->store, index);
	quote.language = library->files[library_file_of(library, index)].language;
	quote.tags = notes_find_tags(&library->notes, quote.id);
	return quote;
}

const struct library_share *library_shares_of(
	const struct library *library, uint32_t quote, uint32_t *ret_count)
{
	uint32_t low = 0;
	uint32_t high = library->share_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (library->shares[middle].quote < quote)
			low = middle + 1;
		else
			high = middle;
	}
	uint32_t end = low;
	while (end < library->share_count && library->shares[end].quote == quote)
		end++;
	*ret_count = end - low;
	return library->shares + low;
}

struct library *library_hold(struct library *library)
{
	atomic_fetch_add(&library->references, 1);
	return library;
}

void library_release(struct library *library)
{
	if (library == NULL || atomic_fetch_sub(&library->references, 1) > 1)
		return;
	for (uint32_t i = 0; i < library->file_count; i++) {
		free(library->files[i].path);
		free(library->files[i].language);
	}
	free(library->files);
	free(library->shares);
	strings_finish(&library->passed_over);
	notes_finish(&library->notes);
	quote_store_finish(&library->store);
	collections_release(library->collections);
	free(library);
}

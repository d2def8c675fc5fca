#include "core/library/library_weed.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"

/* The removal of duplicates in progress. */
struct weeding {
	struct library *library;
	unsigned char *removed;
	uint32_t removed_count;
	struct strings *warnings;
};

static bool has_share(const struct library *library, uint32_t quote, uint32_t file)
{
	const struct library_share *last = library->shares + library->share_count;
	for (uint32_t i = library->share_count; i > 0 && (--last)->quote == quote; i--)
		if (last->file == file)
			return true;
	return false;
}

/* Marks a later quote that has the id of an earlier one for removal. */
static void weed(struct weeding *weeding, uint32_t kept, uint32_t quote)
{
	struct library *library = weeding->library;
	struct quote first = quote_store_get(&library->store, kept);
	struct quote later = quote_store_get(&library->store, quote);
	uint32_t file = library_file_of(library, quote);
	bool same =
		first.length == later.length && memcmp(first.text, later.text, first.length) == 0;
	weeding->removed[quote] = 1;
	weeding->removed_count++;
	if (!same) {
		char id[QUOTE_ID_LENGTH + 1];
		quote_id_format(first.id, id);
		char *sentence = mem_format(
			"%s: a quote is left out because a different one has the same id, %s",
			library->files[file].path, id);
		strings_add(weeding->warnings, sentence);
		free(sentence);
		return;
	}
	library->files[file].duplicates++;
	if (file == library_file_of(library, kept) || has_share(library, kept, file))
		return;
	library->shares = mem_grow(library->shares, library->share_count, sizeof *library->shares);
	library->shares[library->share_count++] =
		(struct library_share){.quote = kept, .file = file, .order = quote};
	library->files[file].shared++;
}

static void find_duplicates(struct weeding *weeding)
{
	const struct library *library = weeding->library;
	const uint32_t *order = library->ids.order;
	uint32_t kept = 0;
	for (uint32_t i = 1; i < library->store.count; i++) {
		const struct stored_quote *quotes = library->store.quotes;
		if (quotes[order[i]].id == quotes[order[kept]].id)
			weed(weeding, order[kept], order[i]);
		else
			kept = i;
	}
}

static int compare_shares(const void *left, const void *right)
{
	const struct library_share *a = left;
	const struct library_share *b = right;
	if (a->quote != b->quote)
		return a->quote < b->quote ? -1 : 1;
	return a->file < b->file ? -1 : a->file > b->file;
}

/* Every index of a quote drops by the number of quotes removed before it. */
static void close_gaps(struct weeding *weeding)
{
	struct library *library = weeding->library;
	uint32_t *moved = mem_resize(NULL, (size_t)library->store.count + 1, sizeof *moved);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < library->store.count; i++) {
		moved[i] = kept;
		kept += weeding->removed[i] == 0;
	}
	moved[library->store.count] = kept;
	for (uint32_t i = 0; i < library->file_count; i++) {
		struct library_file *file = &library->files[i];
		file->count = moved[file->first + file->count] - moved[file->first];
		file->first = moved[file->first];
	}
	for (uint32_t i = 0; i < library->share_count; i++) {
		struct library_share *share = &library->shares[i];
		share->quote = moved[share->quote];
		share->before = moved[share->order];
	}
	if (library->share_count > 0)
		qsort(library->shares, library->share_count, sizeof *library->shares,
			compare_shares);
	quote_store_remove(&library->store, weeding->removed);
	free(moved);
}

void library_weed(struct library *library, struct strings *warnings)
{
	struct weeding weeding = {.library = library, .warnings = warnings};
	id_index_build(&library->ids, &library->store);
	weeding.removed = mem_alloc((size_t)library->store.count + 1);
	find_duplicates(&weeding);
	if (weeding.removed_count > 0) {
		close_gaps(&weeding);
		id_index_finish(&library->ids);
		id_index_build(&library->ids, &library->store);
	}
	free(weeding.removed);
	notes_sort(&library->notes);
	quote_store_trim(&library->store);
}

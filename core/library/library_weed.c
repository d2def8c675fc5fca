#include "core/library/library_weed.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"

static bool has_share(const struct library *library, uint32_t quote, uint32_t file)
{
	const struct library_share *last = library->shares + library->share_count;
	for (uint32_t i = library->share_count; i > 0 && (--last)->quote == quote; i--)
		if (last->file == file)
			return true;
	return false;
}

static void warn_of_id(const struct library *library, uint32_t quote, struct strings *warnings)
{
	char id[QUOTE_ID_LENGTH + 1];
	quote_id_format(library->store.quotes[quote].id, id);
	char *sentence =
		mem_format("%s: a quote is left out because a different one has the same id, %s",
			library->files[library_file_of(library, quote)].path, id);
	strings_add(warnings, sentence);
	free(sentence);
}

static bool have_same_text(const struct library *library, uint32_t left, uint32_t right)
{
	struct quote a = quote_store_get(&library->store, left);
	struct quote b = quote_store_get(&library->store, right);
	return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

/* Notes that the file of a later quote has an earlier one. */
static void share(struct library *library, uint32_t kept, uint32_t quote)
{
	uint32_t file = library_file_of(library, quote);
	library->files[file].duplicates++;
	if (file == library_file_of(library, kept) || has_share(library, kept, file))
		return;
	library->shares = mem_grow(library->shares, library->share_count, sizeof *library->shares);
	library->shares[library->share_count++] =
		(struct library_share){.quote = kept, .file = file, .order = quote};
	library->files[file].shared++;
}

/* Marks later quotes that have the id of an earlier one for removal, and returns whether there are
 * any. */
static bool find_duplicates(
	struct library *library, unsigned char *removed, struct strings *warnings)
{
	const uint32_t *order = library->store.order;
	const struct stored_quote *quotes = library->store.quotes;
	uint32_t kept = 0;
	bool any = false;
	for (uint32_t i = 1; i < library->store.count; i++) {
		if (quotes[order[i]].id != quotes[order[kept]].id) {
			kept = i;
			continue;
		}
		any = true;
		removed[order[i]] = 1;
		if (have_same_text(library, order[kept], order[i]))
			share(library, order[kept], order[i]);
		else
			warn_of_id(library, order[i], warnings);
	}
	return any;
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
static void close_gaps(struct library *library, const unsigned char *removed)
{
	uint32_t *moved = mem_resize(NULL, (size_t)library->store.count + 1, sizeof *moved);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < library->store.count; i++) {
		moved[i] = kept;
		kept += removed[i] == 0;
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
	quote_store_remove(&library->store, removed);
	free(moved);
}

void library_weed(struct library *library, struct strings *warnings)
{
	unsigned char *removed = mem_alloc((size_t)library->store.count + 1);
	id_index_build(&library->store);
	if (find_duplicates(library, removed, warnings)) {
		close_gaps(library, removed);
		id_index_build(&library->store);
	}
	free(removed);
	notes_sort(&library->notes);
	quote_store_trim(&library->store);
}

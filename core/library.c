#include "core/library.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/quote_id.h"
#include "core/source.h"

struct library_file *library_begin_file(struct library *library, const char *path)
{
	library->files =
		mem_resize(library->files, library->file_count + 1, sizeof *library->files);
	struct library_file *file = &library->files[library->file_count++];
	char *copy = mem_strdup(path);
	const char *slash = strrchr(copy, '/');
	*file = (struct library_file){
		.path = copy,
		.name = slash != NULL && slash[1] != '\0' ? slash + 1 : copy,
		.collection = library->loading,
		.first = library->store.count,
	};
	return file;
}

bool library_add(struct library *library, const char *text, size_t length)
{
	if (!quote_store_add(&library->store, text, length))
		return false;
	library->files[library->file_count - 1].count++;
	return true;
}

void library_empty_file(struct library *library)
{
	struct library_file *file = &library->files[library->file_count - 1];
	quote_store_cut(&library->store, file->first);
	file->count = 0;
}

bool library_is_cancelled(const struct library *library)
{
	return library->cancel != NULL && atomic_load(library->cancel);
}

bool library_had_file(const struct library *library, const char *path)
{
	const struct library *before = library->before;
	for (uint32_t i = 0; before != NULL && i < before->file_count; i++)
		if (strcmp(before->files[i].path, path) == 0)
			return before->files[i].report.quotes > 0;
	return false;
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
	/* Of files that begin with the same quote, the last one has it: the others are empty. */
	return low;
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

/* What is taken out while duplicates are looked for. */
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

/* Takes out a later quote with the id of an earlier one. */
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
		char *sentence = mem_format("%s: a quote is left out, as another one has its id %s",
			library->files[file].path, id);
		strings_add(weeding->warnings, sentence);
		free(sentence);
		return;
	}
	library->files[file].duplicates++;
	if (file == library_file_of(library, kept) || has_share(library, kept, file))
		return;
	library->shares =
		mem_resize(library->shares, library->share_count + 1, sizeof *library->shares);
	library->shares[library->share_count++] = (struct library_share){kept, file};
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

/* Closes the gaps: every index of a quote moves down by the quotes removed before it. */
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
	for (uint32_t i = 0; i < library->share_count; i++)
		library->shares[i].quote = moved[library->shares[i].quote];
	if (library->share_count > 0)
		qsort(library->shares, library->share_count, sizeof *library->shares,
			compare_shares);
	quote_store_remove(&library->store, weeding->removed);
	free(moved);
}

static void index_quotes(struct library *library, struct strings *warnings)
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
	quote_store_trim(&library->store);
}

static bool is_ended(const struct library *library, struct error *reterr)
{
	if (!library_is_cancelled(library))
		return false;
	error_set(reterr, "quotes: loading was ended");
	return true;
}

static bool load_collection(struct library *library, struct strings *warnings, struct error *reterr)
{
	const struct collection_options *options =
		library->collections->items[library->loading].options;
	for (size_t i = 0; i < options->sources.count; i++) {
		const char *name = NULL;
		const struct source_ops *source =
			source_find(options->sources.items[i], &name, reterr);
		if (source == NULL || !source->load(name, options, library, warnings, reterr) ||
			is_ended(library, reterr))
			return false;
	}
	return true;
}

static bool load_all(struct library *library, struct strings *warnings, struct error *reterr)
{
	const struct collections *collections = library->collections;
	size_t sources = 0;
	for (size_t i = 0; i < collections->count; i++) {
		library->loading = (uint32_t)i;
		sources += collections->items[i].options->sources.count;
		if (!load_collection(library, warnings, reterr))
			return false;
	}
	if (library->store.count > 0 || library->commands > 0)
		return true;
	if (sources == 0)
		error_set(reterr, "quotes: no source is named; write static:TEXT or fortune:PATH");
	else
		error_set(reterr, "quotes: no quote in %s%s",
			collections->items[0].options->sources.items[0],
			sources > 1 ? " and the other sources" : "");
	return false;
}

static struct library *load(const struct collections *collections, const struct library *before,
	const atomic_bool *cancel, struct strings *warnings, struct error *reterr)
{
	struct library *library = mem_alloc(sizeof *library);
	library->references = 1;
	library->collections = collections;
	library->before = before;
	library->cancel = cancel;
	library->shares = mem_alloc(sizeof *library->shares); /* never NULL, if empty */
	/* Before reading: what changes meanwhile is seen as a change. */
	library->fingerprint = library_look(collections, NULL);
	bool loaded = load_all(library, warnings, reterr);
	if (loaded)
		index_quotes(library, warnings);
	if (!loaded || is_ended(library, reterr)) {
		library_release(library);
		return NULL;
	}
	library->before = NULL;
	library->cancel = NULL;
	return library;
}

struct library *library_load(const struct collections *collections, const struct library *before,
	struct strings *warnings, struct error *reterr)
{
	if (!collections_check(collections, reterr))
		return NULL;
	return load(collections, before, NULL, warnings, reterr);
}

struct library *library_reload(const struct library *before, const atomic_bool *cancel,
	struct strings *warnings, struct error *reterr)
{
	return load(before->collections, before, cancel, warnings, reterr);
}

uint64_t library_look(const struct collections *collections, struct strings *ret_watched)
{
	uint64_t mark = 0;
	for (size_t i = 0; i < collections->count; i++) {
		const struct collection_options *options = collections->items[i].options;
		for (size_t j = 0; j < options->sources.count; j++) {
			const char *name = NULL;
			const struct source_ops *source =
				source_find(options->sources.items[j], &name, NULL);
			if (source != NULL && source->look != NULL)
				mark = source->look(name, options, mark, ret_watched);
		}
	}
	if (ret_watched != NULL)
		strings_sort(ret_watched);
	return mark;
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
	for (uint32_t i = 0; i < library->file_count; i++)
		free(library->files[i].path);
	free(library->files);
	free(library->shares);
	id_index_finish(&library->ids);
	quote_store_finish(&library->store);
	free(library);
}

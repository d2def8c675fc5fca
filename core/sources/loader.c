#include "core/sources/loader.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/library/language.h"
#include "core/library/library_weed.h"
#include "core/sources/source.h"

static char *language_of(const struct loader *loader, const char *path)
{
	const char *language = collection_language(loader->collection);
	if (language != NULL)
		return mem_strdup(language);
	return loader->only_counts ? NULL : language_guess(path);
}

struct library_file *loader_begin_file(struct loader *loader, const char *path)
{
	struct library *library = loader->library;
	library->files = mem_grow(library->files, library->file_count, sizeof *library->files);
	struct library_file *file = &library->files[library->file_count++];
	loader->notes = library->notes.count;
	char *copy = mem_strdup(path);
	const char *slash = strrchr(copy, '/');
	*file = (struct library_file){
		.path = copy,
		.name = slash != NULL && slash[1] != '\0' ? slash + 1 : copy,
		.language = language_of(loader, path),
		.collection = loader->index,
		.first = library->store.count,
	};
	return file;
}

bool loader_add(struct loader *loader, const char *text, size_t length)
{
	struct library *library = loader->library;
	if (loader->only_counts)
		return loader_add_unread(loader, 1);
	if (!quote_store_add(&library->store, text, length))
		return false;
	library->files[library->file_count - 1].count++;
	return true;
}

bool loader_add_unread(struct loader *loader, size_t count)
{
	struct library *library = loader->library;
	if (!quote_store_add_unread(&library->store, count))
		return false;
	library->files[library->file_count - 1].count += (uint32_t)count;
	return true;
}

void loader_empty_file(struct loader *loader)
{
	struct library *library = loader->library;
	struct library_file *file = &library->files[library->file_count - 1];
	quote_store_cut(&library->store, file->first);
	notes_cut(&library->notes, loader->notes);
	file->count = 0;
}

void loader_pass_over(struct loader *loader, const char *reason)
{
	struct library *library = loader->library;
	struct library_file *file = &library->files[--library->file_count];
	char *sentence = mem_format("%s: %s", file->path, reason);
	strings_add(&library->passed_over, sentence);
	free(sentence);
	free(file->path);
	free(file->language);
}

bool loader_wants(const struct loader *loader, const char *path)
{
	const struct library_file *only = loader->only;
	if (loader->only_looks)
		return false;
	return only == NULL || (only->collection == loader->index && strcmp(only->path, path) == 0);
}

bool loader_is_cancelled(const struct loader *loader)
{
	return loader->cancel != NULL && atomic_load(loader->cancel);
}

bool loader_had_file(const struct loader *loader, const char *path)
{
	const struct library *before = loader->before;
	for (uint32_t i = 0; before != NULL && i < before->file_count; i++)
		if (strcmp(before->files[i].path, path) == 0)
			return before->files[i].report.quotes > 0;
	return false;
}

/* The collection "quotes" is that of the setting of this name, or of the command line. */
static void add_problem(
	struct strings *problems, const struct collection *collection, const char *reason)
{
	bool is_plain = strcmp(collection->name, "quotes") == 0;
	char *problem = is_plain ? mem_format("quotes: %s", reason)
				 : mem_format("collection \"%s\": %s", collection->name, reason);
	strings_add(problems, problem);
	free(problem);
}

static void load_collection(struct loader *loader, struct strings *problems)
{
	const struct strings *sources = &loader->collection->sources;
	for (size_t i = 0; i < sources->count && !loader_is_cancelled(loader); i++) {
		const char *name = NULL;
		struct error error;
		source_load *load = source_find(sources->items[i], &name, &error);
		loader->lost = false;
		if (load == NULL || !load(name, loader, &error))
			add_problem(problems, loader->collection, error.text);
	}
}

static bool has_something(const struct library *library)
{
	for (size_t i = 0; i < library->collections->count; i++)
		if (collection_command(&library->collections->items[i]) != NULL)
			return true;
	return library->store.count > 0;
}

static void explain_nothing(const struct collections *collections, struct error *reterr)
{
	size_t sources = 0;
	const char *first = NULL;
	for (size_t i = 0; i < collections->count; i++) {
		const struct strings *named = &collections->items[i].sources;
		sources += named->count;
		if (first == NULL && named->count > 0)
			first = named->items[0];
	}
	if (first == NULL)
		error_set(reterr,
			"collection \"%s\": no sources are given; write static:TEXT or "
			"fortune:PATH",
			collections->items[0].name);
	else
		error_set(reterr, "quotes: there are no quotes in %s%s", first,
			sources > 1 ? " or the other sources" : "");
}

static void load_all(struct loader *loader, struct strings *problems)
{
	const struct collections *collections = loader->library->collections;
	for (size_t i = 0; i < collections->count; i++) {
		loader->index = (uint32_t)i;
		loader->collection = &collections->items[i];
		load_collection(loader, problems);
	}
}

static void check_all(const struct loader *loader, size_t before, struct strings *problems)
{
	struct error error;
	if (problems->count > before || has_something(loader->library))
		return;
	explain_nothing(loader->library->collections, &error);
	strings_add(problems, error.text);
}

struct library *loader_try(
	struct loader *loader, struct collections *collections, struct strings *problems)
{
	struct error error;
	size_t known = problems->count;
	loader->library = library_create(collections);
	if (!collections_check(collections, &error))
		strings_add(problems, error.text);
	load_all(loader, problems);
	if (loader_is_cancelled(loader)) {
		strings_add(problems, "quotes: loading was cancelled");
		library_release(loader->library);
		return NULL;
	}
	check_all(loader, known, problems);
	if (!loader->only_counts)
		library_weed(loader->library, loader->warnings);
	return loader->library;
}

struct library *loader_load(
	struct loader *loader, struct collections *collections, struct error *reterr)
{
	struct strings problems = {0};
	struct library *library = loader_try(loader, collections, &problems);
	if (problems.count > 0) {
		error_set(reterr, "%s", problems.items[0]);
		library_release(library);
		library = NULL;
	}
	strings_finish(&problems);
	return library;
}

uint64_t loader_look(struct collections *collections, struct strings *ret_watched)
{
	struct strings ignored = {0};
	struct loader loader = {.warnings = &ignored,
		.only_looks = true,
		.library = library_create(collections),
		.watched = ret_watched};
	load_all(&loader, &ignored);
	uint64_t fingerprint = loader.library->fingerprint;
	if (ret_watched != NULL)
		strings_sort(ret_watched);
	library_release(loader.library);
	strings_finish(&ignored);
	return fingerprint;
}

#include "core/search/search_scope.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

static bool is_whole(
	const struct library *library, const struct selection *selection, uint32_t collection)
{
	bool any = false;
	for (uint32_t i = 0; i < library->file_count; i++) {
		if (library->files[i].collection != collection)
			continue;
		if (selection->files[i] == 0)
			return false;
		any = true;
	}
	return any;
}

/* Returns the language that all files of a collection have, or NULL. */
static const char *common_language(const struct library *library, uint32_t collection)
{
	const char *common = NULL;
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		if (file->collection != collection)
			continue;
		if (file->language == NULL ||
			(common != NULL && strcmp(common, file->language) != 0))
			return NULL;
		common = file->language;
	}
	return common;
}

static void add(
	struct search_scope *scope, const char *collection, const char *file, const char *language)
{
	scope->places[scope->count++] = (struct search_place){collection, file, language};
}

void search_scope_init(struct search_scope *scope, const struct library *library,
	const struct selection *selection)
{
	const struct collections *collections = library->collections;
	size_t most = library->file_count + collections->count;
	*scope = (struct search_scope){.places = mem_alloc((most + 1) * sizeof *scope->places)};
	uint32_t file = 0;
	for (uint32_t i = 0; i < collections->count; i++) {
		const char *name = collections->items[i].name;
		if (is_whole(library, selection, i))
			add(scope, name, NULL, common_language(library, i));
		for (; file < library->file_count && library->files[file].collection == i; file++)
			if (selection->files[file] != 0)
				add(scope, name, library->files[file].name,
					library->files[file].language);
			else
				scope->confined = true;
	}
}

size_t search_scope_after(const struct search_scope *scope, size_t index)
{
	const char *collection = scope->places[index].collection;
	bool whole = scope->places[index].file == NULL;
	index++;
	while (whole && index < scope->count && scope->places[index].collection == collection)
		index++;
	return index;
}

void search_scope_finish(struct search_scope *scope)
{
	free(scope->places);
	*scope = (struct search_scope){0};
}

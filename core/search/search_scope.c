#include "core/search/search_scope.h"

#include <stdlib.h>

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

static void add(struct search_scope *scope, const char *collection, const char *file)
{
	scope->places[scope->count++] = (struct search_place){collection, file};
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
			add(scope, name, NULL);
		for (; file < library->file_count && library->files[file].collection == i; file++)
			if (selection->files[file] != 0)
				add(scope, name, library->files[file].name);
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

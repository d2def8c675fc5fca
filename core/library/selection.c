#include "core/library/selection.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/suggest.h"

static const struct collection *collection_of(const struct library *library, uint32_t file)
{
	return &library->collections->items[library->files[file].collection];
}

static bool is_command(const struct library *library, size_t collection)
{
	return collection_command(&library->collections->items[collection]) != NULL;
}

static void select_public(struct selection *selection, const struct library *library)
{
	for (uint32_t i = 0; i < library->file_count; i++)
		selection->files[i] = !collection_of(library, i)->is_private;
	for (size_t i = 0; i < library->collections->count; i++)
		selection->commands[i] =
			is_command(library, i) && !library->collections->items[i].is_private;
}

/* A collection without files is found all the same. */
static bool select_collection(
	struct selection *selection, const struct library *library, const char *name)
{
	uint32_t index = 0;
	while (strcmp(library->collections->items[index].name, name) != 0)
		if (++index == library->collections->count)
			return false;
	selection->commands[index] |= is_command(library, index);
	for (uint32_t i = 0; i < library->file_count; i++)
		selection->files[i] |= library->files[i].collection == index;
	return true;
}

/* Whether the name is "collection/file", or "file" if the collection is not private. */
static bool names_file(const struct library *library, uint32_t file, const char *name)
{
	const struct collection *collection = collection_of(library, file);
	const char *of_file = library->files[file].name;
	size_t length = strlen(collection->name);
	if (strcmp(name, of_file) == 0 && !collection->is_private)
		return true;
	return strncmp(name, collection->name, length) == 0 && name[length] == '/' &&
	       strcmp(name + length + 1, of_file) == 0;
}

static bool select_files(
	struct selection *selection, const struct library *library, const char *name)
{
	bool found = false;
	for (uint32_t i = 0; i < library->file_count; i++) {
		bool named = names_file(library, i, name);
		found |= named;
		selection->files[i] |= named;
	}
	return found;
}

static void explain_unknown(const struct library *library, const char *name, struct error *reterr)
{
	struct suggestion meant = {.word = name};
	for (size_t i = 0; i < library->collections->count; i++)
		suggest_offer(&meant, library->collections->items[i].name);
	for (uint32_t i = 0; i < library->file_count; i++)
		suggest_offer(&meant, library->files[i].name);
	if (meant.nearest != NULL)
		error_set(reterr, "collections: no such collection '%s'; did you mean '%s'?", name,
			meant.nearest);
	else
		error_set(reterr, "collections: no such collection '%s'; see 'quoted list'", name);
}

bool selection_init(struct selection *selection, const struct library *library,
	const struct strings *names, struct error *reterr)
{
	selection->files = mem_alloc((size_t)library->file_count + 1);
	selection->commands = mem_alloc(library->collections->count + 1);
	if (names != NULL && names->count == 0)
		select_public(selection, library);
	for (size_t i = 0; names != NULL && i < names->count; i++) {
		if (select_collection(selection, library, names->items[i]) ||
			select_files(selection, library, names->items[i]))
			continue;
		explain_unknown(library, names->items[i], reterr);
		selection_finish(selection);
		return false;
	}
	return true;
}

bool selection_has(const struct selection *selection, const struct library *library, uint32_t quote)
{
	if (selection->files[library_file_of(library, quote)] != 0)
		return true;
	uint32_t count;
	const struct library_share *shares = library_shares_of(library, quote, &count);
	for (uint32_t i = 0; i < count; i++)
		if (selection->files[shares[i].file] != 0)
			return true;
	return false;
}

int selection_find(const struct selection *selection, const struct library *library, uint64_t first,
	uint64_t last, struct quote *ret_quote)
{
	int found = 0;
	uint32_t at = id_index_position(&library->store, first);
	for (; at < library->store.count && found < 2; at++) {
		uint32_t index = library->store.order[at];
		if (library->store.quotes[index].id > last)
			break;
		if (!selection_has(selection, library, index))
			continue;
		*ret_quote = library_quote(library, index);
		found++;
	}
	return found;
}

void selection_finish(struct selection *selection)
{
	free(selection->files);
	free(selection->commands);
	*selection = (struct selection){0};
}

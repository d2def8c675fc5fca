#include "core/strings.h"

#include <stdlib.h>

#include "core/mem.h"

void strings_add(struct strings *list, const char *text)
{
	list->items = mem_resize(list->items, list->count + 1, sizeof *list->items);
	list->items[list->count++] = mem_strdup(text);
}

void strings_finish(struct strings *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i]);
	free(list->items);
	*list = (struct strings){0};
}

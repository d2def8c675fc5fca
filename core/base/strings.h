/** A growable list of strings. */
#ifndef QUOTED_CORE_BASE_STRINGS_H
#define QUOTED_CORE_BASE_STRINGS_H

#include <stddef.h>

/** All zero is an empty list. Owns its items. */
struct strings {
	char **items;
	size_t count;
};

/** Appends a copy of \p text. */
void strings_add(struct strings *list, const char *text);

/** Sorts the list by octets and removes duplicates. */
void strings_sort(struct strings *list);

/** Frees every item; the list is empty afterwards. */
void strings_finish(struct strings *list);

#endif

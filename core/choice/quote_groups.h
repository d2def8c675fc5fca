/** Divides the draws among groups of files and commands, by weight. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_GROUPS_H
#define QUOTED_CORE_CHOICE_QUOTE_GROUPS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/library/library.h"
#include "core/library/selection.h"

/** Stands for no group, and for no command. */
#define QUOTE_GROUPS_NONE UINT32_MAX

/** A weight that stands for the number of quotes in the group. */
enum { QUOTE_GROUPS_BY_COUNT = 0 };

/** Quotes that are drawn with the same chance, or a command. */
struct quote_group {
	uint64_t weight;  /* QUOTE_GROUPS_BY_COUNT or the weight itself; in a view, a sum: see
			     quote_view.h */
	uint32_t command; /* index of its collection; QUOTE_GROUPS_NONE: it has files */
	uint32_t first;   /* place of its first quote in a view */
	uint32_t count;   /* of its quotes that fit the view */
};

/**
 * Groups the files and commands of \p selection as the collections are configured: every file with
 * the same weight, or an equal part of a percentage; by percent, and the collections without one
 * share what the selected ones leave, by number of quotes; by weight, 1 if none is set; or every
 * quote with the same chance, a command counting as one quote. The share of a group with nothing to
 * draw falls to the others.
 *
 * Returns the groups, those of commands last, and sets \p ret_of_file to the group of each file:
 * QUOTE_GROUPS_NONE if it is not shown. Both arrays are the caller's to free.
 */
struct quote_group *quote_groups_make(const struct library *library,
	const struct selection *selection, uint32_t *ret_count, uint32_t **ret_of_file);

/** Returns whether share \p index of the library adds its quote to the group of its file, given
 * the group of each file: neither the file that holds the quote nor that of an earlier share is in
 * that group. */
bool quote_groups_gains(const struct library *library, const uint32_t *of_file, uint32_t index);

#endif

/** Who gets which part of the draws: files in groups with weights. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_GROUPS_H
#define QUOTED_CORE_CHOICE_QUOTE_GROUPS_H

#include <stdint.h>

#include "core/library/library.h"
#include "core/library/selection.h"

/** No group, and no command. */
#define QUOTE_GROUPS_NONE UINT32_MAX

/** The weight of a group is its number of quotes. */
enum { QUOTE_GROUPS_BY_COUNT = 0 };

/** A group before anybody knows what fits. */
struct quote_group_plan {
	uint32_t weight;  /* QUOTE_GROUPS_BY_COUNT, or exact */
	uint32_t command; /* the collection whose command it is; QUOTE_GROUPS_NONE: of files */
};

/** The groups; those of commands come last. */
struct quote_groups {
	struct quote_group_plan *plans;
	uint32_t count;
	uint32_t *of_file; /* of each file of the library */
};

/**
 * Plans the draws from \p selection, as the collections want them: every file alike; by percent,
 * where the collections without one share by number of quotes what those selected leave; by weight,
 * 1 where none is given; or every quote alike, where a command counts as one quote. A chance that
 * nobody can take falls to the others.
 */
void quote_groups_init(struct quote_groups *groups, const struct library *library,
	const struct selection *selection);

/**
 * Returns whether share \p index of the library adds its quote to the group of its file: whether
 * the group has not got it by the quote's own file or by an earlier share.
 */
bool quote_groups_gains(
	const struct quote_groups *groups, const struct library *library, uint32_t index);

/** Frees it. */
void quote_groups_finish(struct quote_groups *groups);

#endif

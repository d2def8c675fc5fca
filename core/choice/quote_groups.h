/** Who gets which part of the draws: files in groups with weights. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_GROUPS_H
#define QUOTED_CORE_CHOICE_QUOTE_GROUPS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/library/library.h"
#include "core/library/selection.h"

/** No group, and no command. */
#define QUOTE_GROUPS_NONE UINT32_MAX

/** The weight of a group is its number of quotes. */
enum { QUOTE_GROUPS_BY_COUNT = 0 };

/** Quotes that are drawn alike, or a command. */
struct quote_group {
	uint64_t weight;  /* QUOTE_GROUPS_BY_COUNT, or exact; in a view: see quote_view.h */
	uint32_t command; /* the collection whose command it is; QUOTE_GROUPS_NONE: of files */
	uint32_t first;   /* of its quotes in a view's indices */
	uint32_t count;   /* of these */
};

/** The groups; those of commands come last. */
struct quote_groups {
	struct quote_group *items;
	uint32_t count;
	uint32_t *of_file; /* of each file of the library; QUOTE_GROUPS_NONE: it is not shown */
};

/**
 * Plans the draws from \p selection, as the collections want them: every file alike; by percent,
 * the collections without one sharing by number of quotes what those selected leave; by weight, 1
 * if none is given; or every quote alike, a command counting as one quote. A chance that no group
 * can take falls to the others.
 */
void quote_groups_init(struct quote_groups *groups, const struct library *library,
	const struct selection *selection);

/** Returns whether the quote of share \p index of the library comes into the group of its file by
 * that share: neither the quote's own file nor an earlier share has brought it there. */
bool quote_groups_gains(
	const struct quote_groups *groups, const struct library *library, uint32_t index);

/** Returns whether the quote of share \p index is in any group by its own file or by an earlier
 * share. */
bool quote_groups_has(
	const struct quote_groups *groups, const struct library *library, uint32_t index);

/** Frees it. */
void quote_groups_finish(struct quote_groups *groups);

#endif

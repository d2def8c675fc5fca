/** What may be drawn for each way of asking, remembered. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_VIEWS_H
#define QUOTED_CORE_CHOICE_QUOTE_VIEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/choice/quote_filter.h"
#include "core/choice/render.h"
#include "core/library/library.h"
#include "core/library/selection.h"

/** Ways of asking remembered at once of one wire; the one not used for longest is forgotten for the
 * next. */
enum { QUOTE_VIEWS_MAX = 24 };

/** A way of asking. */
struct quote_view_key {
	struct quote_fit fit;
	struct quote_filter filter;
};

/** Quotes that are drawn alike, or a command. */
struct quote_group {
	uint64_t end;     /* the weights of the groups up to this one, added up */
	uint32_t command; /* the collection; QUOTE_GROUPS_NONE: quotes */
	uint32_t first;   /* of its quotes in the view's indices */
	uint32_t count;
	uint32_t position; /* of the next one in the round's order; see quote_draw.h */
	uint64_t order;    /* the key of that order */
};

/** The quotes that fit: 4 octets a quote, none where all are one group in their order. */
struct quote_view {
	struct quote_view_key key;
	struct quote_group *groups; /* none of weight 0; those of commands come last */
	uint32_t group_count;
	uint32_t command_count;
	uint32_t *indices; /* NULL: the index is the place */
	uint32_t count;
	uint64_t round; /* the number of the round that its groups' orders belong to */
	bool over;      /* all of it was shown in this round, and comes again; see quote_draw.h */
	uint64_t last_use;
};

/** Those of one wire. All zero is empty. */
struct quote_views {
	struct quote_view views[QUOTE_VIEWS_MAX];
	uint32_t count;
	uint64_t uses;
	struct buffer rendered; /* used again for each quote measured */
};

/**
 * Returns what of \p selection can be drawn for \p key. The first call for a key renders every
 * quote once; the library and the selection must be the same in each call. The view holds until the
 * next call.
 */
struct quote_view *quote_views_get(struct quote_views *views, const struct library *library,
	const struct selection *selection, const struct quote_view_key *key);

/**
 * Appends the indices of the quotes of \p selection that fit each of \p count fits, ascending, and
 * returns their number; the caller frees \p ret_indices.
 */
uint32_t quote_views_fitting(const struct library *library, const struct selection *selection,
	const struct quote_fit *const *fits, size_t count, uint32_t **ret_indices);

/** Frees everything; it is empty afterwards. */
void quote_views_finish(struct quote_views *views);

#endif

/** Draws from what fits: a group by its weight, then a quote of it. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_DRAW_H
#define QUOTED_CORE_CHOICE_QUOTE_DRAW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/rng.h"
#include "core/choice/quote_round.h"
#include "core/choice/quote_views.h"

/** Where drawing takes place; all of it is borrowed. */
struct quote_draw {
	struct rng *rng;
	const struct library *library;
	const struct quote_views *views; /* of the wire */
	struct quote_view *view;         /* one of these */
	struct quote_round *round;       /* what is not drawn again; NULL: every quote can be */
};

/** To be called before each draw. */
void quote_draw_begin(const struct quote_draw *draw);

/** Draws a group, one of a command only with \p commands. Returns NULL where there is none, or all
 * of the files was shown; quote_draw_renew() makes them new. */
struct quote_group *quote_draw_group(const struct quote_draw *draw, bool commands);

/**
 * Draws a quote of a group of files. Returns false where all of them were shown. Where very many
 * were, by another view or before a reload, one of them may come again: nobody waits for the search
 * for the rest.
 */
bool quote_draw_quote(
	const struct quote_draw *draw, struct quote_group *group, uint32_t *ret_index);

/**
 * Begins again, where all quotes of the view were shown. For the view of the wire that has the most
 * quotes that is a new round; the quotes of another one come again in this round, and the others
 * keep theirs.
 */
void quote_draw_renew(const struct quote_draw *draw);

#endif

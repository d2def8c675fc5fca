/** Draws from what fits: a group by its weight, then a quote of it. */
#ifndef QUOTED_CORE_QUOTE_DRAW_H
#define QUOTED_CORE_QUOTE_DRAW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/quote_round.h"
#include "core/quote_views.h"
#include "core/rng.h"

/** Where drawing takes place; all of it is borrowed. */
struct quote_draw {
	struct rng *rng;
	const struct library *library;
	struct quote_view *view;
	struct quote_round *round; /* what is not drawn again; NULL: every quote can be */
};

/** To be called before each draw: begins a round, where all was shown or another view began one. */
void quote_draw_begin(const struct quote_draw *draw);

/** Draws a group, one of a command only with \p commands. Returns NULL where there is none, or all
 * of the files was shown in this round. */
struct quote_group *quote_draw_group(const struct quote_draw *draw, bool commands);

/** Draws a quote of a group of files. Returns false where all of them were shown in this round. */
bool quote_draw_quote(
	const struct quote_draw *draw, struct quote_group *group, uint32_t *ret_index);

#endif

/** Which quotes fit a wire, remembered for each way of asking. */
#ifndef QUOTED_CORE_QUOTE_VIEWS_H
#define QUOTED_CORE_QUOTE_VIEWS_H

#include <stdint.h>

#include "core/buffer.h"
#include "core/quote_store.h"
#include "core/render.h"

/** Fits remembered at once; the one not asked for longest is forgotten for the next. */
enum { QUOTE_VIEWS_MAX = 16 };

/** The quotes that fit one wire; 4 octets a quote, none where all fit. */
struct quote_view {
	struct quote_fit fit;
	uint32_t *indices; /* ascending; NULL where all quotes fit or none */
	uint32_t count;
	uint64_t last_use;
};

/** All zero is empty. */
struct quote_views {
	struct quote_view views[QUOTE_VIEWS_MAX];
	uint32_t count;
	uint64_t uses;
	struct buffer rendered; /* used again for each quote measured */
};

/**
 * Returns the quotes of \p store that render_quote takes for \p fit. The first call for a fit
 * renders every quote once; the store must not change afterwards. The view holds until the next
 * call.
 */
const struct quote_view *quote_views_get(
	struct quote_views *views, const struct quote_store *store, const struct quote_fit *fit);

/** Frees everything; it is empty afterwards. */
void quote_views_finish(struct quote_views *views);

#endif

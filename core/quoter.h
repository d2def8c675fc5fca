/** The source of quotes: answers "give me a quote that fits" and knows nothing of networks. */
#ifndef QUOTED_CORE_QUOTER_H
#define QUOTED_CORE_QUOTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/quote.h"
#include "core/render.h"
#include "core/rng.h"
#include "core/strings.h"

struct quoter;

/** What a wire asks for. All 0: any quote. */
struct quote_request {
	struct quote_fit fit;
};

/**
 * Opens the sources that \p specs name, all of them together as one: "static:TEXT" is that one
 * quote, "fortune:PATH" every quote of a fortune file or of the files of a directory. Files are
 * read once, here. \p rng is borrowed and outlives the quoter. What was passed over (an unreadable
 * file, a FIFO) is appended to \p warnings, a sentence each. Returns NULL where a spec is
 * malformed, a named path cannot be read or no quote was found.
 */
struct quoter *quoter_open(const struct strings *specs, struct rng *rng, struct strings *warnings,
	struct error *reterr);

/** Returns the number of quotes. */
size_t quoter_count(const struct quoter *quoter);

/** Finds what fits now, by laying out every quote, so that the first pick is as fast as the rest.
 */
void quoter_prepare(struct quoter *quoter, const struct quote_request *request);

/**
 * Picks a quote, each of those that fit with the same chance, in constant time once the same fit
 * was asked for before. Returns false where none fits: an answer, not an error.
 */
bool quoter_pick(
	struct quoter *quoter, const struct quote_request *request, struct quote *ret_quote);

/** Frees it and every quote in it; NULL is a no-op. */
void quoter_destroy(struct quoter *quoter);

#endif

/** Quotes of a slow source, made before anybody asks. */
#ifndef QUOTED_CORE_CHOICE_RESERVE_H
#define QUOTED_CORE_CHOICE_RESERVE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/rng.h"
#include "core/choice/quote_filter.h"
#include "core/choice/render.h"
#include "core/library/quote.h"

struct reserve;

/** Creates an empty reserve with \p capacity places, at least 1. */
struct reserve *reserve_create(size_t capacity);

/** Returns how many places hold no quote, one that was shown already, or one that did not fit those
 * who asked. */
size_t reserve_wanted(const struct reserve *reserve);

/** Adds a copy of a cleaned text, in place of one that was shown. */
void reserve_put(struct reserve *reserve, const char *text, size_t length);

/** Empties every place. */
void reserve_clear(struct reserve *reserve);

/**
 * Takes a quote that fits: one that was not shown yet, the oldest first, else one that was, by
 * chance. Returns false where none fits. It holds until the next reserve_put or
 * reserve_clear.
 */
bool reserve_take(struct reserve *reserve, const struct quote_fit *fit,
	const struct quote_filter *filter, struct rng *rng, struct quote *ret_quote);

/** Finds a quote by an id from \p first to \p last. */
bool reserve_find(
	const struct reserve *reserve, uint64_t first, uint64_t last, struct quote *ret_quote);

/** Frees it; NULL is a no-op. */
void reserve_destroy(struct reserve *reserve);

#endif

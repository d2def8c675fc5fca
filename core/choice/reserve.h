/** Quotes of a slow source, kept ready before they are asked for. */
#ifndef QUOTED_CORE_CHOICE_RESERVE_H
#define QUOTED_CORE_CHOICE_RESERVE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/rng.h"
#include "core/choice/quote_filter.h"
#include "core/choice/render.h"
#include "core/library/collection.h"
#include "core/library/quote.h"

struct reserve;

/** Creates an empty reserve with \p capacity places; 0 counts as 1. */
struct reserve *reserve_create(size_t capacity);

/** Returns how many places are empty or hold a quote that has been shown or did not fit several
 * requests. */
size_t reserve_wanted(const struct reserve *reserve);

/** Adds a copy of a text, cleaned as struct quote requires, at the oldest place that
 * reserve_wanted() counts, else at the oldest of all. */
void reserve_put(struct reserve *reserve, const char *text, size_t length);

/** Empties every place. */
void reserve_clear(struct reserve *reserve);

/**
 * Gives a quote that fits: the oldest that has not been shown, else a random one of those that
 * have. Returns false if none fits. The quote is valid until the next reserve_put() or
 * reserve_clear().
 */
bool reserve_take(struct reserve *reserve, const struct quote_fit *fit,
	const struct quote_filter *filter, struct rng *rng, struct quote *ret_quote);

/** Finds a quote with an id from \p first to \p last. */
bool reserve_find(
	const struct reserve *reserve, uint64_t first, uint64_t last, struct quote *ret_quote);

/** Frees the reserve; NULL is a no-op. */
void reserve_destroy(struct reserve *reserve);

/** Creates an array with a reserve for each collection; NULL for one without a command. */
struct reserve **reserve_create_each(const struct collections *collections);

/** Exchanges the reserves of commands that two arrays have in collections of the same name. */
void reserve_exchange(struct reserve **reserves, const struct collections *collections,
	struct reserve **others, const struct collections *of_others);

/** Frees the array and its reserves; NULL is a no-op. */
void reserve_destroy_each(struct reserve **reserves, const struct collections *collections);

#endif

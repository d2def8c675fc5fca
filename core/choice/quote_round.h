/** What a wire has shown of late and does not show again: a bit a quote. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_ROUND_H
#define QUOTED_CORE_CHOICE_QUOTE_ROUND_H

#include <stdbool.h>
#include <stdint.h>

#include "core/library/library.h"

/** All zero is a wire that has shown nothing yet. */
struct quote_round {
	uint64_t *shown; /* of each quote of a library; NULL: none */
	uint64_t number; /* one more whenever all was shown */
};

/** Returns whether a quote was shown. */
bool quote_round_has(const struct quote_round *round, uint32_t quote);

/** Remembers that a quote of \p library was shown. */
void quote_round_add(struct quote_round *round, const struct library *library, uint32_t quote);

/** Forgets that a quote was shown. */
void quote_round_forget(struct quote_round *round, uint32_t quote);

/** Returns a copy, to be finished by the caller. */
struct quote_round quote_round_copy(const struct quote_round *round, const struct library *library);

/**
 * Adds to \p to, a round of \p library, the quotes with the ids of those that were shown in \p
 * from, a round of \p before, but for those in \p known, which may be NULL.
 */
void quote_round_carry(struct quote_round *to, const struct library *library,
	const struct quote_round *from, const struct quote_round *known,
	const struct library *before);

/** Frees what it owns; it is all zero afterwards. */
void quote_round_finish(struct quote_round *round);

#endif

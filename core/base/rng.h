/** The injected source of chance: xoshiro256** (Blackman and Vigna). Not for secrets. */
#ifndef QUOTED_CORE_BASE_RNG_H
#define QUOTED_CORE_BASE_RNG_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"

/** Its state; not all zero after rng_init. */
struct rng {
	uint64_t state[4];
};

/** Starts the sequence that belongs to \p seed: the same seed, the same choices. */
void rng_init(struct rng *rng, uint64_t seed);

/** Reads the seed that --seed gives, a decimal number. Returns false with "--seed: ..." where \p
 * text is none below 2^64. */
bool rng_parse_seed(const char *text, uint64_t *ret_seed, struct error *reterr);

/** Returns the next 64 bits. */
uint64_t rng_next(struct rng *rng);

/** Returns a uniform number below \p limit, which is at least 1; without modulo bias. */
uint64_t rng_below(struct rng *rng, uint64_t limit);

/** Returns a uniform number in [0, 1). */
double rng_unit(struct rng *rng);

#endif

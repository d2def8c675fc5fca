/** An injected random number generator: xoshiro256** (Blackman and Vigna). Not for secrets. */
#ifndef QUOTED_CORE_BASE_RNG_H
#define QUOTED_CORE_BASE_RNG_H

#include <stdint.h>

/** The generator's state; never all zero after rng_init(). */
struct rng {
	uint64_t state[4];
};

/** Starts the sequence of \p seed; the same seed always gives the same numbers. */
void rng_init(struct rng *rng, uint64_t seed);

/** Returns the next 64 bits. */
uint64_t rng_next(struct rng *rng);

/** Returns a uniformly distributed number below \p limit, which is at least 1; no modulo bias. */
uint64_t rng_below(struct rng *rng, uint64_t limit);

/** Returns a uniformly distributed number in [0, 1). */
double rng_unit(struct rng *rng);

#endif

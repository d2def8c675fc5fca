#include "core/base/rng.h"

static uint64_t rotate_left(uint64_t value, int bits)
{
	return (value << bits) | (value >> (64 - bits));
}

/* SplitMix64 spreads the seed, so that a small one does not leave the state mostly zero. */
void rng_init(struct rng *rng, uint64_t seed)
{
	for (int i = 0; i < 4; i++) {
		seed += 0x9E3779B97F4A7C15u;
		uint64_t mixed = seed;
		mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
		mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
		rng->state[i] = mixed ^ (mixed >> 31);
	}
}

uint64_t rng_next(struct rng *rng)
{
	uint64_t *s = rng->state;
	uint64_t result = rotate_left(s[1] * 5, 7) * 9;
	uint64_t shifted = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= shifted;
	s[3] = rotate_left(s[3], 45);
	return result;
}

uint64_t rng_below(struct rng *rng, uint64_t limit)
{
	uint64_t reject_below = (0 - limit) % limit;
	uint64_t value = rng_next(rng);
	while (value < reject_below)
		value = rng_next(rng);
	return value % limit;
}

double rng_unit(struct rng *rng)
{
	return (double)(rng_next(rng) >> 11) * 0x1.0p-53;
}

#include "core/choice/permutation.h"

#include "core/base/hash.h"

enum { ROUNDS = 4 };

/* Returns how many bits the numbers below count need. */
static unsigned bits_below(uint32_t count)
{
	return count > 1 ? 32 - (unsigned)__builtin_clz(count - 1) : 0;
}

/* A Feistel network over 2 * half bits. */
static uint64_t encrypt(uint64_t key, unsigned half, uint64_t value)
{
	uint64_t mask = (UINT64_C(1) << half) - 1;
	uint64_t left = value >> half;
	uint64_t right = value & mask;
	for (uint64_t round = 0; round < ROUNDS; round++) {
		uint64_t mixed = left ^ (hash_mix(right << 8 | round, key) & mask);
		left = right;
		right = mixed;
	}
	return left << half | right;
}

/* Encrypts until the value is in range: fewer than four times on average, as the domain is less
 * than four times as large. */
uint32_t permutation_at(uint64_t key, uint32_t count, uint32_t position)
{
	unsigned half = (bits_below(count) + 1) / 2;
	if (half == 0)
		return 0;
	uint64_t value = position;
	do
		value = encrypt(key, half, value);
	while (value >= count);
	return (uint32_t)value;
}

/* Each bit of the item is the day's bit, flipped or not depending on the key and the bits below it.
 * So a larger count gives the same item as a smaller one, or that with one more bit set. */
uint32_t permutation_due(uint64_t key, uint32_t count, int64_t day)
{
	unsigned bits = bits_below(count);
	uint32_t item = 0;
	if (bits == 0)
		return 0;
	for (unsigned bit = 0; bit < bits; bit++) {
		uint64_t below = (uint64_t)day & ((UINT64_C(1) << bit) - 1);
		uint64_t turned = hash_mix(below << 8 | bit, key) & 1;
		item |= (uint32_t)(((uint64_t)day >> bit & 1) ^ turned) << bit;
	}
	return item < count ? item : item - (UINT32_C(1) << (bits - 1));
}

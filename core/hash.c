#include "core/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_octets(const void *data, size_t length, uint64_t seed)
{
	return XXH3_64bits_withSeed(data, length, seed);
}

uint64_t hash_mix(uint64_t value, uint64_t key)
{
	return XXH3_64bits_withSeed(&value, sizeof value, key);
}

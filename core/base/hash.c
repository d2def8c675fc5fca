#include "core/base/hash.h"

#include <endian.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_octets(const void *data, size_t length, uint64_t seed)
{
	return XXH3_64bits_withSeed(data, length, seed);
}

struct hash_wide hash_octets_wide(const void *data, size_t length, uint64_t seed)
{
	XXH128_hash_t hash = XXH3_128bits_withSeed(data, length, seed);
	return (struct hash_wide){hash.low64, hash.high64};
}

uint64_t hash_mix(uint64_t value, uint64_t key)
{
	uint64_t octets = htole64(value);
	return XXH3_64bits_withSeed(&octets, sizeof octets, key);
}

/** Hashes of octets: XXH3 with 64 bits, the same on every machine and in every version. The only
 * owner of xxHash. Not for secrets. */
#ifndef QUOTED_CORE_BASE_HASH_H
#define QUOTED_CORE_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/** Returns the hash of \p length octets that belongs to \p seed. */
uint64_t hash_octets(const void *data, size_t length, uint64_t seed);

/** A hash of 128 bits. */
struct hash_wide {
	uint64_t low, high;
};

/** As hash_octets() with 128 bits: without the seed, two inputs with one hash cannot be found. */
struct hash_wide hash_octets_wide(const void *data, size_t length, uint64_t seed);

/** Returns \p value mixed with \p key: each bit of both bears on each bit of the result. */
uint64_t hash_mix(uint64_t value, uint64_t key);

#endif

/** XXH3 hashes, the same on every machine and in every version. Not for secrets. The only files
 * that use xxHash. */
#ifndef QUOTED_CORE_BASE_HASH_H
#define QUOTED_CORE_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/** Returns the 64-bit hash of \p length octets for \p seed. */
uint64_t hash_octets(const void *data, size_t length, uint64_t seed);

/** A hash of 128 bits. */
struct hash_wide {
	uint64_t low, high;
};

/** Returns a 128-bit hash, long enough to stand for its input; use a random \p seed if a stranger
 * chooses the input. */
struct hash_wide hash_octets_wide(const void *data, size_t length, uint64_t seed);

/** Returns \p value mixed with \p key: every bit of both affects every bit of the result. */
uint64_t hash_mix(uint64_t value, uint64_t key);

#endif

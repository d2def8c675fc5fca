/** Limits how often a key, such as an address prefix or a sender, may ask: token buckets. */
#ifndef QUOTED_FRONTENDS_KIT_LIMITER_H
#define QUOTED_FRONTENDS_KIT_LIMITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct limiter;

/**
 * Each key may take \p burst tokens at once and \p per_second in the long run. Keeps up to \p keys
 * of them and then drops the one unused for longest. \p seed keys the hash, so that a stranger
 * cannot aim at another's bucket.
 */
struct limiter *limiter_create(double burst, double per_second, size_t keys, uint64_t seed);

/** Takes one token of the key's bucket at \p now, in seconds; setting the clock back only stops the
 * filling. Returns false if none is left. */
bool limiter_take(struct limiter *limiter, const void *key, size_t key_length, double now);

/** Frees it; NULL is a no-op. */
void limiter_destroy(struct limiter *limiter);

#endif

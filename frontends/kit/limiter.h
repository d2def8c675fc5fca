/** Token buckets by key: how often an address prefix, a sender or a nick may ask. */
#ifndef QUOTED_FRONTENDS_KIT_LIMITER_H
#define QUOTED_FRONTENDS_KIT_LIMITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct limiter;

/**
 * Each key may take \p burst at once and \p per_second in the long run. Up to \p keys are kept, the
 * one unused for longest giving way; \p seed keys the hash, so that nobody can aim at a bucket.
 */
struct limiter *limiter_create(double burst, double per_second, size_t keys, uint64_t seed);

/** Takes one token of the key's bucket at \p now, in seconds; a clock that is set back
 * only stops the filling. False: none left. */
bool limiter_take(struct limiter *limiter, const void *key, size_t key_length, double now);

/** Frees it; NULL is a no-op. */
void limiter_destroy(struct limiter *limiter);

#endif

/** Limits how often a key, such as an address prefix or a sender, may ask: token buckets. */
#ifndef QUOTED_FRONTENDS_NET_LIMITER_H
#define QUOTED_FRONTENDS_NET_LIMITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct limiter;

/**
 * Each key may take \p burst tokens at once and \p per_second in the long run. Keeps the buckets of
 * \p keys of them. One more takes the place of the key unused for longest if that one's bucket is
 * full again, so that nothing is forgotten; else all further keys share one bucket of the same size
 * until a place is free. So strangers with many addresses cannot empty another's bucket nor have
 * their own filled. \p seed keys the hash, so that they cannot aim at one either.
 */
struct limiter *limiter_create(double burst, double per_second, size_t keys, uint64_t seed);

/** Takes one token of the key's bucket at \p now, in seconds; setting the clock back only stops the
 * filling. Returns false if none is left. */
bool limiter_take(struct limiter *limiter, const void *key, size_t key_length, double now);

/** Frees it; NULL is a no-op. */
void limiter_destroy(struct limiter *limiter);

#endif

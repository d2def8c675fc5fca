#include "frontends/net/limiter.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/mem.h"

enum { NONE = 0 }; /* no bucket of its own: those are numbered from 1 */

/* A key is kept as its keyed 128-bit hash, two of which cannot be found alike without the
 * seed. */
struct bucket {
	struct hash_wide key;
	double tokens;
	double filled_at;
	uint32_t chain; /* next of the same slot */
	uint32_t newer;
	uint32_t older;
};

struct limiter {
	double burst;
	double per_second;
	uint64_t seed;
	struct bucket *buckets; /* the one at 0 is shared by the keys that have none, and the
				   ring's anchor: newer is the oldest, older the newest */
	uint32_t *slots;
	uint32_t slot_mask;
	uint32_t used;
	uint32_t limit;
};

struct limiter *limiter_create(double burst, double per_second, size_t keys, uint64_t seed)
{
	struct limiter *limiter = mem_alloc(sizeof *limiter);
	limiter->burst = burst;
	limiter->per_second = per_second;
	limiter->seed = seed;
	limiter->limit = (uint32_t)(keys > 0 ? keys : 1);
	uint32_t slots = 1;
	while (slots < limiter->limit)
		slots *= 2;
	limiter->slot_mask = slots - 1;
	limiter->slots = mem_alloc(slots * sizeof *limiter->slots);
	limiter->buckets = mem_alloc((limiter->limit + 1u) * sizeof *limiter->buckets);
	limiter->buckets[NONE].tokens = burst;
	return limiter;
}

static uint32_t *slot_of(struct limiter *limiter, struct hash_wide key)
{
	return &limiter->slots[key.low & limiter->slot_mask];
}

static bool is_same(struct hash_wide left, struct hash_wide right)
{
	return left.low == right.low && left.high == right.high;
}

static uint32_t find(struct limiter *limiter, struct hash_wide key)
{
	uint32_t index = *slot_of(limiter, key);
	while (index != NONE && !is_same(limiter->buckets[index].key, key))
		index = limiter->buckets[index].chain;
	return index;
}

static void ring_remove(struct limiter *limiter, uint32_t index)
{
	struct bucket *bucket = &limiter->buckets[index];
	limiter->buckets[bucket->older].newer = bucket->newer;
	limiter->buckets[bucket->newer].older = bucket->older;
}

static void ring_add_newest(struct limiter *limiter, uint32_t index)
{
	struct bucket *anchor = &limiter->buckets[NONE];
	struct bucket *bucket = &limiter->buckets[index];
	bucket->older = anchor->older;
	bucket->newer = NONE;
	limiter->buckets[anchor->older].newer = index;
	anchor->older = index;
}

static void unchain(struct limiter *limiter, uint32_t index)
{
	uint32_t *link = slot_of(limiter, limiter->buckets[index].key);
	while (*link != index)
		link = &limiter->buckets[*link].chain;
	*link = limiter->buckets[index].chain;
}

static void fill(const struct limiter *limiter, struct bucket *bucket, double now)
{
	if (now > bucket->filled_at)
		bucket->tokens += (now - bucket->filled_at) * limiter->per_second;
	bucket->filled_at = now;
	if (bucket->tokens > limiter->burst)
		bucket->tokens = limiter->burst;
}

static uint32_t take_place(struct limiter *limiter, double now)
{
	if (limiter->used < limiter->limit)
		return ++limiter->used;
	uint32_t oldest = limiter->buckets[NONE].newer;
	fill(limiter, &limiter->buckets[oldest], now);
	if (limiter->buckets[oldest].tokens < limiter->burst)
		return NONE;
	ring_remove(limiter, oldest);
	unchain(limiter, oldest);
	return oldest;
}

static uint32_t add(struct limiter *limiter, struct hash_wide key, double now)
{
	uint32_t index = take_place(limiter, now);
	if (index == NONE)
		return NONE;
	uint32_t *slot = slot_of(limiter, key);
	struct bucket *bucket = &limiter->buckets[index];
	bucket->key = key;
	bucket->tokens = limiter->burst;
	bucket->filled_at = now;
	bucket->chain = *slot;
	*slot = index;
	return index;
}

bool limiter_take(struct limiter *limiter, const void *key, size_t key_length, double now)
{
	struct hash_wide hash = hash_octets_wide(key, key_length, limiter->seed);
	uint32_t index = find(limiter, hash);
	if (index == NONE)
		index = add(limiter, hash, now);
	else
		ring_remove(limiter, index);
	if (index != NONE)
		ring_add_newest(limiter, index);
	struct bucket *bucket = &limiter->buckets[index];
	fill(limiter, bucket, now);
	if (bucket->tokens < 1)
		return false;
	bucket->tokens -= 1;
	return true;
}

void limiter_destroy(struct limiter *limiter)
{
	if (limiter == NULL)
		return;
	free(limiter->slots);
	free(limiter->buckets);
	free(limiter);
}

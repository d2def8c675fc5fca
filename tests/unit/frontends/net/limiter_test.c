#include "frontends/net/limiter.h"

#include <criterion/criterion.h>
#include <stdio.h>

static int takes(struct limiter *limiter, const char *key, int tries, double now)
{
	int taken = 0;
	for (int i = 0; i < tries; i++)
		taken += limiter_take(limiter, key, strlen(key), now);
	return taken;
}

Test(limiter, gives_the_burst_and_then_the_rate)
{
	struct limiter *limiter = limiter_create(3, 0.5, 8, 1);
	cr_assert_eq(takes(limiter, "a", 10, 100), 3);
	cr_assert_eq(takes(limiter, "a", 10, 101), 0);
	cr_assert_eq(takes(limiter, "a", 10, 102), 1);
	cr_assert_eq(takes(limiter, "a", 10, 1000), 3, "never more than the burst");
	limiter_destroy(limiter);
}

Test(limiter, keeps_keys_apart)
{
	struct limiter *limiter = limiter_create(1, 0, 64, 1);
	for (int i = 0; i < 64; i++) {
		char key[16];
		snprintf(key, sizeof key, "key %d", i);
		cr_assert_eq(takes(limiter, key, 2, 0), 1, "%s", key);
	}
	cr_assert_eq(takes(limiter, "key 0", 1, 0), 0, "all 64 are still known");
	limiter_destroy(limiter);
}

Test(limiter, forgets_the_key_unused_for_longest_if_its_bucket_is_full)
{
	struct limiter *limiter = limiter_create(2, 1, 2, 1);
	cr_assert_eq(takes(limiter, "old", 2, 0), 2);
	cr_assert_eq(takes(limiter, "kept", 1, 1), 1);
	cr_assert_eq(takes(limiter, "third", 2, 2), 2, "in the place of the old one");
	cr_assert_eq(takes(limiter, "kept", 3, 2), 2, "its own two");
	cr_assert_eq(takes(limiter, "third", 1, 2), 0);
	limiter_destroy(limiter);
}

/* As strangers who forge their addresses would try it. */
Test(limiter, lets_many_keys_neither_reset_a_bucket_nor_take_more_than_one)
{
	struct limiter *limiter = limiter_create(3, 0.25, 100, 1);
	int taken = 0;
	cr_assert_eq(takes(limiter, "emptied", 9, 0), 3);
	for (int i = 0; i < 99; i++)
		limiter_take(limiter, &i, sizeof i, 0);
	for (int i = 99; i < 10000; i++)
		taken += limiter_take(limiter, &i, sizeof i, 1);
	cr_assert_eq(taken, 3, "one bucket for all that have no place");
	cr_assert_eq(takes(limiter, "emptied", 9, 3), 0, "not reset");
	cr_assert_eq(takes(limiter, "emptied", 9, 4), 1, "and filled as ever");
	cr_assert_eq(takes(limiter, "newcomer", 9, 4), 3, "the first of the 99 is full again");
	limiter_destroy(limiter);
}

Test(limiter, survives_many_more_keys_than_it_keeps)
{
	struct limiter *limiter = limiter_create(2, 1, 100, 7);
	for (int i = 0; i < 100000; i++)
		limiter_take(limiter, &i, sizeof i, i * 0.001);
	int last = 99999;
	cr_assert(limiter_take(limiter, &last, sizeof last, 102));
	limiter_destroy(limiter);
	limiter_destroy(NULL);
}

Test(limiter, takes_nothing_back_if_the_clock_is_set_back)
{
	struct limiter *limiter = limiter_create(2, 1, 4, 1);
	cr_assert(limiter_take(limiter, "key", 3, 1000));
	cr_assert(limiter_take(limiter, "key", 3, 0));
	cr_assert_not(limiter_take(limiter, "key", 3, 0));
	cr_assert(limiter_take(limiter, "key", 3, 1));
	limiter_destroy(limiter);
}

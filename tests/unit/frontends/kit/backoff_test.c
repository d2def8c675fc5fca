#include "frontends/kit/backoff.h"

#include <criterion/criterion.h>

static double next_plain(struct backoff *backoff, struct rng *rng, double plain)
{
	double wait = backoff_next(backoff, rng);
	cr_assert_geq(wait, plain * 0.9);
	cr_assert_leq(wait, plain * 1.1);
	return wait;
}

Test(backoff, doubles_to_the_last_and_begins_anew)
{
	struct rng rng;
	rng_init(&rng, 1);
	struct backoff backoff = {.first = 10, .last = 300};
	static const double plain[] = {10, 20, 40, 80, 160, 300, 300, 300};
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		next_plain(&backoff, &rng, plain[i]);
	backoff_reset(&backoff);
	next_plain(&backoff, &rng, 10);
}

Test(backoff, jitters)
{
	struct rng rng;
	rng_init(&rng, 1);
	struct backoff one = {.first = 10, .last = 10};
	double first = backoff_next(&one, &rng);
	double second = backoff_next(&one, &rng);
	cr_assert_neq(first, second);
}

#include "core/base/rng.h"

#include <criterion/criterion.h>

Test(rng, same_seed_same_numbers)
{
	struct rng a, b, c;
	rng_init(&a, 42);
	rng_init(&b, 42);
	rng_init(&c, 43);
	cr_assert_eq(rng_next(&a), rng_next(&b));
	cr_assert_neq(rng_next(&a), rng_next(&c));
}

/* Chi-square with 9 degrees of freedom exceeds 27.9 one time in a thousand; not with this seed. */
Test(rng, below_is_uniform)
{
	enum { CELLS = 10, DRAWS = 100000 };
	struct rng rng;
	rng_init(&rng, 2026);
	double cells[CELLS] = {0};
	for (int i = 0; i < DRAWS; i++)
		cells[rng_below(&rng, CELLS)]++;
	double expected = (double)DRAWS / CELLS;
	double chi_square = 0;
	for (int i = 0; i < CELLS; i++)
		chi_square += (cells[i] - expected) * (cells[i] - expected) / expected;
	cr_assert(chi_square < 27.9, "%f", chi_square);
	cr_assert_eq(rng_below(&rng, 1), 0);
}

Test(rng, unit_stays_in_range)
{
	struct rng rng;
	rng_init(&rng, 1);
	for (int i = 0; i < 10000; i++) {
		double value = rng_unit(&rng);
		cr_assert(value >= 0 && value < 1);
	}
}

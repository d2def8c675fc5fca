#include "core/choice/permutation.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"

Test(permutation, shows_every_item_once)
{
	unsigned char *seen = mem_alloc(5001);
	for (uint32_t count = 1; count <= 5000; count++) {
		memset(seen, 0, count);
		for (uint32_t i = 0; i < count; i++) {
			uint32_t item = permutation_at(7, count, i);
			cr_assert(item < count && seen[item] == 0, "%u of %u", item, count);
			seen[item] = 1;
		}
	}
	free(seen);
}

Test(permutation, depends_on_its_key)
{
	int same = 0;
	for (uint32_t i = 0; i < 1000; i++)
		same += permutation_at(1, 1000, i) == permutation_at(2, 1000, i);
	cr_assert_lt(same, 10);
}

static int64_t cycle_of(uint32_t count)
{
	int64_t cycle = 1;
	while (cycle * 2 <= count)
		cycle *= 2;
	return cycle;
}

Test(permutation, repeats_no_due_item_within_a_cycle)
{
	unsigned char *seen = mem_alloc(5001);
	unsigned char *ever = mem_alloc(5001);
	for (uint32_t count = 1; count <= 5000; count += count < 800 ? 1 : 53) {
		int64_t cycle = cycle_of(count);
		int64_t period = cycle == count ? cycle : 2 * cycle;
		memset(ever, 0, count);
		for (int64_t day = -period; day < 0; day++) {
			if (day % cycle == 0)
				memset(seen, 0, count);
			uint32_t item = permutation_due(3, count, day);
			cr_assert(item < count && seen[item] == 0);
			seen[item] = ever[item] = 1;
		}
		for (uint32_t i = 0; i < count; i++)
			cr_assert(ever[i], "%u of %u is never due", i, count);
	}
	free(seen);
	free(ever);
}

Test(permutation, keeps_days_when_an_item_is_appended)
{
	for (uint32_t count = 1; count < 600; count++) {
		int64_t days = 4 * cycle_of(count + 1);
		int taken = 0;
		for (int64_t day = -days / 2; day < days / 2; day++) {
			uint32_t before = permutation_due(3, count, day);
			uint32_t after = permutation_due(3, count + 1, day);
			cr_assert(before == after || after == count);
			taken += after == count;
		}
		cr_assert_eq(taken, days / (2 * cycle_of(count)), "%u: %d days", count, taken);
	}
}

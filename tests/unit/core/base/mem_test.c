#include "core/base/mem.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include <criterion/criterion.h>

Test(mem, copies)
{
	char *copy = mem_strndup("abc", 2);
	char *text = mem_format("%s-%d", copy, 7);
	cr_assert_str_eq(text, "ab-7");
	char *zeroed = mem_alloc(4);
	cr_assert_arr_eq(zeroed, "\0\0\0\0", 4);
	free(zeroed);
	free(text);
	free(copy);
}

Test(mem, grows_by_doubling)
{
	enum { COUNT = 100 };
	int *items = NULL;
	int moves = 0;
	for (int i = 0; i < COUNT; i++) {
		int *before = items;
		items = mem_grow(items, (size_t)i, sizeof *items);
		moves += items != before;
		items[i] = i;
	}
	for (int i = 0; i < COUNT; i++)
		cr_assert_eq(items[i], i);
	cr_assert_leq(moves, 8);
	free(items);
}

Test(mem, aborts_on_overflow, .signal = SIGABRT)
{
	free(mem_resize(NULL, SIZE_MAX / 2, 3));
}

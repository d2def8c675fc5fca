#include "core/library/id_index.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

Test(id_index, finds_each_quote_and_what_lies_between)
{
	enum { COUNT = 3000 };
	struct quote_store store = {0};
	struct id_index index = {0};
	char text[32];
	for (int i = 0; i < COUNT; i++) {
		snprintf(text, sizeof text, "quote %d", i);
		cr_assert(quote_store_add(&store, text, strlen(text)));
	}
	id_index_build(&index, &store);
	cr_assert_eq(index.count, COUNT);
	for (uint32_t at = 0; at < COUNT; at++) {
		uint64_t id = store.quotes[index.order[at]].id;
		cr_assert_eq(id_index_position(&index, &store, id), at);
		cr_assert_eq(id_index_position(&index, &store, id + 1), at + 1);
	}
	cr_assert_eq(id_index_position(&index, &store, 0), 0);
	cr_assert_eq(id_index_position(&index, &store, UINT64_C(1) << 60), COUNT);
	id_index_finish(&index);
	quote_store_finish(&store);
}

Test(id_index, bears_an_empty_store)
{
	struct quote_store store = {0};
	struct id_index index = {0};
	id_index_build(&index, &store);
	cr_assert_eq(index.count, 0);
	cr_assert_eq(id_index_position(&index, &store, 7), 0);
	id_index_finish(&index);
}

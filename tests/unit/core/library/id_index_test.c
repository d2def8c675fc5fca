#include "core/library/id_index.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/library/quote_id.h"

static void open_many(struct quote_store *store, int count)
{
	char text[32];
	*store = (struct quote_store){0};
	for (int i = 0; i < count; i++) {
		snprintf(text, sizeof text, "quote %d", i);
		cr_assert(quote_store_add(store, text, strlen(text)));
	}
	id_index_build(store);
}

Test(id_index, finds_each_quote_and_what_lies_between)
{
	enum { COUNT = 3000 };
	struct quote_store store;
	open_many(&store, COUNT);
	cr_assert_eq(store.count, COUNT);
	for (uint32_t at = 0; at < COUNT; at++) {
		uint64_t id = store.quotes[store.order[at]].id;
		cr_assert_eq(id_index_position(&store, id), at);
		cr_assert_eq(id_index_position(&store, id + 1), at + 1);
	}
	cr_assert_eq(id_index_position(&store, 0), 0);
	cr_assert_eq(id_index_position(&store, UINT64_C(1) << 60), COUNT);
	quote_store_finish(&store);
}

static uint32_t count_between(const struct quote_store *store, const char *prefix, int length)
{
	char id[QUOTE_ID_LENGTH + 1] = "";
	uint64_t first, last;
	memcpy(id, prefix, (size_t)length);
	cr_assert(quote_id_parse(id, &first, &last));
	return id_index_position(store, last + 1) - id_index_position(store, first);
}

Test(id_index, tells_ids_apart)
{
	enum { COUNT = 4000 };
	struct quote_store store;
	int longer = 0;
	open_many(&store, COUNT);
	for (uint32_t i = 0; i < COUNT; i++) {
		char id[QUOTE_ID_LENGTH + 1];
		quote_id_format(store.quotes[i].id, id);
		int length = id_index_prefix(&store, store.quotes[i].id);
		cr_assert_geq(length, QUOTE_ID_PREFIX_MIN);
		cr_assert_eq(count_between(&store, id, length), 1);
		if (length == QUOTE_ID_PREFIX_MIN)
			continue;
		cr_assert_gt(count_between(&store, id, length - 1), 1);
		longer++;
	}
	cr_assert_gt(longer, 0, "some of 4,000 share 4 letters");
	quote_store_finish(&store);
}

Test(id_index, bears_an_empty_store)
{
	struct quote_store store = {0};
	cr_assert_eq(id_index_position(&store, 7), 0);
	id_index_build(&store);
	cr_assert_eq(store.count, 0);
	cr_assert_eq(id_index_position(&store, 7), 0);
	cr_assert_eq(id_index_prefix(&store, 7), QUOTE_ID_PREFIX_MIN);
	quote_store_finish(&store);
}

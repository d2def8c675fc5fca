#include "core/library/tag_store.h"

#include <string.h>

#include <criterion/criterion.h>

static const uint64_t many = 1000;

Test(tag_store, finds_the_tags_added_first)
{
	struct tag_store store = {0};
	cr_expect_null(tag_store_find(&store, 7));
	for (uint64_t id = many; id > 0; id--)
		tag_store_add(&store, id == 7 ? "seven" : "other", 2 * id);
	tag_store_add(&store, "again", 14);
	tag_store_add(&store, "cut", 15);
	tag_store_cut(&store, many + 1);
	tag_store_cut(&store, many + 2);
	tag_store_add(&store, "kept", 17);
	tag_store_sort(&store);
	cr_expect_str_eq(tag_store_find(&store, 14), "seven");
	cr_expect_str_eq(tag_store_find(&store, 2), "other");
	cr_expect_str_eq(tag_store_find(&store, 2 * many), "other");
	cr_expect_str_eq(tag_store_find(&store, 17), "kept");
	cr_expect_null(tag_store_find(&store, 15));
	cr_expect_null(tag_store_find(&store, 0));
	cr_expect_null(tag_store_find(&store, UINT64_MAX));
	tag_store_finish(&store);
	cr_expect_null(tag_store_find(&store, 14));
}

Test(tag_store, gives_one_tag_after_the_other)
{
	static const char *const expected[] = {"one", "two words", "x"};
	const char *tags = "one,two words,x";
	size_t length;
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
		const char *tag = tag_store_next(&tags, &length);
		cr_assert_not_null(tag);
		cr_expect_eq(length, strlen(expected[i]));
		cr_expect_arr_eq(tag, expected[i], length);
	}
	cr_expect_null(tag_store_next(&tags, &length));
	tags = NULL;
	cr_expect_null(tag_store_next(&tags, &length));
}

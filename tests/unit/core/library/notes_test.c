#include "core/library/notes.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

static const uint64_t many = 1000;

Test(notes, find_the_tags_added_first)
{
	struct notes notes = {0};
	cr_expect_null(notes_find_tags(&notes, 7));
	for (uint64_t id = many; id > 0; id--)
		notes_add_tags(&notes, id == 7 ? "seven" : "other", 2 * id);
	notes_add_tags(&notes, "again", 14);
	notes_add_tags(&notes, "cut", 15);
	notes_cut(&notes, many + 1);
	notes_cut(&notes, many + 2);
	notes_add_tags(&notes, "kept", 17);
	notes_sort(&notes);
	cr_expect_str_eq(notes_find_tags(&notes, 14), "seven");
	cr_expect_str_eq(notes_find_tags(&notes, 2), "other");
	cr_expect_str_eq(notes_find_tags(&notes, 2 * many), "other");
	cr_expect_str_eq(notes_find_tags(&notes, 17), "kept");
	cr_expect_null(notes_find_tags(&notes, 15));
	cr_expect_null(notes_find_tags(&notes, 0));
	cr_expect_null(notes_find_tags(&notes, UINT64_MAX));
	notes_finish(&notes);
	cr_expect_null(notes_find_tags(&notes, 14));
}

Test(notes, give_one_tag_after_the_other)
{
	static const char *const expected[] = {"one", "two words", "x"};
	const char *tags = "one,two words,x";
	size_t length;
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
		const char *tag = notes_next_tag(&tags, &length);
		cr_assert_not_null(tag);
		cr_expect_eq(length, strlen(expected[i]));
		cr_expect_arr_eq(tag, expected[i], length);
	}
	cr_expect_null(notes_next_tag(&tags, &length));
	tags = NULL;
	cr_expect_null(notes_next_tag(&tags, &length));
}

/* Writes down the quotes that had a former id. */
static const char *found(const struct notes *notes, const char *text, char said[64])
{
	uint64_t id;
	said[0] = '\0';
	for (size_t i = 0; notes_find_former_id(notes, text, i, &id); i++)
		snprintf(said + strlen(said), 64 - strlen(said), "%d ", (int)id);
	return said;
}

Test(notes, find_all_quotes_of_a_former_id_in_order)
{
	struct notes notes = {0};
	char text[32], said[64], expected[64];
	cr_expect_str_eq(found(&notes, "1", said), "");
	for (uint64_t i = 0; i < many; i++) {
		snprintf(text, sizeof text, "%d", (int)i);
		notes_add_former_id(&notes, text, strlen(text), i + 7);
		notes_add_tags(&notes, "tag", i);
	}
	notes_add_former_id(&notes, "500", 3, 2);
	notes_sort(&notes);
	for (uint64_t i = 0; i < many; i++) {
		snprintf(text, sizeof text, "%d", (int)i);
		snprintf(expected, sizeof expected, i == 500 ? "%d 2 " : "%d ", (int)i + 7);
		cr_assert_str_eq(found(&notes, text, said), expected, "%s", text);
	}
	cr_expect_str_eq(found(&notes, "01", said), "");
	cr_expect_str_eq(found(&notes, "", said), "");
	notes_finish(&notes);
}

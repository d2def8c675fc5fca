#include "core/library/former_ids.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

enum { MANY = 1000 };

Test(former_ids, finds_all_in_order)
{
	struct former_ids ids = {0};
	size_t count;
	cr_expect_null(former_ids_find(&ids, "1", &count));
	cr_expect_eq(count, 0);
	for (uint64_t i = 0; i < MANY; i++) {
		char text[32];
		snprintf(text, sizeof text, "%d", (int)i);
		former_ids_add(&ids, text, strlen(text), i + 7);
	}
	former_ids_add(&ids, "500", 3, 2);
	former_ids_sort(&ids);
	for (uint64_t i = 0; i < MANY; i++) {
		char text[32];
		snprintf(text, sizeof text, "%d", (int)i);
		const struct former_id *found = former_ids_find(&ids, text, &count);
		cr_assert_eq(count, i == 500 ? 2 : 1, "%s", text);
		cr_expect_eq(found[0].id, i + 7);
		if (count > 1)
			cr_expect_eq(found[1].id, 2);
	}
	cr_expect_null(former_ids_find(&ids, "01", &count));
	cr_expect_null(former_ids_find(&ids, "", &count));
	former_ids_finish(&ids);
}

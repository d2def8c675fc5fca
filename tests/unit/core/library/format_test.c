#include "core/library/format.h"

#include <criterion/criterion.h>

Test(format, has_a_name_and_a_title_for_each)
{
	cr_expect_str_eq(format_name(FORMAT_JSON), "json");
	cr_expect_str_eq(format_title(FORMAT_JSON), "JSON");
	for (int i = 0; i < FORMAT_COUNT; i++) {
		cr_expect_not_null(format_name((enum format)i));
		cr_expect_not_null(format_title((enum format)i));
	}
}

#include "core/base/strings.h"

#include <criterion/criterion.h>

Test(strings, own_copies)
{
	struct strings list = {0};
	char text[] = "one";
	strings_add(&list, text);
	text[0] = 'x';
	strings_add(&list, "two");
	cr_assert_eq(list.count, 2);
	cr_assert_str_eq(list.items[0], "one");
	cr_assert_str_eq(list.items[1], "two");
	strings_finish(&list);
	cr_assert_eq(list.count, 0);
}

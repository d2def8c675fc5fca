#include "core/base/error.h"

#include <string.h>

#include <criterion/criterion.h>

Test(error, is_cut_on_a_code_point)
{
	struct error error;
	error_set(NULL, "ignored");
	error_set(&error, "%s: %d", "a", 1);
	cr_assert_str_eq(error.text, "a: 1");
	error.temporary = true;
	error_set(&error, "b");
	cr_assert_not(error.temporary);
	char text[1024] = {0};
	for (int i = 0; i < 500; i++)
		strcat(text, "\u00e9");
	error_set(&error, "%s", text);
	cr_assert_eq(strlen(error.text), ERROR_TEXT_SIZE - 2);
	cr_assert_eq((unsigned char)error.text[ERROR_TEXT_SIZE - 3], 0xA9);
}

#include "core/base/buffer.h"

#include <criterion/criterion.h>

Test(buffer, grows_and_shrinks)
{
	struct buffer buffer = {0};
	buffer_add(&buffer, "abc");
	buffer_append(&buffer, "d\0e", 3);
	buffer_format(&buffer, "%d-%s", 42, "x");
	cr_assert_eq(buffer.length, 10);
	cr_assert_arr_eq(buffer.data, "abcd\0e42-x", 11);
	buffer_consume(&buffer, 6);
	cr_assert_str_eq(buffer.data, "42-x");
	for (int i = 0; i < 1000; i++)
		buffer_add(&buffer, "0123456789");
	cr_assert_eq(buffer.length, 10004);
	buffer_clear(&buffer);
	cr_assert_str_eq(buffer.data, "");
	buffer_finish(&buffer);
	cr_assert_null(buffer.data);
}

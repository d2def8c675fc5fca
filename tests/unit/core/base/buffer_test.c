#include "core/base/buffer.h"

#include <stdint.h>
#include <string.h>

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

Test(buffer, formats_whatever_room_is_left)
{
	char expected[300] = "";
	for (int before = 0; before < 260; before++) {
		struct buffer buffer = {0};
		for (int i = 0; i < before; i++)
			buffer_add(&buffer, "x");
		buffer_format(&buffer, "%s%d", "abc", 12345);
		memset(expected, 'x', (size_t)before);
		memcpy(expected + before, "abc12345", 9);
		cr_assert_eq(buffer.length, (size_t)before + 8);
		cr_assert_str_eq(buffer.data, expected, "behind %d octets", before);
		buffer_finish(&buffer);
	}
}

Test(buffer, formats_as_printf_does)
{
	struct buffer buffer = {0};
	buffer_format(&buffer, "%s", "");
	cr_expect_str_eq(buffer.data, "");
	buffer_format(&buffer, "%zu %zu,%s%%%s", (size_t)0, SIZE_MAX, "a", "b");
	buffer_format(&buffer, "%d%s%zu%.1s", -1, "c", (size_t)10, "de");
	cr_expect_str_eq(buffer.data, "0 18446744073709551615,a%b-1c10d");
	buffer_finish(&buffer);
}

Test(buffer, groups_the_digits_of_numbers)
{
	static const struct {
		size_t count;
		const char *text;
	} rows[] = {{0, "0 quotes"}, {1, "1 quote"}, {999, "999 quotes"}, {1000, "1,000 quotes"},
		{38474, "38,474 quotes"}, {1002003, "1,002,003 quotes"}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct buffer buffer = {0};
		buffer_add_count(&buffer, rows[i].count, "quote");
		cr_expect_str_eq(buffer.data, rows[i].text);
		buffer_finish(&buffer);
	}
}

#include "core/choice/cursor.h"

#include <criterion/criterion.h>

Test(cursor, is_read_as_it_was_written)
{
	static const struct cursor rows[] = {{0, 0}, {1, 1}, {UINT64_MAX >> 4, UINT32_MAX}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[CURSOR_TEXT_SIZE];
		struct cursor cursor;
		cursor_format(&rows[i], text);
		cr_assert(cursor_parse(text, &cursor), "%s", text);
		cr_expect_eq(cursor.id, rows[i].id);
		cr_expect_eq(cursor.position, rows[i].position);
	}
}

Test(cursor, refuses_anything_else)
{
	static const char *const rows[] = {
		"",
		"-",
		"0",
		"000000000000",
		"000000000000-",
		"000000000000-x",
		"000000000000--1",
		"000000000000-4294967296",
		"000000000000-99999999999",
		"00000000000-1",
		"00000000000!-1",
		"0000000000001",
	};
	struct cursor cursor;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_not(cursor_parse(rows[i], &cursor), "%s", rows[i]);
}

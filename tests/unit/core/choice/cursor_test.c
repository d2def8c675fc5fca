#include "core/choice/cursor.h"

#include <criterion/criterion.h>

Test(cursor, is_read_as_it_was_written)
{
	static const struct {
		uint64_t id;
		uint32_t position;
	} rows[] = {{0, 0}, {1, 1}, {UINT64_MAX >> 4, UINT32_MAX}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[CURSOR_TEXT_SIZE];
		uint64_t id;
		uint32_t position;
		cursor_format(rows[i].id, rows[i].position, text);
		cr_assert(cursor_parse(text, &id, &position), "%s", text);
		cr_expect_eq(id, rows[i].id);
		cr_expect_eq(position, rows[i].position);
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
	uint64_t id;
	uint32_t position;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_not(cursor_parse(rows[i], &id, &position), "%s", rows[i]);
}

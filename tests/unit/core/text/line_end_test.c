#include "core/text/line_end.h"

#include <string.h>

#include <criterion/criterion.h>

Test(line_end, finds_the_first)
{
	static const struct {
		const char *text;
		size_t found;
	} rows[] = {{"", 0}, {"ab", 2}, {"\n", 0}, {"a\nb\r", 1}, {"a\rb\n", 1}, {"ab\r\n", 2}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(line_end_find(rows[i].text, strlen(rows[i].text)), rows[i].found,
			"row %zu", i);
}

Test(line_end, is_found_in_a_long_line)
{
	char text[1000];
	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < sizeof text; i++) {
		text[i] = i % 2 == 0 ? '\r' : '\n';
		cr_expect_eq(line_end_find(text, sizeof text), i);
		cr_expect_eq(line_end_find(text, i), i);
		text[i] = 'x';
	}
}

Test(line_end, has_a_length)
{
	static const struct {
		const char *text;
		size_t at_end, before_more;
	} rows[] = {
		{"", 0, 0},
		{"a\n", 0, 0},
		{"\n", 1, 1},
		{"\n\n", 1, 1},
		{"\r", 1, 0},
		{"\ra", 1, 1},
		{"\r\n", 2, 2},
		{"\r\r", 1, 0},
		{"\r\ra", 1, 1},
		{"\r\r\n", 3, 3},
		{"\r\r\r", 1, 1},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t length = strlen(rows[i].text);
		cr_expect_eq(
			line_end_length(rows[i].text, length, true), rows[i].at_end, "row %zu", i);
		cr_expect_eq(line_end_length(rows[i].text, length, false), rows[i].before_more,
			"row %zu", i);
	}
}

Test(line_end, separates_lines)
{
	static const char text[] = "a\n\rbc\r\r\n\r\nd";
	static const char *const lines[] = {"a", "", "bc", "", "d"};
	size_t at = 0, octets;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		const char *line = line_end_next(text, sizeof text - 1, &at, &octets);
		cr_assert_not_null(line, "line %zu", i);
		cr_expect_eq(octets, strlen(lines[i]), "line %zu", i);
		cr_expect_eq(memcmp(line, lines[i], octets), 0, "line %zu", i);
	}
	cr_expect_null(line_end_next(text, sizeof text - 1, &at, &octets));
	cr_expect_eq(at, sizeof text - 1);
}

Test(line_end, is_counted)
{
	static const struct {
		const char *text;
		size_t lines;
	} rows[] = {{"", 0}, {"a", 0}, {"a\nb\rc\r\nd\r\r\ne", 4}, {"\n\n\r\r", 4}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(line_end_count(rows[i].text, strlen(rows[i].text)), rows[i].lines,
			"row %zu", i);
}

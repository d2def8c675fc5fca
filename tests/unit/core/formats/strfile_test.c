#include "core/formats/strfile.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"

/* Writes a table: big-endian numbers of 4 octets, and offsets of \p width octets. */
static void write(struct buffer *out, const uint32_t head[5], char delimiter, size_t width,
	const uint64_t *offsets, size_t count)
{
	char tail[4] = {delimiter, 0, 0, 0};
	for (int i = 0; i < 5; i++)
		for (int shift = 24; shift >= 0; shift -= 8)
			buffer_append(out, &(char){(char)(head[i] >> shift)}, 1);
	buffer_append(out, tail, 4);
	for (size_t i = 0; i < count; i++)
		for (int shift = (int)width * 8 - 8; shift >= 0; shift -= 8)
			buffer_append(out, &(char){(char)(offsets[i] >> shift)}, 1);
}

Test(strfile, reads_every_kind_of_table)
{
	static const struct {
		uint32_t head[5];
		char delimiter;
		size_t width;
		uint64_t offsets[4];
		bool matches;
	} rows[] = {
		{{2, 3, 9, 1, 0}, '%', 4, {0, 5, 9, 20}, true},
		{{1, 3, 9, 1, 0}, '%', 8, {0, 5, 9, 20}, true},
		{{2, 3, 9, 1, STRFILE_RANDOM}, '@', 4, {9, 20, 0, 5}, true},
		{{2, 3, 9, 1, STRFILE_ORDERED | STRFILE_ROTATED}, '%', 4, {20, 9, 5, 0}, true},
		{{2, 3, 9, 1, STRFILE_COMMENTS}, '%', 4, {0, 5, 9, 19}, false},
		{{2, 3, 9, 1, 0}, '%', 4, {0, 5, 99, 20}, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer data = {0};
		struct strfile table;
		struct error error;
		write(&data, rows[i].head, rows[i].delimiter, rows[i].width, rows[i].offsets, 4);
		cr_assert(strfile_parse(data.data, data.length, 20, &table, &error), "row %zu", i);
		cr_assert_eq(table.flags, rows[i].head[4]);
		cr_assert_eq(table.delimiter, rows[i].delimiter);
		cr_assert_eq(table.matches, rows[i].matches, "row %zu", i);
		static const uint64_t sorted[] = {0, 5, 9};
		if (rows[i].matches)
			cr_assert_eq(memcmp(table.offsets, sorted, sizeof sorted), 0, "row %zu", i);
		free(table.offsets);
		buffer_finish(&data);
	}
}

Test(strfile, reports_the_damage)
{
	static const struct {
		uint32_t head[5];
		char delimiter;
		size_t length; /* 0: all */
		const char *error;
	} rows[] = {
		{{2, 1, 0, 0, 0}, '%', 23, "it is shorter than its header"},
		{{2, 1, 0, 0, 0}, '%', 31, "its size does not match its number of quotes"},
		{{2, 0xFFFFFFFF, 0, 0, 0}, '%', 0, "its size does not match its number of quotes"},
		{{3, 1, 0, 0, 0}, '%', 0, "its version is neither 1 nor 2"},
		{{2, 1, 0, 0, 16}, '%', 0, "it has unknown flags"},
		{{2, 1, 0, 0, 0}, '\n', 0, "its delimiter is NUL or a line end"},
		{{2, 1, 0, 0, 0}, '\0', 0, "its delimiter is NUL or a line end"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer data = {0};
		struct strfile table;
		struct error error;
		write(&data, rows[i].head, rows[i].delimiter, 4, (uint64_t[]){0, 20}, 2);
		size_t length = rows[i].length > 0 ? rows[i].length : data.length;
		cr_assert_not(strfile_parse(data.data, length, 20, &table, &error), "row %zu", i);
		cr_assert_str_eq(error.text, rows[i].error);
		buffer_finish(&data);
	}
}

Test(strfile, follows_the_offsets_of_a_text)
{
	static const struct {
		uint64_t offsets[3];
		size_t count;
		bool all;
	} rows[] = {
		{{0, 7, 20}, 3, true},
		{{0, 7}, 2, false},
		{{0, 20}, 2, false},
		{{0, 20, 7}, 3, false},
		{{7, 0, 7}, 3, false},
	};
	uint64_t offsets[] = {0, 7, 20};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct strfile table = {.offsets = offsets, .count = 3};
		for (size_t j = 0; j < rows[i].count; j++) {
			cr_expect(strfile_has(&table, rows[i].offsets[j]));
			strfile_match(&table, rows[i].offsets[j]);
		}
		cr_expect_not(strfile_has(&table, 8));
		cr_expect_eq(table.matched == table.count, rows[i].all, "row %zu", i);
	}
}

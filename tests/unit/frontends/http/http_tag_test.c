#include "frontends/http/http_tag.h"

#include <criterion/criterion.h>

Test(http_tag, is_compared_weakly_and_tells_the_length)
{
#define TAG "00000000000000a1-1f"
	static const struct {
		const char *field;
		bool matches;
		size_t length;
	} rows[] = {
		{NULL, false, SIZE_MAX},
		{"", false, SIZE_MAX},
		{"*", true, SIZE_MAX},
		{"W/\"" TAG "\"", true, 31},
		{"\"" TAG "\"", true, 31},
		{"\"00000000000000a1-0\"", true, 0},
		{"\"00000000000000a1-\"", false, SIZE_MAX},
		{"\"00000000000000a1\"", false, SIZE_MAX},
		{"\"00000000000000a2-1f\"", false, SIZE_MAX},
		{"\"00000000000000a1-ffffffff\"", true, 0xffffffff},
		{"\"00000000000000a1-fffffffff\"", false, SIZE_MAX},
		{"\"00000000000000a1--1\"", false, SIZE_MAX},
		{"\"00000000000000a1-1g\"", false, SIZE_MAX},
		{"\"00000000000000a1-1F\"", false, SIZE_MAX},
		{TAG, false, SIZE_MAX},
		{"\"b\", W/\"c\",\"" TAG "\"", true, 31},
		{"\"b,\", \"" TAG "\"", true, 31},
		{"\"b, \"" TAG "\"", false, SIZE_MAX},
		{"\"b\" \"" TAG "\"", true, 31},
		{" , ,\"" TAG "\"", true, 31},
		{"\"" TAG, false, SIZE_MAX},
		{"w/\"" TAG "\"", false, SIZE_MAX},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t length;
		cr_expect_eq(
			http_tag_match(rows[i].field, 0xa1, &length), rows[i].matches, "%zu", i);
		cr_expect_eq(length, rows[i].length, "%zu: %zu", i, length);
	}
}

Test(http_tag, is_read_as_it_is_written)
{
	static const struct {
		uint64_t hash;
		size_t length;
		const char *tag;
	} rows[] = {{0xa1, 31, "W/\"" TAG "\""}, {0, 0, "W/\"0000000000000000-0\""},
		{UINT64_MAX, UINT32_MAX, "W/\"ffffffffffffffff-ffffffff\""}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char tag[HTTP_TAG_SIZE];
		size_t length;
		http_tag_format(rows[i].hash, rows[i].length, tag);
		cr_expect_str_eq(tag, rows[i].tag);
		cr_assert(http_tag_match(tag, rows[i].hash, &length));
		cr_expect_eq(length, rows[i].length);
	}
}

#include "core/library/author_key.h"

#include <string.h>

#include <criterion/criterion.h>

Test(author_key, is_equal_for_one_author)
{
	static const struct {
		const char *author, *key;
	} rows[] = {
		{"Jane Roe", "jane roe"},
		{"JANE  ROE", "jane roe"},
		{"Jane Roe, \"On Rain\"", "jane roe"},
		{"Jane Roe\nOn Rain", "jane roe"},
		{"Jane Roe (1901)", "jane roe"},
		{"J.R. Roe", "j r roe"},
		{"J. R. Roe.", "j r roe"},
		{"\"Jim\" Roe", "jim roe"},
		{"\u00c9mile", "emile"},
		{"E\u0301mile", "emile"},
		{"\u0141ukasz \u00d8re", "lukasz ore"},
		{"\u4e2d\u6587", "\u4e2d\u6587"},
		{"(anonymous)", "anonymous"},
		{"???", ""},
		{"", ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer key = {0};
		buffer_append(&key, "", 0);
		author_key_append(rows[i].author, strlen(rows[i].author), &key);
		cr_expect_str_eq(key.data, rows[i].key, "row %zu: %s", i, key.data);
		buffer_finish(&key);
	}
}

Test(author_key, finds_the_name_in_an_attribution)
{
	static const struct {
		const char *author;
		size_t length;
	} rows[] = {
		{"Jane Roe", 8},
		{"Jane Roe , x", 8},
		{"Jane Roe; x", 8},
		{"Jane Roe [x]", 8},
		{"Jane\nRoe", 4},
		{"(Jane)", 6},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(author_key_name(rows[i].author, strlen(rows[i].author)),
			rows[i].length, "row %zu", i);
}

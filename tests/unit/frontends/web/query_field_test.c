#include "frontends/web/query_field.h"

#include <criterion/criterion.h>

Test(query_field, finds_and_decodes)
{
	static const struct {
		const char *query, *value; /* NULL: refused */
	} rows[] = {
		{"q=apple", "apple"},
		{"page=2&q=an+apple&q=x", "an apple"},
		{"q=%41%2b%26%C3%A9", "A+&\u00e9"},
		{"q=100%", "100%"},
		{"q=%4", "%4"},
		{"q=%zz", "%zz"},
		{"q=a=b", "a=b"},
		{"q=", ""},
		{"q", ""},
		{"qq=x", ""},
		{"", ""},
		{"&&q=x&", "x"},
		{"%71=x", "x"},
		{"%FF=y&q=x", "x"},
		{"q=%00", NULL},
		{"q=%ff", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		buffer_add(&out, "");
		bool valid = query_field_find(rows[i].query, "q", &out);
		cr_assert_eq(valid, rows[i].value != NULL, "row %zu", i);
		if (valid)
			cr_assert_str_eq(
				out.data != NULL ? out.data : "", rows[i].value, "row %zu", i);
		buffer_finish(&out);
	}
}

Test(query_field, reads_numbers)
{
	static const struct {
		const char *query;
		long number; /* 0: refused */
	} rows[] = {{"page=3", 3}, {"page=0", 0}, {"page=-1", 0}, {"page=x", 0}, {"page=101", 0},
		{"page=100", 100}, {"page=99999999999999999999", 0}, {"page=%FF", 0},
		{"page=1.5", 0}, {"", 7}, {"page=", 7}, {"page", 7}, {"pages=0", 7}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		long number = 7;
		bool taken = query_field_number(rows[i].query, "page", 100, &number);
		cr_assert_eq(taken ? number : 0, rows[i].number, "row %zu", i);
		cr_assert(taken || number == 7, "row %zu", i);
	}
}

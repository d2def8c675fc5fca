#include "core/choice/quote_filter.h"

#include <string.h>

#include <criterion/criterion.h>

Test(quote_filter, takes_by_size)
{
	static const struct {
		struct quote_filter filter;
		const char *text;
		bool taken;
	} rows[] = {
		{{0}, "a", true},
		{{.min_bytes = 2}, "a", false},
		{{.min_bytes = 2}, "ab", true},
		{{.max_bytes = 2}, "ab", true},
		{{.max_bytes = 2}, "abc", false},
		{{.max_lines = 2}, "a\nb", true},
		{{.max_lines = 2}, "a\n\nb", false},
		{{.min_characters = 2}, "\u00e9", false},
		{{.min_characters = 2}, "\u00e9\n", true},
		{{.max_characters = 2}, "\u4e2d\u6587", true},
		{{.max_characters = 2}, "abc", false},
		{{.min_bytes = 3, .max_bytes = 4, .max_lines = 2}, "a\nb", true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct quote quote = {.text = rows[i].text, .length = strlen(rows[i].text)};
		cr_expect_eq(
			quote_filter_takes(&rows[i].filter, &quote), rows[i].taken, "row %zu", i);
		cr_expect(quote_filter_equal(&rows[i].filter, &rows[i].filter));
		cr_expect_eq(quote_filter_takes_all(&rows[i].filter), i == 0, "row %zu", i);
		cr_expect_eq(quote_filter_equal(&rows[0].filter, &rows[i].filter), i == 0);
	}
}

Test(quote_filter, needs_no_text_for_octets)
{
	const struct quote quote = {.length = 10};
	cr_expect(quote_filter_takes(&(struct quote_filter){.max_bytes = 10}, &quote));
	cr_expect_not(quote_filter_takes(&(struct quote_filter){.max_bytes = 9}, &quote));
	cr_expect(quote_filter_takes(&(struct quote_filter){.min_bytes = 10}, &quote));
	cr_expect_not(quote_filter_takes(&(struct quote_filter){.min_bytes = 11}, &quote));
	cr_expect_not(quote_filter_takes(
		&(struct quote_filter){.min_bytes = 11, .max_lines = 1}, &quote));
}

#include "frontends/shell/basic_pattern.h"

#include <stdint.h>

#include <criterion/criterion.h>

Test(basic_pattern, becomes_one_of_pcre2)
{
	static const struct {
		const char *basic;
		const char *expected;
	} rows[] = {
		{"a.b*", "a.b*"},
		{"\\(a\\|b\\)\\+c\\?", "(a|b)+c?"},
		{"a\\{2\\}b\\{2,\\}c\\{,3\\}d\\{2,3\\}", "a{2}b{2,}c{0,3}d{2,3}"},
		{"C++ (what?) {a|b}", "C\\+\\+ \\(what\\?\\) \\{a\\|b\\}"},
		{"*a\\(*b\\|*c\\)^*d", "\\*a(\\*b|\\*c)\\^*d"},
		{"^*a", "^\\*a"},
		{"\\+a\\(\\?b\\)", "\\+a(\\?b)"},
		{"^a^$b$", "^a\\^\\$b$"},
		{"\\(^a$\\|^b$\\)", "(^a$|^b$)"},
		{"\\.\\*\\[\\]\\^\\$\\\\\\/", "\\.\\*\\[\\]\\^\\$\\\\\\/"},
		{"\\<a\\>\\w\\W\\b\\B\\s\\S\\`\\'", "[[:<:]]a[[:>:]]\\w\\W\\b\\B\\s\\S\\A\\z"},
		{"\\(a\\)\\11", "(a)\\g{1}1"},
		{"[a-z\\]]", "[a-z\\\\]\\]"},
		{"[]a]", "[\\]a]"},
		{"[^]a]", "[^\n\\]a]"},
		{"[^-a]", "[^\n\\-a]"},
		{"[[:alpha:][:digit:]_]*", "[[:alpha:][:digit:]_]*"},
		{"\\\xc3\xa9*", "\xc3\xa9*"},
		{"a\\", "a\\"},
		{"", ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		const char *problem;
		const char *end = basic_pattern_translate(rows[i].basic, SIZE_MAX, &out, &problem);
		cr_expect_null(problem, "%s: %s", rows[i].basic, problem);
		cr_expect_str_empty(end);
		cr_expect_str_eq(out.data != NULL ? out.data : "", rows[i].expected, "%s: %s",
			rows[i].basic, out.data);
		buffer_finish(&out);
	}
}

Test(basic_pattern, names_the_place_that_is_wrong)
{
	static const struct {
		const char *basic;
		const char *rest;
		const char *problem;
	} rows[] = {
		{"a**b", "b", "this repeats what is repeated already"},
		{"a*\\+b", "b", "this repeats what is repeated already"},
		{"a\\{2\\}\\?b", "b", "this repeats what is repeated already"},
		{"a\\{x\\}", "x\\}", "this is not \\{3\\}, \\{3,\\} or \\{3,5\\}"},
		{"a\\{3", "3", "this is not \\{3\\}, \\{3,\\} or \\{3,5\\}"},
		{"a\\{\\}", "\\}", "this is not \\{3\\}, \\{3,\\} or \\{3,5\\}"},
		{"\\{3\\}", "3\\}", "there is nothing to repeat"},
		{"\\d*", "*", "this escape means nothing"},
		{"\\n", "", "this escape means nothing"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		const char *problem;
		const char *end = basic_pattern_translate(rows[i].basic, SIZE_MAX, &out, &problem);
		cr_assert_not_null(problem, "%s", rows[i].basic);
		cr_expect_str_eq(problem, rows[i].problem, "%s: %s", rows[i].basic, problem);
		cr_expect_str_eq(end, rows[i].rest, "%s: %s", rows[i].basic, end);
		buffer_finish(&out);
	}
}

Test(basic_pattern, finds_the_place_of_an_octet)
{
	static const struct {
		size_t offset;
		const char *rest;
	} rows[] = {{0, "\\|?[[:alpha:]]"}, {1, "?[[:alpha:]]"}, {2, "[[:alpha:]]"},
		{3, "[[:alpha:]]"}, {4, ""}, {99, ""}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		const char *problem;
		cr_expect_str_eq(
			basic_pattern_translate("a\\|?[[:alpha:]]", rows[i].offset, &out, &problem),
			rows[i].rest);
		buffer_finish(&out);
	}
}

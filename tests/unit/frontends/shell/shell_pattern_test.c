#include "frontends/shell/shell_pattern.h"

#include <string.h>

#include <criterion/criterion.h>

enum { LONG = 1200 };

Test(shell_pattern, matches)
{
	static const struct {
		const char *pattern;
		const char *text;
		bool ignore_case;
		bool matches;
	} rows[] = {
		{"apple", "an apple", false, true},
		{"APPLE", "an apple", false, false},
		{"APPLE", "an apple", true, true},
		{"^two$", "one\ntwo\nthree", false, true},
		{"one.two", "one\ntwo", false, false},
		{"^.tude$", "\xc3\xa9tude", false, true},
		{"\xc3\x89tude", "\xc3\xa9tude", true, true},
		{"(a|b){2,3}c", "xabac", false, true},
		{"[]a]{1000}", "a", false, false},
		{"[[:digit:]]+", "in 1984", false, true},
		{"[[.].](]", "(", false, true},
		{"((a*)+)?{9}", "a", false, true},
		{"a\\{1", "a{1", false, true},
		{"[\\1]", "1", false, true},
		{"", "anything", false, true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct shell_pattern pattern;
		struct error error = {0};
		cr_assert(
			shell_pattern_init(&pattern, rows[i].pattern, rows[i].ignore_case, &error),
			"%s: %s", rows[i].pattern, error.text);
		cr_expect_eq(shell_pattern_matches(&pattern, rows[i].text), rows[i].matches, "%s",
			rows[i].pattern);
		shell_pattern_finish(&pattern);
	}
}

/* Each of these took the C library seconds or more memory than there is. */
Test(shell_pattern, refuses_what_has_no_end, .timeout = 5)
{
	static const char *const patterns[] = {
		"a{255}{255}{255}{255}",
		"((a{20}){20}){20}",
		"(a{1,100}){1,100}c",
		"(a[]]{100}b){11}",
		"a{1001}",
		"a{99999999999999999999}",
		"((((x{30})*{30})*{30})*{30})*{30}",
		"(x{30}+){30}",
		"(x{31}?){31}?",
		"(((((x{9,})?{9,})+{9,})*{9,}))",
		"x++++++++++++++++++++++++++++++",
		"x{1,}{1,}{1,}{1,}{1,}{1,}{1,}{1,}{1,}{1,}{1,}{1,}{1,}",
		"x{1,255}{1,255}",
		"(a|b|c|d){1,255}",
		"(a*|b+){200}",
		/* What looks like the end of a group in a bracket is none. */
		"(x{40}[[.].])]){40}",
		"(a*)(a*)(a*)(a*)\\4\\3\\2\\1c",
	};
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct shell_pattern pattern;
		struct error error = {0};
		cr_expect_not(shell_pattern_init(&pattern, patterns[i], false, &error), "%s",
			patterns[i]);
		cr_expect(strncmp(error.text, "--match: ", 9) == 0, "%s", error.text);
	}
}

Test(shell_pattern, refuses_what_is_malformed_or_long)
{
	struct shell_pattern pattern;
	struct error error = {0};
	char text[LONG + 1] = "";
	cr_expect_not(shell_pattern_init(&pattern, "(", false, &error));
	cr_expect_str_eq(error.text, "--match: '(': Unmatched ( or \\(");
	cr_expect_not(shell_pattern_init(&pattern, "[", false, &error));
	memset(text, 'a', LONG);
	cr_expect_not(shell_pattern_init(&pattern, text, false, &error));
	cr_expect_str_eq(error.text, "--match: the pattern is larger than 1000 characters, repeats "
				     "counted; shorten it");
	memset(text, '(', LONG);
	cr_expect_not(shell_pattern_init(&pattern, text, false, &error));
}

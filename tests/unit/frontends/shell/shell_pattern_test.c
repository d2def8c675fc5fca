#include "frontends/shell/shell_pattern.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/rng.h"

enum { LONG = 70000 };

static enum shell_pattern_outcome match(const char *basic, const char *text, bool ignore_case)
{
	struct error error = {.text = ""};
	struct shell_pattern *pattern = shell_pattern_create(basic, ignore_case, &error);
	cr_assert_not_null(pattern, "%s: %s", basic, error.text);
	enum shell_pattern_outcome outcome =
		shell_pattern_match(pattern, text, strlen(text), &error);
	cr_expect_neq(outcome, SHELL_PATTERN_GAVE_UP, "%s: %s", basic, error.text);
	shell_pattern_destroy(pattern);
	return outcome;
}

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
		{"one[^x]two", "one\ntwo", false, false},
		{"^.tude$", "\xc3\xa9tude", false, true},
		{"\xc3\x89tude", "\xc3\xa9tude", true, true},
		{"\xc3\xa9*$", "\xc3\xa9\xc3\xa9", false, true},
		{"^[[:alpha:]]*$", "\xc3\xa9tude", false, true},
		{"^\\w*$", "\xc3\xa9tude", false, true},
		{"\\(a\\|b\\)\\{2,3\\}c", "xabac", false, true},
		{"a\\|b", "xb", false, true},
		{"a|b", "xb", false, false},
		{"What?", "What", false, false},
		{"What?", "What?", false, true},
		{"C++", "in C++", false, true},
		{"(c)", "(c)", false, true},
		{"[[:digit:]]\\+", "in 1984", false, true},
		{"\\(.\\)\\1", "apple", false, true},
		{"\\<pp", "apple", false, false},
		{"\\<pp\\>", "a pp le", false, true},
		{"\\(?#x\\)", "?#x", false, true},
		{"(*UTF)", "(*UTF)", false, true},
		{"", "anything", false, true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(match(rows[i].pattern, rows[i].text, rows[i].ignore_case) ==
				     SHELL_PATTERN_MATCHES,
			rows[i].matches, "%s", rows[i].pattern);
}

Test(shell_pattern, names_what_is_wrong_and_where)
{
	static const struct {
		const char *pattern;
		const char *error;
	} rows[] = {
		{"a\\(b", "missing closing parenthesis, at character 4"},
		{"\xc3\xa9\\)b", "unmatched closing parenthesis, at character 3"},
		{"a[b", "missing terminating ] for character class, at character 3"},
		{"a[z-b]c", "range out of order in character class, at character 6"},
		{"[[:vowel:]]", "unknown POSIX class name, at character 11"},
		{"[[.x.]]", "POSIX collating elements are not supported, at character 6"},
		{"ab**", "this repeats what is repeated already, at character 4"},
		{"a\\{9,2\\}b", "numbers out of order in {} quantifier, at character 8"},
		{"a\\{70000\\}b", "number too big in {} quantifier, at character 10"},
		{"\\(a\\)\\2", "reference to non-existent subpattern, at character 7"},
		{"ab\\", "\\ at end of pattern, at character 3"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error = {.text = ""};
		char expected[200];
		snprintf(expected, sizeof expected, "--match: '%s': %s", rows[i].pattern,
			rows[i].error);
		cr_expect_null(shell_pattern_create(rows[i].pattern, false, &error));
		cr_expect_str_eq(error.text, expected, "%s", error.text);
	}
}

/* Each of these took the C library seconds or more memory than there is. */
Test(shell_pattern, refuses_what_is_too_large, .timeout = 10)
{
	static const char *const patterns[] = {
		"\\(\\(\\(a\\{255\\}\\)\\{255\\}\\)\\{255\\}\\)\\{255\\}",
		"\\(\\(a\\{1,100\\}\\)\\{1,100\\}\\)\\{1,100\\}c",
		"\\(a\\{30000\\}\\)\\{30000\\}",
	};
	struct error error = {.text = ""};
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		cr_expect_null(shell_pattern_create(patterns[i], false, &error), "%s", patterns[i]);
		cr_expect(strstr(error.text, "regular expression is too large") != NULL, "%s",
			error.text);
	}
	char *text = malloc(2 * LONG + 1);
	for (size_t i = 0; i < LONG; i++)
		memcpy(text + 2 * i, "\\(", 2);
	text[2 * LONG] = '\0';
	cr_expect_null(shell_pattern_create(text, false, &error));
	free(text);
}

Test(shell_pattern, gives_up_what_has_no_end, .timeout = 10)
{
	static const char *const patterns[] = {
		"\\(a*\\)*[bc]",
		"\\(a\\|a\\)*[bc]",
		"\\(a*\\)\\(a*\\)\\(a*\\)\\(a*\\)\\4\\3\\2\\1[bc]",
		"\\(\\w\\+\\s*\\)\\+[bc]",
	};
	char text[LONG + 1];
	memset(text, 'a', LONG);
	text[LONG] = '\0';
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct error error = {.text = ""};
		struct shell_pattern *pattern = shell_pattern_create(patterns[i], false, &error);
		cr_assert_not_null(pattern, "%s", error.text);
		cr_expect_eq(shell_pattern_match(pattern, text, LONG, &error),
			SHELL_PATTERN_GAVE_UP, "%s", patterns[i]);
		cr_expect(strstr(error.text, "limit exceeded; use fewer repeats") != NULL, "%s",
			error.text);
		shell_pattern_destroy(pattern);
	}
}

/* Makes a pattern or a text of up to \p most pieces. */
static void compose(
	struct rng *rng, const char *const *pieces, size_t count, size_t most, char *ret_text)
{
	*ret_text = '\0';
	for (uint64_t left = rng_below(rng, most) + 1; left > 0; left--)
		strcat(ret_text, pieces[rng_below(rng, count)]);
	/* No quote ends with a line feed, after which the two differ. */
	for (size_t length = strlen(ret_text); length > 0 && ret_text[length - 1] == '\n'; length--)
		ret_text[length - 1] = '\0';
}

/* The C library is what grep and fortune use. Its back-references are not compared: it finds
 * matches that are none. */
Test(shell_pattern, agrees_with_the_c_library)
{
	static const char *const pieces[] = {"a", "b", ".", "*", "^", "$", "\\(", "\\)", "\\|",
		"\\+", "\\?", "\\{1,2\\}", "\\{2\\}", "\\{,1\\}", "[ab]", "[^a]", "[]-a]", "[^-b]",
		"[[:alpha:]\\]", "+", "?", "|", "(", ")", "{", "}", "\\.", "\\*", "\\<", "\\>",
		"\\b", "\\B", "\\w", "\\W", "\\`", "\\'", "-", "]", "\\]", "\\}"};
	static const char *const letters[] = {"a", "b", "ab", "\n", "*", "^", "$", "+", "?", "|",
		"(", ")", "{", "}", ".", "-", "]", "\\", " "};
	enum {
		PIECES = sizeof pieces / sizeof *pieces,
		LETTERS = sizeof letters / sizeof *letters
	};
	struct rng rng;
	int compared = 0;
	rng_init(&rng, 2026);
	for (int i = 0; i < 20000; i++) {
		char basic[100], text[100];
		regex_t regex;
		struct error error = {.text = ""};
		compose(&rng, pieces, PIECES, 7, basic);
		struct shell_pattern *pattern = shell_pattern_create(basic, false, &error);
		bool good = regcomp(&regex, basic, REG_NOSUB | REG_NEWLINE) == 0;
		/* It lets a \\+ or \\? repeat what is repeated already. */
		bool twice = strstr(error.text, "this repeats") != NULL;
		cr_assert(twice || good == (pattern != NULL), "%s: %s", basic, error.text);
		for (int j = 0; pattern != NULL && j < 10; j++) {
			compose(&rng, letters, LETTERS, 6, text);
			bool found = regexec(&regex, text, 0, NULL, 0) == 0;
			bool mine = shell_pattern_match(pattern, text, strlen(text), &error) ==
				    SHELL_PATTERN_MATCHES;
			cr_assert_eq(mine, found, "'%s' on '%s': %d", basic, text, found);
			compared++;
		}
		if (good)
			regfree(&regex);
		shell_pattern_destroy(pattern);
	}
	cr_expect_gt(compared, 20000);
}

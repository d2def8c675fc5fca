#include "core/library/attribution.h"

#include <string.h>

#include <criterion/criterion.h>

struct row {
	const char *text, *author;
	size_t body_length;
};

static void check(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct quote quote = {.text = rows[i].text, .length = strlen(rows[i].text)};
		attribution_find(&quote);
		cr_assert_not_null(quote.author, "%s", rows[i].text);
		cr_assert_eq(quote.body_length, rows[i].body_length, "%s: %zu", rows[i].text,
			quote.body_length);
		cr_assert_eq(quote.author_length, strlen(rows[i].author), "%s", rows[i].text);
		cr_assert_eq(strncmp(quote.author, rows[i].author, quote.author_length), 0, "%s",
			rows[i].text);
	}
}

static void check_none(const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct quote quote = {.text = texts[i], .length = strlen(texts[i])};
		attribution_find(&quote);
		cr_assert_null(quote.author, "%s", texts[i]);
		cr_assert_eq(quote.body_length, quote.length, "%s", texts[i]);
	}
}

Test(attribution, finds_a_line_with_dashes)
{
	static const struct row rows[] = {
		{"Hi.\n                -- Twain", "Twain", 3},
		{"Hi.\n\n  -- Twain", "Twain", 3},
		{"Hi.\n-- Twain", "Twain", 3},
		{"Hi.\n        --Twain", "Twain", 3},
		{"Hi.\n        --anonymous", "anonymous", 3},
		{"Hi.\n\n--Ana Maria de Sousa", "Ana Maria de Sousa", 3},
		{"Hi.\n--Twain, on lies", "Twain, on lies", 3},
		{"Hi.\n  \u2014 Twain", "Twain", 3},
		{"Hi.\n  \u2014Twain", "Twain", 3},
		{"Hi.\n\u2015 Twain", "Twain", 3},
		{"Hi.\n\u2014\u2014\u8001\u820D", "\u8001\u820D", 3},
		{"Hi.\n    -- Twain, \"On\n       Lies\"", "Twain, \"On\n       Lies\"", 3},
		{"Hi.\n        -- \"On Lies\"", "\"On Lies\"", 3},
		{"Hi:\n                -- Wayne, \"Hey!\"", "Wayne, \"Hey!\"", 3},
		{"Hi:\n        -- Wayne!", "Wayne!", 3},
		{"Hi.\n--V 2", "V 2", 3},
		{"- What?\n-- No.\n    -- Twain", "Twain", 14},
	};
	check(rows, sizeof rows / sizeof rows[0]);
}

Test(attribution, finds_no_author_in_options_dialogues_and_drawings)
{
	static const char *const texts[] = {
		"Hi.",
		"-- Twain",
		"Hi -- there",
		"Hi.\n--help",
		"Hi.\n--Never say so.",
		"Hi.\n--",
		"Hi.\n  --help",
		"Hi.\n  ---- x",
		"Hi.\n  -- Twain\nBye.",
		"Hi.\n  -- Twain\n\n  Bye.",
		"Hi.\n    -- Twain\n  Bye.",
		"He:\n-- One.\n-- Two.",
		"\u2014 One.\n\u2014 Two.",
		"He said:\n-- Nothing at all.",
		"He went out.\n\u2014 Come back!",
		" /_\\\n --``'/",
	};
	check_none(texts, sizeof texts / sizeof texts[0]);
}

Test(attribution, finds_a_name_alone_on_the_last_line)
{
	static const struct row rows[] = {
		{"Be kind.\n~ Ada Byron", "Ada Byron", 8},
		{"Be kind.\n  ~ Ada", "Ada", 8},
		{"Be kind.\n- Ada Byron", "Ada Byron", 8},
		{"Be kind.\n  -Ada Byron, 1840", "Ada Byron, 1840", 8},
		{"Be kind.\n- W. B. Smith Jr.", "W. B. Smith Jr.", 8},
		{"Be kind.\n(Ada Byron)", "Ada Byron", 8},
		{"Be kind.\n(by Ada)", "Ada", 8},
		{"Be kind.\n\n    (Ada von Byron, to a friend)", "Ada von Byron, to a friend", 8},
		{"Why?\n(Ada)", "Ada", 4},
	};
	check(rows, sizeof rows / sizeof rows[0]);
}

Test(attribution, finds_no_author_in_other_last_lines)
{
	static const char *const texts[] = {
		"(Ada)",
		"Be kind.\n- and be brave",
		"Be kind.\n- Be brave.",
		"- Be kind\n- Be Brave",
		"- So, who?\nHe knew.\n- Ada",
		"Who was it?\n- Ada",
		"To buy:\n- Bread",
		"Be kind.\n- Ada!",
		"Be kind.\n- 42",
		"Be kind.\n- ",
		"Be kind.\n(so it goes)",
		"Be kind.\n(Or so they say.)",
		"Be kind.\n(Y/N)",
		"Be kind.\n()",
		"(Some)\n(Thing)",
		"Be kind.\n    -- Ada\n(Cited)",
		"~~ ~\n ~ ~~",
		"/~\\\n~ _Ab",
	};
	check_none(texts, sizeof texts / sizeof texts[0]);
}

Test(attribution, finds_a_name_after_the_sentence_of_an_only_line)
{
	static const struct row rows[] = {
		{"Be kind. -- Ada Byron", "Ada Byron", 8},
		{"Be kind!   --Ada", "Ada", 8},
		{"\"Be kind\" \u2014 Ada", "Ada", 9},
		{"Be kind.\u2014Ada", "Ada", 8},
		{"\u8981\u5584\u826F\u3002\u2014\u2014\u8001\u820D", "\u8001\u820D", 12},
		{"Be kind. ~ Ada", "Ada", 8},
		{"Be kind. - Ada Byron", "Ada Byron", 8},
		{"Be self-less. -Ada", "Ada", 13},
		{"Be kind. (Ada Byron)", "Ada Byron", 8},
		{"Be kind -- always. -- Ada", "Ada", 18},
	};
	check(rows, sizeof rows / sizeof rows[0]);
}

Test(attribution, finds_no_author_elsewhere_in_a_line)
{
	static const char *const texts[] = {
		"Be kind -- Ada is.",
		"Be kind -- Ada",
		"Be kind. -- do",
		"AD - A note",
		"- Be kind! - Ada",
		"\u2014 Be kind! \u2014 Ada",
		"\"One\" -Ada \"Two\" -Bob",
		"Be kind. (Y/N)",
		"Be kind. (But not to all.)",
		"Be kind (Ada)",
		"Be kind.-Ada",
		"Be kind. -- Ada Byron says so",
	};
	check_none(texts, sizeof texts / sizeof texts[0]);
}

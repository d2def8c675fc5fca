#include "core/library/attribution.h"

#include <string.h>

#include <criterion/criterion.h>

Test(attribution, finds)
{
	static const struct {
		const char *text, *author; /* NULL: none */
		size_t body_length;
	} rows[] = {
		{"Hi.\n                -- Twain", "Twain", 3},
		{"Hi.\n\n  -- Twain", "Twain", 3},
		{"Hi.\n-- Twain", "Twain", 3},
		{"Hi.\n        --Twain", "Twain", 3},
		{"Hi.\n        --anonymous", "anonymous", 3},
		{"Hi.\n  \u2014 Twain", "Twain", 3},
		{"Hi.\n  \u2014Twain", "Twain", 3},
		{"Hi.\n    -- Twain, \"On\n       Lies\"", "Twain, \"On\n       Lies\"", 3},
		{"- What?\n-- No.\n    -- Twain", "Twain", 14},
		{"Hi.", NULL, 3},
		{"-- Twain", NULL, 8},
		{"Hi -- there", NULL, 11},
		{"Hi.\n--Twain", NULL, 11},
		{"Hi.\n  --help", NULL, 12},
		{"Hi.\n--", NULL, 6},
		{"Hi.\n  ---- x", NULL, 12},
		{"Hi.\n  -- Twain\nBye.", NULL, 19},
		{"Hi.\n  -- Twain\n\n  Bye.", NULL, 22},
		{"Hi.\n    -- Twain\n  Bye.", NULL, 23},
		{"He:\n-- One.\n-- Two.", NULL, 19},
		{"\u2014 One.\n\u2014 Two.", NULL, 17},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct quote quote = {.text = rows[i].text, .length = strlen(rows[i].text)};
		attribution_find(&quote);
		cr_assert_eq(quote.author != NULL, rows[i].author != NULL, "%s", rows[i].text);
		cr_assert_eq(quote.body_length, rows[i].body_length, "%s: %zu", rows[i].text,
			quote.body_length);
		if (quote.author == NULL)
			continue;
		cr_assert_str_eq(quote.author, rows[i].author);
		cr_assert_eq(quote.author_length, strlen(rows[i].author));
	}
}

#include "core/library/language.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "tests/support/scratch.h"

Test(language, takes_well_formed_tags)
{
	static const char *const tags[] = {"de", "DE", "gsw", "de-AT", "zh-Hant-TW", "zh-yue",
		"zh-min-nan-Hant", "es-419", "de-1996", "sl-rozaj-biske-1994", "de-CH-x-phonebk",
		"en-a-bbb-x-a-ccc", "en-u-co-phonebk", "x-whatever", "qaa-Qaaa-QM-x-southern",
		"german", "i-klingon", "EN-gb-OED", "art-lojban", "x-a"};
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		cr_expect(language_is_tag(tags[i]), "%s", tags[i]);
}

Test(language, refuses_malformed_tags)
{
	static const char *const tags[] = {"", "d", "-", "de-", "-de", "de--AT", "de_AT", "de AT",
		"deutschland-sprache", "123", "de-A", "de-419-DE", "a-DE", "de-x", "x", "en-a",
		"en-a-b", "de-DE-Latn", "i-nothing", "\u00e9s", "de.UTF-8", "abcdefghi",
		"en-x-abcdefghi"};
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		cr_expect_not(language_is_tag(tags[i]), "%s", tags[i]);
}

Test(language, matches_its_varieties)
{
	static const struct {
		const char *tag, *range;
		bool matches;
	} rows[] = {
		{"de", "de", true},
		{"de-AT", "de", true},
		{"de-AT", "DE-at", true},
		{"de", "de-AT", false},
		{"del", "de", false},
		{"de", "d", false},
		{"de", "", false},
		{"zh-Hant-TW", "zh-hant", true},
		{"zh-Hant-TW", "zh-tw", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_expect_eq(language_matches(rows[i].tag, rows[i].range, strlen(rows[i].range)),
			rows[i].matches, "%s %s", rows[i].tag, rows[i].range);
}

/* Makes an empty file and the directories that it is in. */
static void make_file(const char *path)
{
	char *copy = mem_strdup(path);
	for (char *slash = copy; (slash = strchr(slash, '/')) != NULL; *slash++ = '/') {
		*slash = '\0';
		mkdir(copy, 0755);
	}
	scratch_write(path, "", 0);
	free(copy);
}

Test(language, is_guessed_from_the_path, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *path, *language; /* NULL: none */
	} rows[] = {
		{"games/fortunes/de/jokes", "de"},
		{"games/fortunes/zh_TW/debian-hints", "zh-TW"},
		{"games/fortunes/de_AT.UTF-8/jokes", "de-AT"},
		{"games/fortunes/eo-ascii/proverbs", "eo"},
		{"games/fortunes/cz/jokes", "cs"},
		{"games/fortunes/off/it/jokes", "it"},
		{"games/fortunes/es/off/jokes", "es"},
		{"share/fortune/pl/jokes", "pl"},
		{"games/fortunes/literature", "en"},
		{"games/fortunes/off/zippy", "en"},
		{"games/fortunes/tang300", "zh"},
		{"games/fortunes/brasil", "pt-BR"},
		{"src/fortunes-de/data/jokes", "de"},
		{"src/fortunes-br/jokes", "pt-BR"},
		{"games/fortunes/own", NULL},
		{"games/fortunes/tang", NULL},
		{"games/fortunes/mine/jokes", NULL},
		{"games/fortunes/mine/de/jokes", NULL},
		{"games/fortunes/xq/jokes", NULL},
		{"games/fortunes/deer/jokes", NULL},
		{"src/fortunes-min/jokes", NULL},
		{"src/it/jokes", NULL},
		{"src/literature", NULL},
		{"src/de", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		make_file(rows[i].path);
		char *language = language_guess(rows[i].path);
		cr_expect_eq(language == NULL, rows[i].language == NULL, "%s", rows[i].path);
		if (language != NULL && rows[i].language != NULL)
			cr_expect_str_eq(language, rows[i].language, "%s", rows[i].path);
		free(language);
	}
}

Test(language, is_guessed_where_a_link_leads, .init = scratch_enter, .fini = scratch_leave)
{
	make_file("fortunes/it/jokes");
	cr_assert_eq(symlink("fortunes/it/jokes", "link"), 0);
	char *language = language_guess("link");
	cr_assert_str_eq(language, "it");
	free(language);
	cr_assert_null(language_guess("fortunes/it/none"));
}

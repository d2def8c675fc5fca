#include "core/search/search_query.h"

#include <string.h>

#include <criterion/criterion.h>

Test(search_query, compiles)
{
	static char too_long[SEARCH_QUERY_BYTES_MAX + 2];
	memset(too_long, 'a', sizeof too_long - 1);
	static const struct {
		const char *query, *expected; /* a match, or a sentence */
	} rows[] = {
		{"apple", "(({text author} : \"apple\"))"},
		{" two\twords ", "(({text author} : \"two\" AND {text author} : \"words\"))"},
		{"\"a day", "(({text author} : \"a day\"))"},
		{"app*", "(({text author} : \"app\" *))"},
		{"a -b -c*", "(({text author} : \"a\") NOT ({text author} : \"b\" OR {text author} "
			     ": \"c\" "
			     "*))"},
		{"-b", "(({tags} : \"all\") NOT ({text author} : \"b\"))"},
		{"Author:\"Mark T\"", "(({author} : \"Mark T\"))"},
		{"in:Ab", "(({tags} : (\"c6162\")))"},
		{"in:f*", "(({tags} : (\"c6162f66\" OR \"c6162f6631\" OR \"c63f66\")))"},
		{"in:AB/f", "(({tags} : (\"c6162f66\")))"},
		{"in:aB/F*", "(({tags} : (\"c6162f66\" OR \"c6162f6631\")))"},
		{"in:ab/*", "(({tags} : (\"c6162f66\" OR \"c6162f6631\")))"},
		{"in:ab/", "(({tags} : (none)))"},
		{"in:c", "(({tags} : (\"c63\")))"},
		{"-in:x a", "(({text author} : \"a\") NOT ({tags} : (none)))"},
		{"lang:de", "(({tags} : (\"c6162f66l6465\" OR \"c63\")))"},
		{"LANG:DE", "(({tags} : (\"c6162f66l6465\" OR \"c63\")))"},
		{"lang:\"de-AT\"", "(({tags} : (\"c63\")))"},
		{"lang:e*", "(({tags} : (\"c6162f6631l656e\")))"},
		{"lang:d", "(({tags} : (none)))"},
		{"lang:ab", "(({tags} : (none)))"},
		{"-lang:en a", "(({text author} : \"a\") NOT ({tags} : (\"c6162f6631l656e\")))"},
		{"tag:ab", "(({tags} : \"t6162\"))"},
		{"-TAG:\"\u00c9 A*\" tag:a*",
			"(({tags} : \"t61\" *) NOT ({tags} : \"t6520612a\"))"},
		{"\u4e2d\u6587", "(({text author} : \" \u4e2d  \u6587 \"))"},
		{"a - !", "(({text author} : \"a\"))"},
		{"", "Give a word to search for."},
		{"!?", "Give a word to search for."},
		{"in:", "Write the name of a collection right after \"in:\"."},
		{"lang:", "Write a language right after \"lang:\", as in \"lang:de\"."},
		{"tag:", "Write a tag right after \"tag:\"."},
		{"author:-", "Write a name right after \"author:\"."},
		{"\xFF", "The search words are not UTF-8."},
		{"1 2 3 4 5 6 7 8 9 a b c d e f g h",
			"Use at most 16 search words, or look for a \"phrase\"."},
		{too_long, "A search has at most 256 octets; use fewer words."},
	};
	struct search_place places[] = {{"ab", NULL, NULL}, {"ab", "f", "de"}, {"ab", "f1", "en"},
		{"c", NULL, "de-AT"}, {"c", "f", "de-AT"}};
	struct search_scope scope = {.places = places, .count = 5};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		struct error error = {0};
		bool valid = search_query_compile(rows[i].query, &scope, &out, &error);
		cr_assert_str_eq(valid ? out.data : error.text, rows[i].expected);
		buffer_finish(&out);
	}
}

Test(search_query, doubts_what_is_likely_a_mistake)
{
	static const char open_mark[] =
		"A quotation mark is not closed, so the phrase goes on to the end; write \"two "
		"words\" to look for these together.";
	static const struct {
		const char *query, *sentence;
	} rows[] = {
		{"a \"b c\"", ""},
		{"in:fruit in:FRUIT/ripe -in:birds in:rip* x", ""},
		{"a \"b c", open_mark},
		{"\"a\" \"b", open_mark},
		{"x in:friut", "There is no collection 'friut'; did you mean 'fruit'?"},
		{"x in:\"friut", "There is no collection 'friut'; did you mean 'fruit'?"},
		{"-in:stone x", "There is no collection 'stone'."},
		{"lang:EN lang:e* x", ""},
		{"lang:english",
			"No quote has the language 'english'; write it as in \"lang:de\"."},
		{"lang:en_GB", "No quote has the language 'en_GB'; write it as in \"lang:de\"."},
		{"lang:pt-BR", "No quote has the language 'pt-BR'."},
	};
	struct search_place places[] = {
		{"fruit", NULL, NULL}, {"fruit", "ripe", "en-GB"}, {"birds", "x", NULL}};
	struct search_scope scope = {.places = places, .count = 3};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error = {0};
		bool doubted = search_query_doubt(rows[i].query, &scope, &error);
		cr_expect_eq(doubted, rows[i].sentence[0] != '\0', "%s", rows[i].query);
		cr_expect_str_eq(doubted ? error.text : "", rows[i].sentence);
	}
}

Test(search_query, has_words_that_every_hit_has)
{
	static const struct {
		const char *query;
		const char *words; /* each with a blank after it */
		bool of_author;
	} rows[] = {
		{"apple PIE", "apple PIE ", false},
		{"\"an apple\" tree* a", "an apple tree* a ", false},
		{"a author:\"mark t*\" -not in:place tag:x", "a ", false},
		{"a author:\"mark tw\" author:a* b", "mark tw a* ", true},
		{"a", "", true},
		{"\u00c9tude don't", "etude don t ", false},
		{"\u4eba\u751f", "\u4eba \u751f ", false},
		{"-not", "", false},
		{"...", "", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct strings words = {0};
		struct buffer joined = {0};
		buffer_add(&joined, "");
		search_query_words(rows[i].query, rows[i].of_author, &words);
		for (size_t j = 0; j < words.count; j++)
			buffer_format(&joined, "%s ", words.items[j]);
		cr_expect_str_eq(joined.data, rows[i].words, "row %zu: %s", i, joined.data);
		buffer_finish(&joined);
		strings_finish(&words);
	}
}

Test(search_query, knows_whether_it_needs_words)
{
	static const struct {
		const char *query;
		bool needed;
	} rows[] = {{"in:a", false}, {"-in:a lang:de tag:x", false}, {"tag:x word", true},
		{"in:\"a b\" !", false}, {"in:a word", true}, {"in:a -word", true},
		{"lang:de author:b", true}, {"-author:b", true}, {"\u4e2d", true}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(search_query_needs_words(rows[i].query), rows[i].needed, "%s",
			rows[i].query);
}

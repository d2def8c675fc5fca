#include "core/search/search_candidates.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/search/search.h"
#include "core/search/search_query.h"
#include "tests/support/quotes.h"

enum { HITS = SEARCH_HITS_MAX };

/* Returns its size. */
static size_t encode(unsigned code_point, char ret_text[4])
{
	if (code_point < 0x800) {
		ret_text[0] = (char)(0xC0 | code_point >> 6);
		ret_text[1] = (char)(0x80 | (code_point & 0x3F));
		return 2;
	}
	ret_text[0] = (char)(0xE0 | code_point >> 12);
	ret_text[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
	ret_text[2] = (char)(0x80 | (code_point & 0x3F));
	return 3;
}

/* Between two letters as well. */
static void expect_apart(unsigned code_point)
{
	char text[8] = "a";
	struct buffer folded = {0};
	size_t size = encode(code_point, text + 1);
	text[1 + size] = 'a';
	utf8_fold(text, size + 2, &folded);
	cr_expect_gt(folded.length, 2, "U+%04X disappears", code_point);
	cr_expect(folded.data[0] == 'a' && folded.data[folded.length - 1] == 'a');
	for (size_t i = 1; i + 1 < folded.length; i++)
		cr_expect_not(isalnum((unsigned char)folded.data[i]), "U+%04X", code_point);
	buffer_finish(&folded);
}

Test(search_candidates, code_points_apart_are_never_ascii_letters)
{
	unsigned count = 0;
	for (unsigned i = 0x80; i < 0x10000; i++) {
		if (!search_candidates_is_apart(i))
			continue;
		expect_apart(i);
		count++;
	}
	cr_expect_gt(count, 20000);
	cr_expect_not(search_candidates_is_apart(0xE9), "an accented letter");
	cr_expect_not(search_candidates_is_apart(0xFF21), "a full-width letter");
	cr_expect_not(search_candidates_is_apart(0xAD), "a soft hyphen");
}

static void expect_joined(unsigned code_point)
{
	char text[8] = "a";
	struct buffer folded = {0};
	size_t size = encode(code_point, text + 1);
	utf8_fold(text, size + 1, &folded);
	cr_expect_eq(folded.data[0], 'a', "U+%04X", code_point);
	for (size_t i = 1; i < folded.length; i++)
		cr_expect(!isalnum((unsigned char)folded.data[i]) ||
				  isalnum((unsigned char)folded.data[i - 1]),
			"U+%04X", code_point);
	buffer_finish(&folded);
}

Test(search_candidates, code_points_joined_begin_no_word)
{
	unsigned count = 0;
	for (unsigned i = 0x80; i < 0x10000; i++) {
		if (!search_candidates_is_joined(i))
			continue;
		expect_joined(i);
		count++;
	}
	cr_expect_gt(count, 150);
	cr_expect(search_candidates_is_joined(0xE9), "an accented letter");
	cr_expect_not(search_candidates_is_joined(0x149), "an apostrophe and a letter");
	cr_expect_not(search_candidates_is_joined(0xBD), "a fraction");
}

static struct search_hits find(
	const struct library *library, struct search *index, const char *query)
{
	struct search_options options = {.limit = HITS, .budget_ms = 60000};
	struct selection selection;
	struct search_hits hits = {0};
	struct strings all = {0};
	struct buffer match = {0};
	struct error error = {0};
	cr_assert(selection_init(&selection, library, &all, &error), "%s", error.text);
	cr_assert(search_query_compile_for(query, library, &selection, &match, &error), "%s",
		error.text);
	cr_assert(search_run(index, match.data, &options, &hits, &error));
	cr_assert_not(hits.ended, "%s", query);
	buffer_finish(&match);
	selection_finish(&selection);
	return hits;
}

/* The results, and their order, of an index of the candidates and of one of all. Returns how many
 * candidates there are. */
static size_t compare(const struct library *library, struct search *all, const char *query)
{
	unsigned char *candidates = mem_alloc((size_t)library->store.count + 1);
	static const atomic_bool wanted = false, cancelled = true;
	struct error error = {0};
	size_t count = 0;
	cr_assert_not(search_candidates_find(library, query, &cancelled, candidates));
	cr_assert(search_candidates_find(library, query, &wanted, candidates));
	for (uint32_t i = 0; i < library->store.count; i++)
		count += candidates[i];
	struct search *some = search_create(library, candidates, NULL, &error);
	cr_assert_not_null(some, "%s", error.text);
	struct search_hits expected = find(library, all, query);
	struct search_hits hits = find(library, some, query);
	cr_expect_eq(
		hits.total, expected.total, "%s: %zu, not %zu", query, hits.total, expected.total);
	cr_expect(hits.count == expected.count &&
			  memcmp(hits.ids, expected.ids, hits.count * sizeof *hits.ids) == 0,
		"%s", query);
	search_hits_finish(&hits);
	search_hits_finish(&expected);
	search_destroy(some);
	free(candidates);
	return count;
}

/* On all that Debian has, in the languages that it is in. */
Test(search_candidates, have_the_results_of_all_quotes)
{
	static const char *const queries[] = {"APPLE", "app*", "\"a day\"", "love -hate",
		"author:\"mark twain\" truth", "author:twain", "author:m* -author:twain",
		"author:\u674e\u767d", "author:goethe leben", "author:\u00e9",
		"computers in:computers", "n\u00e3o vida", "perche vita", "\u4eba\u751f",
		"\u043b\u044e\u0431\u043e\u0432\u044c", "C++", "cora\u00e7\u00e3o*", "nosuchword",
		"\u4e0a", "f*", "int*", "ete", "uber", "naive", "strasse", "caf*", "serendipity",
		"ngone", "2x", "lodz", "resume office", "\u00e9t\u00e9"};
	static const char *const specs[] = {"fortune:/usr/share/games/fortunes",
		"fortune:/usr/share/games/fortunes/ru", "fortune:/usr/share/games/fortunes/zh_CN"};
	static const char *const odd[] = {"static:Linux\u4e0a", "static:\u4e0aLinux",
		"static:f*cking", "static:int*x",
		"static:na\u00efve R\u00c9SUM\u00c9 at the o\ufb03ce", "static:seren\u00addipity",
		"static:twain twain", "static:Oui\n    -- \u00c9mile Zola",
		"static:e\u0301te\u0301", "static:x\u0149gone", "static:1\u00bdx",
		"static:caf\u00e9\u00a0bar", "static:\u0141\u00f3d\u017a \u00dcber Stra\u00dfe"};
	struct quotes quotes = {0};
	struct error error;
	size_t some = 0;
	for (size_t i = 0; i < sizeof specs / sizeof *specs; i++)
		quotes_add(&quotes, "quotes", specs[i]);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		quotes_add(&quotes, "odd", odd[i]);
	const struct library *library = quoter_library(quotes_open(&quotes));
	struct search *all = search_create(library, NULL, NULL, &error);
	cr_assert_not_null(all, "%s", error.text);
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		some += compare(library, all, queries[i]);
	cr_expect_lt(some / (sizeof queries / sizeof *queries), library->store.count / 20,
		"%zu of %u candidates", some, library->store.count);
	search_destroy(all);
	quotes_finish(&quotes);
}

Test(search_candidates, of_an_author_do_not_just_name_him)
{
	unsigned char candidates[3] = {0};
	struct quotes quotes = {0};
	quotes_add(&quotes, "a", "static:Twain said so");
	quotes_add(&quotes, "a", "static:I did\n    -- Mark Twain");
	quotes_add(&quotes, "a", "static:Twain did\n    -- A friend");
	const struct library *library = quoter_library(quotes_open(&quotes));
	cr_assert(search_candidates_find(library, "author:twain", NULL, candidates));
	cr_expect_eq(candidates[0] + 2 * candidates[1] + 4 * candidates[2], 2);
	quotes_finish(&quotes);
}

#include "core/search/search_scan.h"

#include <string.h>

#include <criterion/criterion.h>

#include "core/search/search_query.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

enum { BUDGET_MS = 60000, SOME = 7 };

static bool scan(struct quotes *quotes, const char *query, const atomic_bool *cancel,
	struct search_hits *ret_hits)
{
	struct buffer match = {0};
	struct error error = {0};
	struct search_options options = {.limit = 10, .budget_ms = BUDGET_MS, .cancel = cancel};
	const struct library *library = quoter_library(quotes->quoter);
	cr_assert(search_query_compile_for(
		query, library, quoter_selection(quotes->quoter, 0), &match, &error));
	bool done = search_scan(library, query, match.data, &options, ret_hits, &error);
	buffer_finish(&match);
	return done;
}

Test(search_scan, finds_what_an_index_of_all_finds)
{
	static const struct {
		const char *query;
		size_t total;
	} rows[] = {{"apple", 2}, {"app* -day", 1}, {"pear", 0}, {"-apple", 1}, {"in:a", 3},
		{"-in:a", 0}};
	struct quotes quotes = {0};
	struct search_hits hits;
	quotes_add(&quotes, "a", "static:An apple a day");
	quotes_add(&quotes, "a", "static:Apple");
	quotes_add(&quotes, "a", "static:Well");
	quotes_open(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cr_assert(scan(&quotes, rows[i].query, NULL, &hits));
		cr_expect_eq(hits.total, rows[i].total, "%s: %zu", rows[i].query, hits.total);
		cr_expect_not(hits.ended);
		search_hits_finish(&hits);
	}
	quotes_finish(&quotes);
}

Test(search_scan, ends_once_it_is_cancelled)
{
	static const atomic_bool cancel = true;
	struct quotes quotes = {0};
	struct search_hits hits;
	quotes_add(&quotes, "a", "static:An apple a day");
	quotes_open(&quotes);
	static const char *const queries[] = {"apple", "in:a"};
	for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
		cr_assert(scan(&quotes, queries[i], &cancel, &hits));
		cr_expect(hits.ended, "%s", queries[i]);
		cr_expect_eq(hits.count, 0);
	}
	quotes_finish(&quotes);
}

/* Not all files are shown. */
static void compile(const struct library *library, const char *query, struct buffer *match)
{
	struct selection selection;
	struct strings names = {0};
	struct error error = {0};
	strings_add(&names, "first");
	strings_add(&names, "second");
	strings_add(&names, "single");
	cr_assert(selection_init(&selection, library, &names, &error), "%s", error.text);
	cr_assert(search_query_compile_for(query, library, &selection, match, &error), "%s",
		error.text);
	selection_finish(&selection);
	strings_finish(&names);
}

static void expect_equal(
	const struct search_hits *hits, const struct search_hits *expected, const char *query)
{
	cr_expect_eq(hits->total, expected->total, "%s: %zu, not %zu", query, hits->total,
		expected->total);
	cr_assert_eq(hits->count, expected->count, "%s: %zu, not %zu", query, hits->count,
		expected->count);
	cr_expect_arr_eq(hits->ids, expected->ids, hits->count * sizeof *hits->ids, "%s", query);
	cr_expect_not(hits->ended);
}

/* Returns how many are found. */
static size_t compare(const struct library *library, struct search *index, const char *query)
{
	static const size_t offsets[] = {0, SOME, SEARCH_HITS_MAX + SOME};
	static const size_t limits[] = {SOME, SEARCH_HITS_MAX};
	struct buffer match = {0};
	struct error error = {0};
	size_t total = 0;
	cr_assert_not(search_query_needs_words(query));
	compile(library, query, &match);
	for (size_t i = 0; i < sizeof offsets / sizeof *offsets * 2; i++) {
		struct search_options options = {
			.offset = offsets[i / 2], .limit = limits[i % 2], .budget_ms = BUDGET_MS};
		struct search_hits expected, hits;
		cr_assert(search_run(index, match.data, &options, &expected, &error));
		cr_assert(search_scan(library, query, match.data, &options, &hits, &error));
		expect_equal(&hits, &expected, query);
		total = hits.total;
		search_hits_finish(&expected);
		search_hits_finish(&hits);
	}
	buffer_finish(&match);
	return total;
}

/* Several files of Debian hold the same quotes, and so do the two collections. */
Test(search_scan, finds_places_as_an_index_of_all_does)
{
	static const struct {
		const char *query;
		bool any;
	} rows[] = {{"in:first", true}, {"in:second", true}, {"in:single", true},
		{"in:zippy", true}, {"-in:zippy", true}, {"in:first -in:zippy", true},
		{"in:first in:second", true}, {"lang:en", true}, {"lang:pt in:second", true},
		{"-lang:en", true}, {"lang:en -in:first/zippy", true},
		{"in:zippy in:computers", false}, {"in:hidden", false}, {"in:nowhere", false},
		{"! in:f*", true}};
	static const char everything[] = "fortune:/usr/share/games/fortunes";
	struct quotes quotes = {0};
	struct error error;
	quotes_add(&quotes, "first", everything)->language = "en";
	quotes_add(&quotes, "second", "fortune:/usr/share/games/fortunes/zippy");
	quotes_add(&quotes, "second", "fortune:/usr/share/games/fortunes/brasil");
	quotes_add(&quotes, "single", "static:One");
	quotes_add(&quotes, "hidden", "static:Two");
	const struct library *library = quoter_library(quotes_open(&quotes));
	cr_assert_gt(library->share_count, 0);
	cr_assert_gt(library->store.count, SEARCH_HITS_MAX);
	struct search *index = search_create(library, NULL, NULL, &error);
	cr_assert_not_null(index);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(compare(library, index, rows[i].query) > 0, rows[i].any, "%s",
			rows[i].query);
	search_destroy(index);
	quotes_finish(&quotes);
}

/* Not all quotes of a file match alike. */
Test(search_scan, finds_tags, .init = scratch_enter, .fini = scratch_leave)
{
	static const char text[] =
		"[\"0\", \"1\", {\"text\": \"2\", \"tags\": [\"Life\", \"art\"]}, \"3\", \"4\","
		"{\"text\": \"5\", \"tags\": \"life\"}, {\"text\": \"6\", \"tags\": \"life\"}]";
	static const struct {
		const char *query;
		size_t found;
	} rows[] = {{"tag:life", 3}, {"tag:LIFE", 3}, {"tag:l*", 3}, {"tag:li", 0}, {"tag:art", 1},
		{"-tag:art tag:life", 2}, {"-tag:life", 5}, {"in:second tag:life", 0},
		{"in:first", 7}};
	struct quotes quotes = {0};
	struct error error;
	scratch_write("tagged", text, sizeof text - 1);
	quotes_add(&quotes, "first", "json:tagged");
	quotes_add(&quotes, "second", "static:One");
	quotes_add(&quotes, "single", "static:2");
	const struct library *library = quoter_library(quotes_open(&quotes));
	struct search *index = search_create(library, NULL, NULL, &error);
	cr_assert_not_null(index);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(
			compare(library, index, rows[i].query), rows[i].found, "%s", rows[i].query);
	search_destroy(index);
	quotes_finish(&quotes);
}

/* Each quote is in a file of its own. */
Test(search_scan, finds_places_if_no_two_quotes_are_in_the_same_files)
{
	struct quotes quotes = {0};
	struct error error;
	quotes_add_many(&quotes, "first", SEARCH_HITS_MAX + SOME);
	quotes_add_many(&quotes, "second", SOME);
	quotes_add(&quotes, "single", "static:One");
	const struct library *library = quoter_library(quotes_open(&quotes));
	struct search *index = search_create(library, NULL, NULL, &error);
	cr_assert_not_null(index);
	cr_expect_eq(compare(library, index, "in:second"), SOME);
	cr_expect_eq(compare(library, index, "in:first"), SEARCH_HITS_MAX);
	search_destroy(index);
	quotes_finish(&quotes);
}

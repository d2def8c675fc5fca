#include "core/search/search_scan.h"

#include <string.h>

#include <criterion/criterion.h>

#include "core/search/search_query.h"
#include "tests/support/quotes.h"

enum { BUDGET_MS = 10000 };

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

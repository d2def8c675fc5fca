#include "core/choice/catalogue.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/library/author_key.h"
#include "tests/support/quotes.h"

/* Collections a, b and c; b has a quote of a, and c is private. */
static const struct catalogue *open_sample(struct quotes *quotes)
{
	quotes_add(quotes, "a", "static:Rain falls.\n\t-- Jane Roe");
	quotes_add(quotes, "a", "static:No name");
	quotes_add(quotes, "a", "static:\u00c9t\u00e9\n\t-- \u00c9mile Zed, a letter");
	quotes_add(quotes, "b", "static:Snow falls.\n\t-- JANE ROE, \"Snow\"");
	quotes_add(quotes, "b", "static:No name");
	quotes_add(quotes, "b", "static:Hail\n\t-- E\u0301mile Zed");
	quotes_add(quotes, "b", "static:Wind\n\t-- Al Ash");
	quotes_add(quotes, "c", "static:Secret\n\t-- Jane Roe")->is_private = true;
	quotes_open(quotes);
	quoter_browse(quotes->quoter, 0);
	return quoter_catalogue(quotes->quoter, 0);
}

Test(catalogue, lists_the_collections_that_are_shown)
{
	struct quotes quotes = {0};
	const struct catalogue *catalogue = open_sample(&quotes);
	cr_assert_eq(catalogue->collection_count, 2);
	cr_expect_eq(catalogue->collections[0].count, 3);
	cr_expect_eq(catalogue->collections[1].count, 4);
	cr_expect_eq(catalogue->row_count, 7);
	cr_expect_eq(catalogue->quote_count, 6);
	cr_expect_str_eq(catalogue_collection_name(catalogue, 1), "b");
	cr_expect_eq(catalogue_find_collection(catalogue, "b"), 1);
	cr_expect_eq(catalogue_find_collection(catalogue, "B"), 1);
	cr_expect_eq(catalogue_find_collection(catalogue, "c"), CATALOGUE_NONE);
	quotes_finish(&quotes);
}

Test(catalogue, lists_the_authors_by_name)
{
	static const struct {
		const char *name;
		uint32_t count;
	} rows[] = {{"Al Ash", 1}, {"\u00c9mile Zed", 2}, {"Jane Roe", 2}};
	struct quotes quotes = {0};
	const struct catalogue *catalogue = open_sample(&quotes);
	cr_assert_eq(catalogue->author_count, 3);
	for (uint32_t i = 0; i < 3; i++) {
		const struct catalogue_group *author = &catalogue->authors[i];
		struct quote quote = quote_store_get(&catalogue->library->store, author->index);
		size_t length = author_key_name(quote.author, quote.author_length);
		cr_expect_eq(author->count, rows[i].count, "%s", rows[i].name);
		cr_expect_eq(length, strlen(rows[i].name));
		cr_expect_eq(strncmp(quote.author, rows[i].name, length), 0, "%s", quote.author);
	}
	quotes_finish(&quotes);
}

Test(catalogue, finds_authors_by_name_and_by_how_it_begins)
{
	static const struct {
		const char *name;
		uint32_t author, first, count;
	} rows[] = {
		{"jane roe", 2, 2, 1},
		{"jane", CATALOGUE_NONE, 2, 1},
		{"\u00e9mile zed", 1, 1, 1},
		{"E", CATALOGUE_NONE, 1, 1},
		{"", CATALOGUE_NONE, 0, 3},
		{"b", CATALOGUE_NONE, 1, 0},
		{"?", CATALOGUE_NONE, 0, 0},
		{"z", CATALOGUE_NONE, 3, 0},
	};
	struct quotes quotes = {0};
	const struct catalogue *catalogue = open_sample(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint32_t first;
		cr_expect_eq(catalogue_find_author(catalogue, rows[i].name), rows[i].author, "'%s'",
			rows[i].name);
		cr_expect_eq(catalogue_find_authors(catalogue, rows[i].name, &first), rows[i].count,
			"'%s'", rows[i].name);
		cr_expect_eq(first, rows[i].first, "'%s'", rows[i].name);
	}
	quotes_finish(&quotes);
}

Test(catalogue, knows_the_place_of_a_quote)
{
	struct quotes quotes = {0};
	const struct catalogue *catalogue = open_sample(&quotes);
	uint32_t shared = catalogue->rows[1].quote;
	cr_expect_eq(catalogue_row_of(catalogue, shared, CATALOGUE_NONE), 1);
	cr_expect_eq(catalogue_row_of(catalogue, shared, 0), 1);
	cr_expect_eq(catalogue_row_of(catalogue, shared, 1), 3);
	cr_expect(catalogue->rows[3].is_repeat);
	cr_expect_eq(
		catalogue_row_of(catalogue, catalogue->library->store.count - 1, CATALOGUE_NONE),
		CATALOGUE_NONE, "it is private");
	for (uint32_t i = 0; i < catalogue->row_count; i++)
		cr_expect_eq(catalogue_collection_of(catalogue, i), i >= 3, "row %u", i);
	cr_expect_eq(catalogue->rows[2].characters, 34);
	cr_expect_eq(catalogue->rows[2].lines, 2);
	cr_expect_eq(catalogue->rows[1].author, CATALOGUE_NONE);
	quotes_finish(&quotes);
}

Test(catalogue, is_empty_unless_the_wire_is_browsed)
{
	struct quotes quotes = {0};
	struct strings names = {0};
	struct quote_wire wire = {0};
	uint32_t first;
	quotes_add_many(&quotes, "a", 3);
	quotes_open(&quotes);
	unsigned number = quotes_add_wire(quotes.quoter, &wire, &names, "a", NULL);
	const struct catalogue *catalogue = quoter_catalogue(quotes.quoter, number);
	cr_expect_eq(catalogue->row_count, 0);
	cr_expect_eq(catalogue_find_collection(catalogue, "a"), CATALOGUE_NONE);
	cr_expect_eq(catalogue_find_author(catalogue, "a"), CATALOGUE_NONE);
	cr_expect_eq(catalogue_find_authors(catalogue, "", &first), 0);
	quoter_browse(quotes.quoter, number);
	quoter_browse(quotes.quoter, number);
	cr_expect_eq(quoter_catalogue(quotes.quoter, number)->row_count, 3);
	quotes_finish(&quotes);
	strings_finish(&names);
}

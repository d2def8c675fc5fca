#include "core/choice/catalogue_wish.h"

#include <string.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "core/library/selection.h"
#include "tests/support/quotes.h"

enum { DRAWS = 6000 };

static const struct catalogue_wish anything = {CATALOGUE_NONE, CATALOGUE_NONE, {0}, NULL};

static char german[] = "de-AT";

/* a: a0 to a9; b, in German: b0 to b4 and a1, of which b0 and b1 are long and by Al Ash. */
static const struct catalogue *open_sample(struct quotes *quotes)
{
	quotes_add_many(quotes, "a", 10);
	quotes_add(quotes, "b", "static:b0 is long\n\t-- Al Ash")->language = german;
	quotes_add(quotes, "b", "static:b1 is long\n\t-- Al Ash");
	quotes_add(quotes, "b", "static:b2");
	quotes_add(quotes, "b", "static:a1");
	quotes_add(quotes, "b", "static:b4");
	quotes_open(quotes);
	quoter_browse(quotes->quoter, 0);
	return quoter_catalogue(quotes->quoter, 0);
}

static const struct {
	struct catalogue_wish wish;
	uint32_t count;
} wishes[] = {
	{{CATALOGUE_NONE, CATALOGUE_NONE, {0}, NULL}, 14},
	{{0, CATALOGUE_NONE, {0}, NULL}, 10},
	{{1, CATALOGUE_NONE, {0}, NULL}, 5},
	{{CATALOGUE_NONE, 0, {0}, NULL}, 2},
	{{0, 0, {0}, NULL}, 0},
	{{1, 0, {0}, NULL}, 2},
	{{CATALOGUE_NONE, CATALOGUE_NONE, {.max_characters = 2}, NULL}, 12},
	{{CATALOGUE_NONE, CATALOGUE_NONE, {.min_characters = 3}, NULL}, 2},
	{{1, CATALOGUE_NONE, {.max_lines = 1}, NULL}, 3},
	{{1, CATALOGUE_NONE, {.max_bytes = 2}, NULL}, 3},
	{{CATALOGUE_NONE, 0, {.max_lines = 1}, NULL}, 0},
	{{CATALOGUE_NONE, CATALOGUE_NONE, {0}, "DE"}, 4},
	{{CATALOGUE_NONE, 0, {0}, "de-AT"}, 2},
	{{1, CATALOGUE_NONE, {.max_lines = 1}, "de"}, 2},
	{{CATALOGUE_NONE, CATALOGUE_NONE, {0}, "d"}, 0},
};
enum { WISHES = sizeof wishes / sizeof *wishes };

Test(catalogue_wish, lists_and_counts_what_fits)
{
	struct quotes quotes = {0};
	const struct catalogue *catalogue = open_sample(&quotes);
	for (size_t i = 0; i < WISHES; i++) {
		const struct catalogue_wish *wish = &wishes[i].wish;
		uint32_t position = 0;
		uint32_t count = 0;
		uint32_t row, before = 0;
		while (catalogue_wish_next(catalogue, wish, &position, &row)) {
			cr_expect(count++ == 0 || row > before, "wish %zu", i);
			cr_expect_eq(catalogue_wish_position(catalogue, wish, row), position - 1);
			before = row;
		}
		cr_expect_eq(count, wishes[i].count, "wish %zu: %u", i, count);
		cr_expect_eq(catalogue_wish_count(catalogue, wish), count, "wish %zu", i);
	}
	cr_expect_eq(catalogue_wish_position(catalogue, &wishes[2].wish, 0), CATALOGUE_NONE);
	cr_expect_eq(catalogue_wish_position(catalogue, &wishes[3].wish, 0), CATALOGUE_NONE);
	quotes_finish(&quotes);
}

/* Chi-squared, at a chance of 1 in 1000 for up to 13 degrees of freedom. */
static void expect_uniform(const unsigned *counts, size_t rows, uint32_t fitting, size_t wish)
{
	double expected = (double)DRAWS / fitting;
	double sum = 0;
	uint32_t seen = 0;
	for (size_t i = 0; i < rows; i++) {
		double off = (double)counts[i] - expected;
		seen += counts[i] > 0;
		sum += counts[i] > 0 ? off * off / expected : 0;
	}
	cr_expect_eq(seen, fitting, "wish %zu", wish);
	cr_expect_lt(sum, 34.5, "wish %zu: %f", wish, sum);
}

Test(catalogue_wish, draws_all_that_fit_with_the_same_chance)
{
	struct quotes quotes = {0};
	const struct catalogue *catalogue = open_sample(&quotes);
	for (size_t i = 0; i < WISHES; i++) {
		unsigned counts[16] = {0};
		uint32_t row;
		for (int j = 0; j < DRAWS && wishes[i].count > 0; j++) {
			cr_assert_eq(quoter_draw(quotes.quoter, 0, &wishes[i].wish, 1, &row), 1);
			counts[row]++;
		}
		if (wishes[i].count > 0)
			expect_uniform(counts, catalogue->row_count, wishes[i].count, i);
		else
			cr_expect_eq(quoter_draw(quotes.quoter, 0, &wishes[i].wish, 1, &row), 0);
	}
	quotes_finish(&quotes);
}

Test(catalogue_wish, draws_different_quotes)
{
	struct quotes quotes = {0};
	open_sample(&quotes);
	for (size_t i = 0; i < WISHES; i++) {
		bool seen[16] = {false};
		uint32_t rows[50];
		uint32_t count = quoter_draw(quotes.quoter, 0, &wishes[i].wish, 50, rows);
		cr_expect_eq(count, wishes[i].count, "wish %zu", i);
		for (uint32_t j = 0; j < count; j++) {
			cr_expect_not(seen[rows[j]]);
			seen[rows[j]] = true;
		}
	}
	quotes_finish(&quotes);
}

/* Makes a library of \p count quotes in one file; one of them is long. */
static struct library *make_library(struct collections *collections, uint32_t count)
{
	struct library *library = library_create(collections);
	for (uint32_t i = 0; i < count; i++) {
		struct buffer text = {0};
		buffer_format(&text, "%u%s", i, i == count / 3 ? " is the longest of them" : "");
		cr_assert(quote_store_add(&library->store, text.data, text.length));
		buffer_finish(&text);
	}
	library->files = mem_alloc(sizeof *library->files);
	library->files[0].path = mem_strdup("f");
	library->files[0].name = library->files[0].path;
	library->files[0].count = count;
	library->file_count = 1;
	return library;
}

/* Few pass, so that a draw must read all; and one that is alone. */
Test(catalogue_wish, draws_what_is_rare)
{
	static struct collection item = {.name = "a"};
	static struct collections collections = {.items = &item, .count = 1, .references = 1};
	enum { COUNT = 100000 };
	struct catalogue_wish rare = anything;
	struct selection selection;
	struct catalogue catalogue;
	struct strings all = {0};
	struct rng rng;
	struct error error;
	uint32_t row, tens[11];
	unsigned counts[16] = {0};
	struct library *library = make_library(&collections, COUNT);
	rng_init(&rng, 1);
	cr_assert(selection_init(&selection, library, &all, &error));
	catalogue_init(&catalogue, library, &selection);
	rare.filter.min_characters = 10;
	cr_expect_eq(catalogue_wish_draw(&catalogue, &rare, &rng, 50, tens), 1);
	cr_expect_eq(tens[0], COUNT / 3);
	rare.filter = (struct quote_filter){.max_characters = 1};
	cr_expect_eq(catalogue_wish_draw(&catalogue, &rare, &rng, 11, tens), 10);
	for (int i = 0; i < DRAWS / 10; i++) {
		cr_assert_eq(catalogue_wish_draw(&catalogue, &rare, &rng, 1, &row), 1);
		counts[row] += 10;
	}
	for (int i = 0; i < 10; i++)
		cr_expect(counts[i] > DRAWS / 20 && counts[i] < DRAWS / 6, "%d: %u", i, counts[i]);
	catalogue_finish(&catalogue);
	selection_finish(&selection);
	library_release(library);
}

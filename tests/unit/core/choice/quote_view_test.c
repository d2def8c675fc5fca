#include "core/choice/quote_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/choice/edition.h"
#include "core/choice/quoter.h"
#include "core/sources/loader.h"
#include "tests/support/quotes.h"

static struct quotes quotes;
static struct selection selection;
static struct quote_view view;
static const struct quote_filter any_size;

static void fill(void)
{
	static const char *const specs[] = {
		"static:a", "static:b\nc", "static:dddddd", "static:e f", "static:\U0001F600"};
	quotes = (struct quotes){0};
	struct collection *options = quotes_add(&quotes, "all", specs[0]);
	for (size_t i = 1; i < sizeof specs / sizeof *specs; i++)
		strings_add(&options->sources, specs[i]);
	quotes_open(&quotes);
	cr_assert(selection_init(
		&selection, quoter_library(quotes.quoter), &(struct strings){0}, NULL));
}

static void empty(void)
{
	selection_finish(&selection);
	quotes_finish(&quotes);
}

static void make_view(struct quote_fit fit)
{
	quote_view_init(&view, quoter_library(quotes.quoter), &selection, &fit, &any_size);
}

Test(quote_view, holds_what_fits, .init = fill, .fini = empty)
{
	static const struct {
		struct quote_fit fit;
		uint32_t count;
		uint32_t indices[4]; /* only if some fit, but not all */
	} rows[] = {
		{{0}, 5, {0}},
		{{.line_bytes = 4, .fold = true}, 5, {0}},
		{{.line_bytes = 3}, 4, {0, 1, 2, 3}},
		{{.max_bytes = 1}, 0, {0}},
		{{.max_bytes = 7}, 5, {0}},
		{{.max_bytes = 7, .crlf = true}, 4, {0, 1, 3, 4}},
		{{.max_bytes = 4}, 3, {0, 1, 3}},
		{{.max_lines = 1}, 4, {0, 2, 3, 4}},
		{{.max_lines = 1, .fold = true}, 5, {0}},
		{{.max_lines = 1, .line_bytes = 4}, 3, {0, 3, 4}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		make_view(rows[i].fit);
		bool some = rows[i].count > 0 && rows[i].count < 5;
		cr_assert_eq(view.count, rows[i].count, "row %zu: %u", i, view.count);
		cr_assert_eq(view.indices != NULL, some, "row %zu", i);
		for (uint32_t j = 0; some && j < view.count; j++)
			cr_assert_eq(view.indices[j], rows[i].indices[j], "row %zu", i);
		quote_view_finish(&view);
	}
}

/* Takes as long as the same number of quotes in one file; walking over all files for each file
 * would exceed the time limit. */
Test(quote_view, takes_linear_time_for_many_files)
{
	enum { FILES = 60000 };
	struct quotes many = {0};
	struct selection shown;
	quotes_add_many(&many, "a", FILES);
	many.collections.equal = true;
	quotes_open(&many);
	cr_assert(selection_init(&shown, quoter_library(many.quoter), &(struct strings){0}, NULL));
	quote_view_init(
		&view, quoter_library(many.quoter), &shown, &(struct quote_fit){0}, &any_size);
	cr_assert_eq(view.group_count, FILES);
	cr_assert_eq(view.count, FILES);
	for (uint32_t i = 0; i < FILES; i++) {
		cr_assert_eq(view.groups[i].first, i);
		cr_assert_eq(view.groups[i].weight, i + 1);
	}
	quote_view_finish(&view);
	selection_finish(&shown);
	quotes_finish(&many);
}

/* Draws \p count quotes "aN", none of which may have been seen, and marks them as seen. */
static void draw_new(struct quoter *quoter, unsigned wire, const struct quote_fit *fit, int count,
	bool seen[static 100])
{
	for (int i = 0; i < count; i++) {
		struct quote quote;
		cr_assert(quotes_pick(quoter, wire, fit, &quote));
		int number = atoi(quote.text + 1);
		cr_assert_not(seen[number], "%s", quote.text);
		seen[number] = true;
	}
}

static void forget(bool seen[static 100])
{
	memset(seen, 0, 100 * sizeof *seen);
}

static unsigned add_wire_without_repeats(struct quoter *quoter, struct quote_wire *wire)
{
	static const struct strings all = {0};
	unsigned number;
	struct error error;
	*wire = (struct quote_wire){.name = "once", .collections = &all, .no_repeat = true};
	cr_assert(quoter_add_wire(quoter, wire, &number, &error));
	return number;
}

Test(quote_view, repeats_nothing_within_a_round)
{
	struct quote_wire once;
	bool seen[100];
	quotes_add_many(&quotes, "a", 50);
	struct quoter *quoter = quotes_open(&quotes);
	unsigned wire = add_wire_without_repeats(quoter, &once);
	struct quote_fit shorter = {.max_bytes = 3};
	for (int round = 0; round < 5; round++) {
		forget(seen);
		draw_new(quoter, wire, NULL, 50, seen);
	}
	/* Each prepared fit has a round of its own; 10 quotes fit into 3 octets. */
	quoter_prepare(quoter, wire, &(struct quote_fit){0});
	quoter_prepare(quoter, wire, &shorter);
	for (int round = 0; round < 3; round++) {
		bool of_shorter[100] = {false};
		forget(seen);
		draw_new(quoter, wire, &shorter, 5, of_shorter);
		draw_new(quoter, wire, NULL, 30, seen);
		draw_new(quoter, wire, &shorter, 5, of_shorter);
		draw_new(quoter, wire, NULL, 20, seen);
	}
	quotes_finish(&quotes);
}

/* A round ends with its edition. */
Test(quote_view, begins_a_new_round_at_a_reload)
{
	struct quote_wire once;
	struct error error;
	bool seen[100] = {false};
	quotes_add_many(&quotes, "a", 50);
	struct quoter *quoter = quotes_open(&quotes);
	unsigned wire = add_wire_without_repeats(quoter, &once);
	quoter_prepare(quoter, wire, &(struct quote_fit){0});
	draw_new(quoter, wire, NULL, 20, seen);
	quotes_add(&quotes, "a", "static:a50");
	struct library *library = loader_load(
		&(struct loader){.warnings = &quotes.warnings}, &quotes.collections, &error);
	struct edition *edition = quoter_make_edition(quoter, library, NULL, &error);
	cr_assert_not_null(edition);
	edition_destroy(quoter_swap(quoter, edition));
	forget(seen);
	draw_new(quoter, wire, NULL, 51, seen);
	quotes_finish(&quotes);
}

/* Whatever the shares of the groups are, a quote that is in two of them comes once. */
Test(quote_view, repeats_nothing_across_groups)
{
	struct quote_wire once;
	bool seen[100] = {false};
	quotes_add_many(&quotes, "a", 50)->weight = 1;
	quotes_add(&quotes, "b", "static:a50")->weight = 1;
	quotes_add(&quotes, "b", "static:a7");
	struct quoter *quoter = quotes_open(&quotes);
	unsigned wire = add_wire_without_repeats(quoter, &once);
	for (int round = 0; round < 3; round++) {
		forget(seen);
		draw_new(quoter, wire, NULL, 51, seen);
	}
	quotes_finish(&quotes);
}

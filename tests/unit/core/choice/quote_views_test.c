#include "core/choice/quote_views.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/quotes.h"

static struct quotes quotes;
static struct selection selection;
static struct quote_views views;

static void fill(void)
{
	static const char *const specs[] = {
		"static:a", "static:b\nc", "static:dddddd", "static:e f", "static:\U0001F600"};
	quotes = (struct quotes){0};
	struct collection_options *options = quotes_add(&quotes, "all", specs[0]);
	for (size_t i = 1; i < sizeof specs / sizeof *specs; i++)
		strings_add(&options->sources, specs[i]);
	quotes_open(&quotes);
	cr_assert(selection_init(
		&selection, quoter_library(quotes.quoter), &(struct strings){0}, NULL));
}

static void empty(void)
{
	quote_views_finish(&views);
	selection_finish(&selection);
	quotes_finish(&quotes);
}

static const struct quote_view *view_of(struct quote_fit fit)
{
	struct quote_view_key key = {.fit = fit};
	return quote_views_get(&views, quoter_library(quotes.quoter), &selection, &key);
}

Test(quote_views, hold_what_fits, .init = fill, .fini = empty)
{
	static const struct {
		struct quote_fit fit;
		uint32_t count;
		uint32_t indices[4]; /* of some; none is remembered for all or none */
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
		const struct quote_view *view = view_of(rows[i].fit);
		bool some = rows[i].count > 0 && rows[i].count < 5;
		cr_assert_eq(view->count, rows[i].count, "row %zu: %u", i, view->count);
		cr_assert_eq(view->indices != NULL, some, "row %zu", i);
		for (uint32_t j = 0; some && j < view->count; j++)
			cr_assert_eq(view->indices[j], rows[i].indices[j], "row %zu", i);
	}
}

Test(quote_views, forget_the_one_not_asked_for_longest, .init = fill, .fini = empty)
{
	struct quote_fit first = {.max_bytes = 2}, second = {.max_bytes = 3};
	view_of(first);
	view_of(second);
	for (size_t i = 2; i < QUOTE_VIEWS_MAX; i++)
		view_of((struct quote_fit){.max_bytes = 10 + i});
	cr_assert_eq(views.count, QUOTE_VIEWS_MAX);
	const struct quote_view *kept = view_of(first);
	const struct quote_view *newest = view_of((struct quote_fit){.max_bytes = 4});
	cr_assert_eq(newest, &views.views[1], "the second was not asked for longest");
	cr_assert_eq(newest->count, 3);
	cr_assert_eq(view_of(first), kept);
	cr_assert_eq(kept->count, 1);
	cr_assert_eq(views.count, QUOTE_VIEWS_MAX);
}

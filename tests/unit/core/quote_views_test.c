#include "core/quote_views.h"

#include <string.h>

#include <criterion/criterion.h>

static struct quote_store store;
static struct quote_views views;

static void fill(void)
{
	static const char *const texts[] = {"a", "b\nc", "dddddd", "e f", "\U0001F600"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		quote_store_add(&store, texts[i], strlen(texts[i]));
}

static void empty(void)
{
	quote_views_finish(&views);
	quote_store_finish(&store);
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
		const struct quote_view *view = quote_views_get(&views, &store, &rows[i].fit);
		bool some = rows[i].count > 0 && rows[i].count < store.count;
		cr_assert_eq(view->count, rows[i].count, "row %zu: %u", i, view->count);
		cr_assert_eq(view->indices != NULL, some, "row %zu", i);
		for (uint32_t j = 0; some && j < view->count; j++)
			cr_assert_eq(view->indices[j], rows[i].indices[j], "row %zu", i);
	}
}

Test(quote_views, forget_the_one_not_asked_for_longest, .init = fill, .fini = empty)
{
	struct quote_fit first = {.max_bytes = 2}, second = {.max_bytes = 3};
	quote_views_get(&views, &store, &first);
	quote_views_get(&views, &store, &second);
	for (size_t i = 2; i < QUOTE_VIEWS_MAX; i++)
		quote_views_get(&views, &store, &(struct quote_fit){.max_bytes = 10 + i});
	cr_assert_eq(views.count, QUOTE_VIEWS_MAX);
	const struct quote_view *kept = quote_views_get(&views, &store, &first);
	const struct quote_view *newest =
		quote_views_get(&views, &store, &(struct quote_fit){.max_bytes = 4});
	cr_assert_eq(newest, &views.views[1], "the second was not asked for longest");
	cr_assert_eq(newest->count, 3);
	cr_assert_eq(quote_views_get(&views, &store, &first), kept);
	cr_assert_eq(kept->count, 1);
	cr_assert_eq(views.count, QUOTE_VIEWS_MAX);
}

#include "core/choice/quote_groups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/choice/quoter.h"
#include "core/sources/loader.h"
#include "tests/support/quotes.h"

/* Draws and returns the chi-square of the first letters, given the chances of a, b and c. */
static double chi_square(struct quoter *quoter, const double chances[3])
{
	enum { DRAWS = 30000 };
	double sum = 0;
	int seen[3] = {0};
	struct quote quote;
	for (int i = 0; i < DRAWS; i++) {
		cr_assert(quotes_pick(quoter, 0, NULL, &quote));
		seen[quote.text[0] - 'a']++;
	}
	for (int i = 0; i < 3; i++) {
		double wanted = chances[i] * DRAWS;
		if (wanted == 0)
			cr_assert_eq(seen[i], 0);
		else
			sum += (seen[i] - wanted) * (seen[i] - wanted) / wanted;
	}
	return sum;
}

Test(quote_groups, get_their_shares)
{
	static const struct {
		long percents[3], weights[3];
		bool equal;
		double chances[3];
	} rows[] = {
		{{0}, {0}, false, {1 / 10., 6 / 10., 3 / 10.}},
		{{50}, {0}, false, {.5, .5 * 6 / 9, .5 * 3 / 9}},
		{{20, 30}, {0}, false, {.2, .3, .5}},
		{{20, 30, 50}, {0}, false, {.2, .3, .5}},
		{{0}, {3, 0, 4}, false, {3 / 8., 1 / 8., 4 / 8.}},
		{{0}, {0}, true, {1 / 10., 6 / 10., 3 / 10.}},
		{{50}, {0}, true, {.5, .5 * 6 / 9, .5 * 3 / 9}},
		{{20, 30, 50}, {0}, true, {.2, .3, .5}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		static const int counts[] = {1, 6, 3};
		static const char *const names[] = {"a", "b", "c"};
		struct quotes quotes = {0};
		for (int j = 0; j < 3; j++) {
			struct collection *options = quotes_add_many(&quotes, names[j], counts[j]);
			options->percent = rows[i].percents[j];
			options->weight = rows[i].weights[j];
		}
		/* Each static source is a file of its own. */
		quotes.collections.equal = rows[i].equal;
		double found = chi_square(quotes_open(&quotes), rows[i].chances);
		cr_assert_lt(found, 13.8, "row %zu: %f", i, found);
		quotes_finish(&quotes);
	}
}

Test(quote_groups, share_the_rest_among_the_shown)
{
	struct quotes quotes = {0};
	struct strings names[2] = {{0}};
	struct quote_wire wires[2] = {{0}};
	quotes_add(&quotes, "a", "static:a")->percent = 60;
	quotes_add(&quotes, "b", "static:b")->percent = 40;
	quotes_add(&quotes, "c", "static:c")->is_private = true;
	struct quoter *quoter = quotes_open(&quotes);
	unsigned alone = quotes_add_wire(quoter, &wires[0], &names[0], "c", NULL);
	unsigned both = quotes_add_wire(quoter, &wires[1], &names[1], "c", "a");
	cr_assert_eq(quotes_count_draws(quoter, 0, 'c'), 0);
	cr_assert_eq(quotes_count_draws(quoter, alone, 'c'), 1000);
	int seen = quotes_count_draws(quoter, both, 'c');
	cr_assert(seen > 340 && seen < 460, "%d", seen);
	quotes_finish(&quotes);
	strings_finish(&names[0]);
	strings_finish(&names[1]);
}

/* Such collections are checked, though never served. */
Test(quote_groups, leave_no_rest_of_too_many_percents)
{
	struct strings problems = {0};
	struct quotes quotes = {0};
	quotes_add(&quotes, "a", "static:a")->percent = 80;
	quotes_add(&quotes, "b", "static:b")->percent = 50;
	quotes_add(&quotes, "c", "static:c");
	struct loader loader = {.warnings = &quotes.warnings};
	struct library *library = loader_try(&loader, &quotes.collections, &problems);
	cr_assert_eq(problems.count, 1);
	for (int equal = 0; equal <= 1; equal++) {
		struct selection all;
		uint32_t count, *of_file;
		quotes.collections.equal = equal != 0;
		cr_assert(selection_init(&all, library, &(struct strings){0}, NULL));
		struct quote_group *groups = quote_groups_make(library, &all, &count, &of_file);
		cr_expect_eq(count, 2);
		cr_expect_eq(of_file[2], QUOTE_GROUPS_NONE);
		free(groups);
		free(of_file);
		selection_finish(&all);
	}
	library_release(library);
	strings_finish(&problems);
	quotes_finish(&quotes);
}

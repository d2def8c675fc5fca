#include "core/choice/quote_draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/choice/edition.h"
#include "core/choice/quoter.h"
#include "core/sources/loader.h"
#include "tests/support/quotes.h"

/* Draws \p count quotes "aN", none of which may have been seen, and marks them as seen. */
static void draw_new(
	struct quoter *quoter, struct quote_request request, int count, bool seen[static 100])
{
	for (int i = 0; i < count; i++) {
		struct quote quote;
		cr_assert(quoter_pick(quoter, &request, &quote));
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

Test(quote_draw, repeats_nothing_within_a_round)
{
	struct quotes quotes = {0};
	struct quote_wire once;
	bool seen[100];
	quotes_add_many(&quotes, "a", 50);
	struct quoter *quoter = quotes_open(&quotes);
	struct quote_request request = {.wire = add_wire_without_repeats(quoter, &once)};
	struct quote_request shorter = {.wire = request.wire, .fit = {.max_bytes = 3}};
	for (int round = 0; round < 5; round++) {
		forget(seen);
		draw_new(quoter, request, 50, seen);
	}
	/* Each prepared request has a round of its own; 10 quotes fit into 3 octets. */
	quoter_prepare(quoter, &request);
	quoter_prepare(quoter, &shorter);
	for (int round = 0; round < 3; round++) {
		bool of_shorter[100] = {false};
		forget(seen);
		draw_new(quoter, shorter, 5, of_shorter);
		draw_new(quoter, request, 30, seen);
		draw_new(quoter, shorter, 5, of_shorter);
		draw_new(quoter, request, 20, seen);
	}
	quotes_finish(&quotes);
}

/* A round ends with its edition. */
Test(quote_draw, begins_a_new_round_at_a_reload)
{
	struct quotes quotes = {0};
	struct quote_wire once;
	struct error error;
	bool seen[100] = {false};
	quotes_add_many(&quotes, "a", 50);
	struct quoter *quoter = quotes_open(&quotes);
	struct quote_request request = {.wire = add_wire_without_repeats(quoter, &once)};
	quoter_prepare(quoter, &request);
	draw_new(quoter, request, 20, seen);
	quotes_add(&quotes, "a", "static:a50");
	struct library *library =
		loader_load(&quotes.collections, NULL, NULL, &quotes.warnings, &error);
	struct edition *edition = edition_create(library, quoter_wires(quoter), NULL, &error);
	cr_assert_not_null(edition);
	edition_destroy(quoter_swap(quoter, edition));
	forget(seen);
	draw_new(quoter, request, 51, seen);
	quotes_finish(&quotes);
}

/* Whatever the shares of the groups are, a quote that is in two of them comes once. */
Test(quote_draw, repeats_nothing_across_groups)
{
	struct quotes quotes = {0};
	struct quote_wire once;
	bool seen[100] = {false};
	quotes_add_many(&quotes, "a", 50)->weight = 1;
	quotes_add(&quotes, "b", "static:a50")->weight = 1;
	quotes_add(&quotes, "b", "static:a7");
	struct quoter *quoter = quotes_open(&quotes);
	struct quote_request request = {.wire = add_wire_without_repeats(quoter, &once)};
	for (int round = 0; round < 3; round++) {
		forget(seen);
		draw_new(quoter, request, 51, seen);
	}
	quotes_finish(&quotes);
}

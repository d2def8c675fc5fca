#include "core/library/library_weed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/choice/quoter.h"
#include "tests/support/quotes.h"

Test(library_weed, keeps_a_quote_of_two_collections_once)
{
	struct quotes quotes = {0};
	struct strings second = {0};
	struct error error;
	unsigned wire;
	struct quote quote;
	quotes_add(&quotes, "first", "static:same");
	strings_add(&quotes_add(&quotes, "second", "static:same")->sources, "static:other");
	struct quoter *quoter = quotes_open(&quotes);
	cr_assert_eq(quoter_count(quoter), 2);
	const struct library *library = quoter_library(quoter);
	cr_assert_eq(library->share_count, 1);
	cr_assert_eq(library->files[1].duplicates, 1);
	strings_add(&second, "second");
	struct quote_wire of_second = {.name = "x", .collections = &second};
	cr_assert(quoter_add_wire(quoter, &of_second, &wire, &error));
	bool same = false, other = false;
	for (int i = 0; i < 100; i++) {
		cr_assert(quotes_pick(quoter, wire, NULL, &quote));
		same |= strcmp(quote.text, "same") == 0;
		other |= strcmp(quote.text, "other") == 0;
	}
	cr_assert(same && other);
	quotes_finish(&quotes);
	strings_finish(&second);
}

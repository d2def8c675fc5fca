#include "core/library/selection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/choice/quoter.h"
#include "core/library/quote_id.h"
#include "tests/support/quotes.h"

/* All files here are called "static". */
Test(selection, hides_private_files_from_a_file_name)
{
	struct quotes quotes = {0};
	struct strings names[3] = {{0}};
	struct quote_wire wires[3] = {{0}};
	quotes_add(&quotes, "a", "static:a");
	quotes_add(&quotes, "b", "static:b")->is_private = true;
	struct quoter *quoter = quotes_open(&quotes);
	unsigned by_file = quotes_add_wire(quoter, &wires[0], &names[0], "static", NULL);
	unsigned by_path = quotes_add_wire(quoter, &wires[1], &names[1], "b/static", NULL);
	cr_assert_eq(quotes_count_draws(quoter, by_file, 'b'), 0);
	cr_assert_eq(quotes_count_draws(quoter, by_path, 'b'), 1000);
	quotes_finish(&quotes);
	/* A name that is a collection's selects no file. */
	quotes_add(&quotes, "static", "static:c");
	quotes_add(&quotes, "d", "static:d");
	quoter = quotes_open(&quotes);
	by_file = quotes_add_wire(quoter, &wires[2], &names[2], "static", NULL);
	cr_assert_eq(quotes_count_draws(quoter, by_file, 'c'), 1000);
	quotes_finish(&quotes);
	for (int i = 0; i < 3; i++)
		strings_finish(&names[i]);
}

Test(selection, shows_private_collections_only_if_named)
{
	struct quotes quotes = {0};
	struct strings all = {0}, staff = {0}, unknown = {0};
	struct error error;
	unsigned open_wire, staff_wire;
	char id[QUOTE_ID_LENGTH + 1];
	struct quote quote;
	quotes_add(&quotes, "public", "static:open");
	quotes_add(&quotes, "staff", "static:private")->is_private = true;
	struct quoter *quoter = quotes_open(&quotes);
	strings_add(&staff, "staff");
	strings_add(&unknown, "stuff");
	struct quote_wire wires[] = {{.name = "open", .collections = &all},
		{.name = "staff", .collections = &staff},
		{.name = "wrong", .collections = &unknown}};
	cr_assert(quoter_add_wire(quoter, &wires[0], &open_wire, &error));
	cr_assert(quoter_add_wire(quoter, &wires[1], &staff_wire, &error));
	cr_assert_not(quoter_add_wire(quoter, &wires[2], &staff_wire, &error));
	cr_assert_str_eq(
		error.text, "collections: no such collection 'stuff'; did you mean 'staff'?");
	for (int i = 0; i < 100; i++) {
		cr_assert(quotes_pick(quoter, open_wire, NULL, &quote));
		cr_assert_str_eq(quote.text, "open");
		cr_assert(quoter_of_day(quoter, open_wire, i, &quote));
		cr_assert_str_eq(quote.text, "open");
		cr_assert(quotes_pick(quoter, staff_wire, NULL, &quote));
		cr_assert_str_eq(quote.text, "private");
		cr_assert(quoter_of_day(quoter, staff_wire, i, &quote));
		cr_assert_str_eq(quote.text, "private");
	}
	quote_id_format(quote.id, id);
	cr_assert_eq(quotes_find(quoter, staff_wire, id, &quote), 1);
	cr_assert_eq(quotes_find(quoter, open_wire, id, &quote), 0);
	cr_assert_eq(quotes_find(quoter, open_wire, "abc", &quote), -1);
	quotes_finish(&quotes);
	strings_finish(&staff);
	strings_finish(&unknown);
}

Test(selection, finds_by_id_what_it_selects)
{
	struct quotes quotes = {0};
	struct strings names = {0};
	struct quote_wire wire = {0};
	struct quote quote = {0};
	quotes_add(&quotes, "a", "static:apple");
	quotes_add(&quotes, "b", "static:berry");
	struct quoter *quoter = quotes_open(&quotes);
	unsigned of_a = quotes_add_wire(quoter, &wire, &names, "a", NULL);
	const struct library *library = quoter_library(quoter);
	const struct selection *all = quoter_selection(quoter, 0);
	const struct selection *some = quoter_selection(quoter, of_a);
	const uint64_t end = UINT64_C(1) << QUOTE_ID_BITS;
	uint64_t berry = quote_id_of("berry", 5);
	cr_expect_eq(selection_find(all, library, 0, end, &quote), 2);
	cr_expect_eq(selection_find(some, library, 0, end, &quote), 1);
	cr_expect_str_eq(quote.text, "apple");
	cr_expect_eq(selection_find(all, library, berry, berry, &quote), 1);
	cr_expect_str_eq(quote.text, "berry");
	cr_expect_eq(selection_find(some, library, berry, berry, &quote), 0);
	cr_expect_eq(selection_find(all, library, berry + 1, berry, &quote), 0);
	quotes_finish(&quotes);
	strings_finish(&names);
}

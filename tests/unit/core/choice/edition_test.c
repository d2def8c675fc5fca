#include "core/choice/edition.h"

#include <criterion/criterion.h>

#include "core/choice/quoter.h"
#include "core/sources/loader.h"
#include "tests/support/quotes.h"

static struct library *load(struct quotes *quotes)
{
	struct error error;
	struct library *library = loader_load(
		&(struct loader){.warnings = &quotes->warnings}, &quotes->collections, &error);
	cr_assert_not_null(library);
	return library;
}

Test(edition, is_ready_for_its_wires)
{
	struct quotes quotes = {0};
	struct strings names = {0};
	struct quote_wire wire = {0};
	struct error error;
	quotes_add_many(&quotes, "a", 20);
	quotes_add_many(&quotes, "b", 5)->is_private = true;
	struct quoter *quoter = quotes_open(&quotes);
	unsigned number = quotes_add_wire(quoter, &wire, &names, "b", NULL);
	quoter_prepare(quoter, number, &(struct quote_fit){.max_bytes = 2});
	struct edition *edition = quoter_make_edition(quoter, load(&quotes), NULL, &error);
	cr_assert_not_null(edition);
	cr_assert_eq(edition->wire_count, 2);
	cr_expect_eq(edition->wires[0].calendar_count, 20);
	cr_expect_eq(edition->wires[number].calendar_count, 5);
	cr_assert_eq(edition->wires[number].view_count, 1);
	cr_expect_eq(edition->wires[number].views[0].count, 0, "none fits into 2 octets");
	edition_destroy(edition);
	quotes_finish(&quotes);
	strings_finish(&names);
}

Test(edition, has_the_catalogues_of_the_wires_that_are_browsed)
{
	struct quotes quotes = {0};
	struct strings names[2] = {{0}};
	struct quote_wire wires[2] = {{0}};
	struct error error;
	quotes_add_many(&quotes, "a", 20);
	struct quoter *quoter = quotes_open(&quotes);
	unsigned browsed = quotes_add_wire(quoter, &wires[0], &names[0], "a", NULL);
	unsigned other = quotes_add_wire(quoter, &wires[1], &names[1], "a", NULL);
	quoter_browse(quoter, browsed);
	struct edition *edition = quoter_make_edition(quoter, load(&quotes), NULL, &error);
	cr_assert_not_null(edition);
	cr_expect_eq(edition->wires[browsed].catalogue.row_count, 20);
	cr_expect_eq(edition->wires[other].catalogue.row_count, 0);
	edition_destroy(quoter_swap(quoter, edition));
	cr_expect_eq(quoter_catalogue(quoter, browsed)->row_count, 20);
	quotes_finish(&quotes);
	strings_finish(&names[0]);
	strings_finish(&names[1]);
}

Test(edition, is_not_made_if_it_is_not_wanted_or_a_collection_is_gone)
{
	struct quotes quotes = {0};
	struct strings names = {0};
	struct quote_wire wire = {0};
	struct error error;
	atomic_bool cancel = true;
	quotes_add_many(&quotes, "a", 2);
	struct quoter *quoter = quotes_open(&quotes);
	unsigned number = quotes_add_wire(quoter, &wire, &names, "a", NULL);
	quoter_prepare(quoter, number, &(struct quote_fit){0});
	cr_expect_null(quoter_make_edition(quoter, load(&quotes), &cancel, &error));
	quotes.items[0].name = "b";
	cr_expect_null(quoter_make_edition(quoter, load(&quotes), NULL, &error));
	cr_expect_str_eq(error.text, "collections: no such collection 'a'; see 'quoted list'");
	quotes_finish(&quotes);
	strings_finish(&names);
}

Test(edition, warns_of_a_wire_that_is_too_narrow)
{
	struct quotes quotes = {0};
	struct strings names[2] = {{0}}, warnings = {0};
	struct quote_wire wires[2] = {{0}};
	quotes_add_many(&quotes, "a", 2);
	struct quoter *quoter = quotes_open(&quotes);
	wires[0].fit.max_bytes = 100;
	quotes_add_wire(quoter, &wires[0], &names[0], "a", NULL);
	quotes_add_wire(quoter, &wires[1], &names[1], "a", NULL);
	quoter_check(quoter, &warnings);
	cr_assert_eq(warnings.count, 1);
	cr_assert_str_eq(warnings.items[0],
		"a: a quote of the day can have 400 octets in 10 lines, more than this front end "
		"allows, so it has none on some days; raise its limits");
	quotes_finish(&quotes);
	strings_finish(&names[0]);
	strings_finish(&names[1]);
	strings_finish(&warnings);
}

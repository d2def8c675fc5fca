#include "core/choice/pin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "core/base/rng.h"
#include "core/choice/quoter.h"
#include "core/library/quote_id.h"
#include "core/sources/loader.h"
#include "tests/support/quotes.h"

Test(pin, decides_the_quote_of_its_day)
{
	struct quotes quotes = {0};
	struct strings all = {0}, pins = {0};
	struct error error;
	unsigned narrow, wide;
	struct quote today, other;
	int64_t christmas;
	quotes_add_many(&quotes, "a", 9);
	struct collection *options = quotes_add(&quotes, "b", "static:longer than the rest");
	for (int i = 0; i < 9; i++)
		strings_add(&options->sources, "static:longer than the rest, too");
	strings_add(&pins, "9999-12-25 0000");
	struct library *library = loader_load(
		&(struct loader){.warnings = &quotes.warnings}, &quotes.collections, &error);
	rng_init(&quotes.rng, 1);
	for (uint32_t i = 0; i < library->store.count; i++) {
		struct quote quote = quote_store_get(&library->store, i);
		char id[QUOTE_ID_LENGTH + 1];
		quote_id_format(quote.id, id);
		char *pin = mem_format("9999-12-25 %s", id);
		if (strcmp(quote.text, "a4") == 0)
			strings_add(&pins, pin);
		free(pin);
	}
	struct quoter *quoter = quoter_create(library, &quotes.rng);
	cr_assert(quoter_set_today(quoter, "", &pins, &error), "%s", error.text);
	struct quote_wire wires[] = {
		{.name = "narrow", .collections = &all, .fit = {.max_bytes = 400}},
		{.name = "wide", .collections = &all}};
	cr_assert(quoter_add_wire(quoter, &wires[0], &narrow, &error));
	cr_assert(quoter_add_wire(quoter, &wires[1], &wide, &error));
	cr_assert(day_parse("9999-12-25", &christmas));
	cr_assert(quoter_of_day(quoter, wide, christmas, &today));
	cr_assert_str_eq(today.text, "a4");
	struct strings missing = {0};
	quoter_check(quoter, &missing);
	cr_assert_eq(missing.count, 1);
	cr_assert_str_eq(missing.items[0],
		"today_pins: '9999-12-25 0000': no front end shows a quote with this id that is "
		"short enough for a quote of the day; pin another one");
	strings_finish(&missing);
	int changes = 0;
	for (int64_t day = 0; day < 64; day++) {
		cr_assert(quoter_of_day(quoter, narrow, day, &today));
		cr_assert(quoter_of_day(quoter, wide, day, &other));
		cr_assert_eq(today.id, other.id);
		cr_assert(quoter_of_day(quoter, wide, day + 1, &other));
		changes += today.id != other.id;
	}
	cr_assert_gt(changes, 55);
	strings_finish(&pins);
	strings_add(&pins, "25.12. x");
	cr_assert_not(quoter_set_today(quoter, "", &pins, &error));
	cr_assert_str_eq(error.text, "today_pins: '25.12. x' is not a date and an id; write "
				     "\"2026-12-25 abcd1234efgh\"");
	quoter_destroy(quoter);
	quotes_finish(&quotes);
	strings_finish(&pins);
}

/* The only wire shows only a private collection. */
Test(pin, warns_if_no_wire_can_show_it)
{
	struct quotes quotes = {0};
	struct strings names = {0}, pins = {0}, missing = {0};
	struct quote_wire wire = {0};
	struct error error;
	char id[QUOTE_ID_LENGTH + 1];
	quotes_add(&quotes, "a", "static:open");
	quotes_add(&quotes, "c", "static:hidden")->is_private = true;
	struct library *library = loader_load(
		&(struct loader){.warnings = &quotes.warnings}, &quotes.collections, &error);
	quote_id_format(library->store.quotes[0].id, id);
	char *pin = mem_format("9999-12-25 %s", id);
	strings_add(&pins, pin);
	free(pin);
	quotes.quoter = quoter_create(library, &quotes.rng);
	cr_assert(quoter_set_today(quotes.quoter, "", &pins, &error), "%s", error.text);
	quoter_check(quotes.quoter, &missing);
	cr_assert_eq(missing.count, 0, "without front ends, a file is enough");
	quotes_add_wire(quotes.quoter, &wire, &names, "c", NULL);
	quoter_check(quotes.quoter, &missing);
	cr_assert_eq(missing.count, 1);
	quotes_finish(&quotes);
	strings_finish(&names);
	strings_finish(&pins);
	strings_finish(&missing);
}

#include "core/choice/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"
#include "core/choice/quoter.h"
#include "tests/support/quotes.h"

/* Returns whether two wires have the same quote on each of 30 days. */
static bool have_the_same_calendar(struct quoter *quoter, unsigned one, unsigned other)
{
	bool same = true;
	for (int64_t day = 0; day < 30; day++) {
		struct quote quotes[2];
		cr_assert(quoter_of_day(quoter, one, day, &quotes[0]));
		cr_assert(quoter_of_day(quoter, other, day, &quotes[1]));
		same = same && quotes[0].id == quotes[1].id;
	}
	return same;
}

/* The README promises it: wires that show the same collections agree, whatever their limits are and
 * whatever else is configured. */
Test(calendar, is_the_same_for_wires_that_show_the_same)
{
	struct quotes quotes = {0}, others = {0};
	struct strings names[4] = {{0}};
	struct strings all = {0};
	struct quote_wire wires[4] = {{0}};
	struct error error;
	unsigned first, second, third, of_others;
	quotes_add_many(&quotes, "b", 20);
	quotes_add_many(&quotes, "a", 20);
	quotes_add(&quotes, "a", "static:b3");
	struct quoter *quoter = quotes_open(&quotes);
	wires[0].fit.max_bytes = 3;
	first = quotes_add_wire(quoter, &wires[0], &names[0], "a", NULL);
	second = quotes_add_wire(quoter, &wires[1], &names[1], "a", NULL);
	third = quotes_add_wire(quoter, &wires[2], &names[2], "a", "b");
	cr_assert(have_the_same_calendar(quoter, first, second));
	cr_assert(have_the_same_calendar(quoter, 0, third));
	cr_assert_not(have_the_same_calendar(quoter, first, third));
	/* Elsewhere there is no "b" and no other wire. */
	quotes_add_many(&others, "a", 20);
	quotes_add(&others, "a", "static:b3");
	quotes_open(&others);
	wires[3].collections = &all;
	cr_assert(quoter_add_wire(others.quoter, &wires[3], &of_others, &error));
	for (int64_t day = 0; day < 60; day++) {
		struct quote here, there;
		cr_assert(quoter_of_day(quoter, first, day, &here));
		cr_assert(quoter_of_day(others.quoter, of_others, day, &there));
		cr_assert_str_eq(here.text, there.text, "day %d", (int)day);
	}
	quotes_finish(&quotes);
	quotes_finish(&others);
	for (int i = 0; i < 4; i++)
		strings_finish(&names[i]);
}

/* Quotes that an earlier collection also has stand before, between and after the others. */
Test(calendar, keeps_shared_quotes_in_order)
{
	static const char *const texts[] = {"x4", "x1", "own0", "x2", "x0", "own1", "x3"};
	enum { COUNT = sizeof texts / sizeof *texts };
	struct quotes alone = {0}, second = {0};
	struct strings names = {0};
	struct quote_wire wire = {0};
	char spec[64];
	quotes_add_many(&second, "x", 5);
	for (int i = 0; i < COUNT; i++) {
		snprintf(spec, sizeof spec, "static:%s", texts[i]);
		quotes_add(&alone, "a", spec);
		quotes_add(&second, "a", spec);
	}
	quotes_open(&alone);
	quotes_open(&second);
	unsigned number = quotes_add_wire(second.quoter, &wire, &names, "a", NULL);
	for (int64_t day = 0; day < 64; day++) {
		struct quote here, there;
		cr_assert(quoter_of_day(alone.quoter, 0, day, &here));
		cr_assert(quoter_of_day(second.quoter, number, day, &there));
		cr_assert_str_eq(here.text, there.text, "day %d", (int)day);
	}
	quotes_finish(&alone);
	quotes_finish(&second);
	strings_finish(&names);
}

/* Adds a quote of \p lines lines of \p octets octets each. */
static void add_quote(struct quotes *quotes, int lines, int octets)
{
	struct buffer spec = {0};
	buffer_format(&spec, "static:");
	for (int i = 0; i < lines; i++)
		buffer_format(&spec, "%s%0*d", i > 0 ? "\n" : "", octets, i);
	quotes_add(quotes, "a", spec.data);
	buffer_finish(&spec);
}

Test(calendar, has_the_short_quotes)
{
	static const struct {
		int lines, octets;
		bool is_short;
	} rows[] = {
		{1, 1, true},
		{1, 398, true}, /* 400 with CRLF */
		{1, 399, false},
		{2, 198, true},
		{2, 199, false},
		{10, 38, true},
		{10, 39, false},
		{11, 1, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct quotes quotes = {0};
		quotes_add(&quotes, "a", "static:short");
		add_quote(&quotes, rows[i].lines, rows[i].octets);
		struct quoter *quoter = quotes_open(&quotes);
		bool seen = false;
		for (int64_t day = 0; day < 4; day++) {
			struct quote quote;
			cr_assert(quoter_of_day(quoter, 0, day, &quote));
			seen |= strcmp(quote.text, "short") != 0;
		}
		cr_assert_eq(seen, rows[i].is_short, "row %zu", i);
		quotes_finish(&quotes);
	}
}

Test(calendar, has_all_if_none_is_short)
{
	struct quotes quotes = {0};
	struct quote quote;
	add_quote(&quotes, 20, 40);
	add_quote(&quotes, 20, 41);
	struct quoter *quoter = quotes_open(&quotes);
	bool seen[2] = {false};
	for (int64_t day = 0; day < 8; day++) {
		cr_assert(quoter_of_day(quoter, 0, day, &quote));
		seen[quote.length > 20 * 41] = true;
	}
	cr_assert(seen[0] && seen[1]);
	quotes_finish(&quotes);
}

Test(calendar, suits_wide_enough_wires)
{
	static const struct {
		struct quote_fit fit;
		bool suits;
	} rows[] = {
		{{0}, true},
		{{.max_bytes = 511, .crlf = true}, true},
		{{.max_bytes = 400, .crlf = true}, true},
		{{.max_bytes = 399, .crlf = true}, false},
		{{.max_lines = 10}, true},
		{{.max_lines = 9}, false},
		{{.max_lines = 10, .line_bytes = 399}, false},
		{{.line_bytes = 10}, true},
		{{.max_lines = 3, .line_bytes = 400, .fold = true}, true},
		{{.max_lines = 3, .line_bytes = 205, .fold = true}, true},
		{{.max_lines = 3, .line_bytes = 204, .fold = true}, false},
		{{.max_lines = 1, .line_bytes = 400, .fold = true}, false},
		{{.max_lines = 1, .line_bytes = 410, .fold = true}, true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_eq(calendar_suits(&rows[i].fit), rows[i].suits, "row %zu", i);
}

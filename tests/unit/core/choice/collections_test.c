#include "core/choice/quoter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"
#include "core/sources/loader.h"
#include "tests/support/quotes.h"

enum { TEXT_SIZE = 32, TEXTS_MAX = 20000 };

/* Adds a collection of \p count quotes NAME0, NAME1, ... */
static struct collection_options *add_many(struct quotes *quotes, const char *name, int count)
{
	char text[64];
	struct collection_options *options = NULL;
	for (int i = 0; i < count; i++) {
		snprintf(text, sizeof text, "static:%s%d", name, i);
		if (options == NULL)
			options = quotes_add(quotes, name, text);
		else
			strings_add(&options->sources, text);
	}
	return options;
}

/* Draws and returns the chi-square of the first letters against the chances of a, b and c. */
static double chi_square(struct quoter *quoter, const double chances[3])
{
	enum { DRAWS = 30000 };
	double sum = 0;
	int seen[3] = {0};
	struct quote_request any = {.wire = 0};
	struct quote quote;
	for (int i = 0; i < DRAWS; i++) {
		cr_assert(quoter_pick(quoter, &any, &quote));
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

Test(collections, are_drawn_by_their_shares)
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
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		static const int counts[] = {1, 6, 3};
		static const char *const names[] = {"a", "b", "c"};
		struct quotes quotes = {0};
		for (int j = 0; j < 3; j++) {
			struct collection_options *options = add_many(&quotes, names[j], counts[j]);
			options->percent = rows[i].percents[j];
			options->weight = rows[i].weights[j];
		}
		/* Each quote here is a file of its own. */
		quotes.collections.equal = rows[i].equal;
		double found = chi_square(quotes_open(&quotes), rows[i].chances);
		cr_assert_lt(found, 13.8, "row %zu: %f", i, found);
		quotes_finish(&quotes);
	}
}

Test(collections, say_what_is_wrong_with_their_shares)
{
	static const struct {
		long percents[2], weights[2];
		const char *second, *error;
	} rows[] = {
		{{60, 50}, {0}, "static:b", "collection: the percents sum up to 110, over 100"},
		{{60, 30}, {0}, "static:b",
			"collection: the percents sum up to 90 and nothing takes the rest; leave "
			"one "
			"collection without"},
		{{100, 0}, {0}, "static:b",
			"collection \"b\": the percents of the others sum up to 100 and leave it "
			"nothing; lower one"},
		{{60, 0}, {0, 2}, "static:b",
			"collection \"b\": weight: others have a percent; use one or the other"},
		{{60, 0}, {0}, "command:true",
			"collection \"b\": a command needs a percent of its own beside those of "
			"others"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct quotes quotes = {0};
		struct error error;
		struct collection_options *first = quotes_add(&quotes, "a", "static:a");
		struct collection_options *second = quotes_add(&quotes, "b", rows[i].second);
		first->percent = rows[i].percents[0];
		second->percent = rows[i].percents[1];
		second->weight = rows[i].weights[1];
		cr_assert_null(
			loader_load(&quotes.collections, NULL, NULL, &quotes.warnings, &error));
		cr_assert_str_eq(error.text, rows[i].error);
		quotes_finish(&quotes);
	}
}

Test(collections, have_names_of_their_own)
{
	struct quotes quotes = {0};
	struct error error;
	quotes_add(&quotes, "a", "static:a");
	quotes_add(&quotes, "b", "static:b");
	quotes_add(&quotes, "c", "static:c");
	quotes.items[2].name = "b";
	cr_assert_null(loader_load(&quotes.collections, NULL, NULL, &quotes.warnings, &error));
	cr_assert_str_eq(error.text, "collection \"b\": there are two of this name; rename one");
	quotes_finish(&quotes);
}

/* Adds a wire that shows \p first and \p second, which may be NULL. */
static unsigned add_wire(struct quoter *quoter, struct quote_wire *wire, struct strings *names,
	const char *first, const char *second)
{
	unsigned number;
	struct error error;
	strings_add(names, first);
	if (second != NULL)
		strings_add(names, second);
	wire->name = first;
	wire->collections = names;
	cr_assert(quoter_add_wire(quoter, wire, &number, &error), "%s", error.text);
	return number;
}

/* Returns how many of 1,000 draws begin with a letter. */
static int count_draws(struct quoter *quoter, unsigned wire, char letter)
{
	int count = 0;
	for (int i = 0; i < 1000; i++) {
		struct quote quote;
		struct quote_request request = {.wire = wire};
		cr_assert(quoter_pick(quoter, &request, &quote));
		count += quote.text[0] == letter;
	}
	return count;
}

Test(collections, share_the_rest_of_what_is_shown)
{
	struct quotes quotes = {0};
	struct strings names[2] = {{0}};
	struct quote_wire wires[2] = {{0}};
	quotes_add(&quotes, "a", "static:a")->percent = 60;
	quotes_add(&quotes, "b", "static:b")->percent = 40;
	quotes_add(&quotes, "c", "static:c")->is_private = true;
	struct quoter *quoter = quotes_open(&quotes);
	unsigned alone = add_wire(quoter, &wires[0], &names[0], "c", NULL);
	unsigned both = add_wire(quoter, &wires[1], &names[1], "c", "a");
	cr_assert_eq(count_draws(quoter, 0, 'c'), 0);
	cr_assert_eq(count_draws(quoter, alone, 'c'), 1000);
	int seen = count_draws(quoter, both, 'c');
	cr_assert(seen > 340 && seen < 460, "%d", seen);
	quotes_finish(&quotes);
	strings_finish(&names[0]);
	strings_finish(&names[1]);
}

/* All files here are called "static". */
Test(collections, are_not_reached_by_the_name_of_a_file)
{
	struct quotes quotes = {0};
	struct strings names[3] = {{0}};
	struct quote_wire wires[3] = {{0}};
	quotes_add(&quotes, "a", "static:a");
	quotes_add(&quotes, "b", "static:b")->is_private = true;
	struct quoter *quoter = quotes_open(&quotes);
	unsigned by_file = add_wire(quoter, &wires[0], &names[0], "static", NULL);
	unsigned by_path = add_wire(quoter, &wires[1], &names[1], "b/static", NULL);
	cr_assert_eq(count_draws(quoter, by_file, 'b'), 0);
	cr_assert_eq(count_draws(quoter, by_path, 'b'), 1000);
	quotes_finish(&quotes);
	/* A collection's name is that of the collection alone. */
	quotes_add(&quotes, "static", "static:c");
	quotes_add(&quotes, "d", "static:d");
	quoter = quotes_open(&quotes);
	by_file = add_wire(quoter, &wires[2], &names[2], "static", NULL);
	cr_assert_eq(count_draws(quoter, by_file, 'c'), 1000);
	quotes_finish(&quotes);
	for (int i = 0; i < 3; i++)
		strings_finish(&names[i]);
}

Test(collections, that_are_private_show_only_where_they_are_named)
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
		struct quote_request request = {.wire = open_wire};
		cr_assert(quoter_pick(quoter, &request, &quote));
		cr_assert_str_eq(quote.text, "open");
		cr_assert(quoter_on(quoter, open_wire, i, &quote));
		cr_assert_str_eq(quote.text, "open");
		request.wire = staff_wire;
		cr_assert(quoter_pick(quoter, &request, &quote));
		cr_assert_str_eq(quote.text, "private");
		cr_assert(quoter_on(quoter, staff_wire, i, &quote));
		cr_assert_str_eq(quote.text, "private");
	}
	quote_id_format(quote.id, id);
	cr_assert_eq(quoter_find(quoter, staff_wire, id, &quote), QUOTER_FOUND_ONE);
	cr_assert_eq(quoter_find(quoter, open_wire, id, &quote), QUOTER_FOUND_NONE);
	cr_assert_not(quoter_get(quoter, open_wire, quote.id, &quote));
	cr_assert_eq(quoter_find(quoter, open_wire, "abc", &quote), QUOTER_FOUND_NO_ID);
	quotes_finish(&quotes);
	strings_finish(&staff);
	strings_finish(&unknown);
}

Test(collections, keep_a_quote_of_two_once)
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
	struct quote_request request = {.wire = wire};
	bool same = false, other = false;
	for (int i = 0; i < 100; i++) {
		cr_assert(quoter_pick(quoter, &request, &quote));
		same |= strcmp(quote.text, "same") == 0;
		other |= strcmp(quote.text, "other") == 0;
	}
	cr_assert(same && other);
	quotes_finish(&quotes);
	strings_finish(&second);
}

/* Draws \p count quotes "aN"; none may have been seen, and each is then. */
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

/* Serves the collections as they are now. */
static void reload(struct quotes *quotes, int draws_meanwhile, unsigned wire, bool seen[static 100])
{
	atomic_bool cancel = false;
	struct error error;
	struct quoter_plan plan = quoter_plan(quotes->quoter);
	struct library *library = loader_load(&quotes->collections, quoter_library(quotes->quoter),
		NULL, &quotes->warnings, &error);
	struct edition *edition = edition_create(library, plan.wires, &error);
	quoter_plan_prepare(&plan, &cancel, edition);
	draw_new(quotes->quoter, (struct quote_request){.wire = wire}, draws_meanwhile, seen);
	edition_destroy(quoter_swap(quotes->quoter, &plan, edition));
	quoter_plan_finish(&plan);
}

static unsigned add_once(struct quoter *quoter, struct quote_wire *wire)
{
	static const struct strings all = {0};
	unsigned number;
	struct error error;
	*wire = (struct quote_wire){.name = "once", .collections = &all, .no_repeat = true};
	cr_assert(quoter_add_wire(quoter, wire, &number, &error));
	return number;
}

Test(collections, come_without_repeats_where_that_is_wanted)
{
	struct quotes quotes = {0};
	struct quote_wire once;
	bool seen[100];
	add_many(&quotes, "a", 50);
	struct quoter *quoter = quotes_open(&quotes);
	struct quote_request request = {.wire = add_once(quoter, &once)};
	struct quote_request shorter = {.wire = request.wire, .fit = {.max_bytes = 3}};
	for (int round = 0; round < 5; round++) {
		forget(seen);
		draw_new(quoter, request, 50, seen);
	}
	/* In whatever way it is asked for: 10 of them fit into 3 octets. */
	forget(seen);
	draw_new(quoter, shorter, 5, seen);
	draw_new(quoter, request, 10, seen);
	int left = 0;
	for (int i = 0; i < 10; i++)
		left += !seen[i];
	draw_new(quoter, shorter, left, seen);
	draw_new(quoter, request, 50 - 5 - 10 - left, seen);
	forget(seen);
	draw_new(quoter, request, 50, seen);
	quotes_finish(&quotes);
}

Test(collections, come_without_repeats_across_reloads)
{
	struct quotes quotes = {0};
	struct quote_wire once;
	bool seen[100] = {false};
	add_many(&quotes, "a", 50);
	struct quoter *quoter = quotes_open(&quotes);
	struct quote_request request = {.wire = add_once(quoter, &once)};
	draw_new(quoter, request, 20, seen);
	/* What comes before the others moves them all. */
	struct strings sources = quotes.options[0].sources;
	quotes.options[0].sources = (struct strings){0};
	for (int i = 50; i < 60; i++) {
		char *spec = mem_format("static:a%d", i);
		quotes_add(&quotes, "a", spec);
		free(spec);
	}
	for (size_t i = 0; i < sources.count; i++)
		strings_add(&quotes.options[0].sources, sources.items[i]);
	strings_finish(&sources);
	reload(&quotes, 10, request.wire, seen);
	draw_new(quoter, request, 30, seen);
	for (int i = 0; i < 60; i++)
		cr_assert(seen[i]);
	/* A round that begins while the quotes are loaded is a new one. */
	forget(seen);
	draw_new(quoter, request, 55, seen);
	bool next[100] = {false};
	reload(&quotes, 5, request.wire, seen);
	reload(&quotes, 3, request.wire, next);
	draw_new(quoter, request, 57, next);
	quotes_finish(&quotes);
}

/* Those who take little ask again and again, those who take nothing in vain: the rest see no quote
 * twice. */
Test(collections, come_without_repeats_beside_narrow_views)
{
	struct quotes quotes = {0};
	struct quote_wire once;
	bool seen[100] = {false};
	add_many(&quotes, "a", 100);
	struct quoter *quoter = quotes_open(&quotes);
	struct quote_request request = {.wire = add_once(quoter, &once)};
	struct quote_request narrow = {.wire = request.wire, .fit = {.max_bytes = 3}};
	struct quote_request empty = {.wire = request.wire, .fit = {.max_bytes = 1}};
	int drawn = 0, fresh = 0;
	for (int i = 0; i < 100; i++) {
		struct quote quote;
		cr_assert(quoter_pick(quoter, &narrow, &quote));
		seen[atoi(quote.text + 1)] = true;
		cr_assert_not(quoter_pick(quoter, &empty, &quote));
		if (drawn == 90)
			continue;
		/* The ten that are short were shown, or are shown here. */
		cr_assert(quoter_pick(quoter, &request, &quote));
		int number = atoi(quote.text + 1);
		cr_assert(number < 10 || !seen[number], "%s", quote.text);
		fresh += !seen[number];
		seen[number] = true;
		drawn++;
	}
	cr_assert_geq(fresh, 89);
	quotes_finish(&quotes);
}

/* Groups with weights give what they have left, and a quote of two of them comes once. */
Test(collections, come_without_repeats_of_all_groups)
{
	struct quotes quotes = {0};
	struct quote_wire once;
	bool seen[100] = {false};
	add_many(&quotes, "a", 50)->weight = 1;
	quotes_add(&quotes, "b", "static:a50")->weight = 1;
	quotes_add(&quotes, "b", "static:a7");
	struct quoter *quoter = quotes_open(&quotes);
	struct quote_request request = {.wire = add_once(quoter, &once)};
	for (int round = 0; round < 3; round++) {
		forget(seen);
		draw_new(quoter, request, 51, seen);
	}
	quotes_finish(&quotes);
}

static time_t on_christmas(void *data)
{
	(void)data;
	return 1798200000; /* 2026-12-25, noon */
}

Test(collections, have_one_quote_a_day_on_all_wires)
{
	struct quotes quotes = {0};
	struct strings all = {0}, pins = {0};
	struct error error;
	unsigned narrow, wide;
	struct quote today, other;
	add_many(&quotes, "a", 9);
	struct collection_options *options =
		quotes_add(&quotes, "b", "static:longer than the rest");
	for (int i = 0; i < 9; i++)
		strings_add(&options->sources, "static:longer than the rest, too");
	strings_add(&pins, "2026-12-25 0000");
	struct library *library =
		loader_load(&quotes.collections, NULL, NULL, &quotes.warnings, &error);
	struct quoter_options of_quoter = {
		.rng = &quotes.rng, .clock = {.now = on_christmas}, .today_pins = &pins};
	rng_init(&quotes.rng, 1);
	for (uint32_t i = 0; i < library->store.count; i++) {
		struct quote quote = quote_store_get(&library->store, i);
		char id[QUOTE_ID_LENGTH + 1];
		quote_id_format(quote.id, id);
		char *pin = mem_format("2026-12-25 %s", id);
		if (strcmp(quote.text, "a4") == 0)
			strings_add(&pins, pin);
		free(pin);
	}
	struct quoter *quoter = quoter_create(library, &of_quoter, &error);
	cr_assert_not_null(quoter, "%s", error.text);
	struct quote_wire wires[] = {
		{.name = "narrow", .collections = &all, .fit = {.max_bytes = 10}},
		{.name = "wide", .collections = &all}};
	cr_assert(quoter_add_wire(quoter, &wires[0], &narrow, &error));
	cr_assert(quoter_add_wire(quoter, &wires[1], &wide, &error));
	cr_assert(quoter_today(quoter, wide, &today));
	cr_assert_str_eq(today.text, "a4");
	struct strings missing = {0};
	quoter_check_pins(quoter, &missing);
	cr_assert_eq(missing.count, 1);
	cr_assert_str_eq(missing.items[0], "today_pins: '2026-12-25 0000': no quote that a front "
					   "end can show on a day has this id");
	strings_finish(&missing);
	int changes = 0;
	for (int64_t day = 0; day < 64; day++) {
		cr_assert(quoter_on(quoter, narrow, day, &today));
		cr_assert(quoter_on(quoter, wide, day, &other));
		cr_assert_eq(today.id, other.id);
		cr_assert_leq(today.length, 9);
		cr_assert(quoter_on(quoter, wide, day + 1, &other));
		changes += today.id != other.id;
	}
	cr_assert_gt(changes, 55);
	strings_finish(&pins);
	strings_add(&pins, "25.12. x");
	of_quoter.today_pins = &pins;
	cr_assert_null(quoter_create(library_hold(library), &of_quoter, &error));
	cr_assert_str_eq(error.text, "today_pins: '25.12. x' is no date and id; write "
				     "\"2026-12-25 abcd1234efgh\"");
	quoter_destroy(quoter);
	quotes_finish(&quotes);
	strings_finish(&pins);
}

/* Returns whether two wires have the same quote on each of 30 days. */
static bool have_one_calendar(struct quoter *quoter, unsigned one, unsigned other)
{
	bool same = true;
	for (int64_t day = 0; day < 30; day++) {
		struct quote quotes[2];
		cr_assert(quoter_on(quoter, one, day, &quotes[0]));
		cr_assert(quoter_on(quoter, other, day, &quotes[1]));
		same = same && quotes[0].id == quotes[1].id;
	}
	return same;
}

/* Each shows a public collection and both a private one: what nobody's wire shows parts them not.
 */
Test(collections, share_the_day_of_what_is_private)
{
	struct quotes quotes = {0};
	struct strings names[2] = {{0}};
	struct quote_wire wires[2] = {{0}};
	add_many(&quotes, "a", 20);
	add_many(&quotes, "b", 20);
	add_many(&quotes, "c", 20)->is_private = true;
	struct quoter *quoter = quotes_open(&quotes);
	unsigned one = add_wire(quoter, &wires[0], &names[0], "a", "c");
	unsigned other = add_wire(quoter, &wires[1], &names[1], "b", "c");
	cr_assert(have_one_calendar(quoter, one, other));
	quotes_finish(&quotes);
	strings_finish(&names[0]);
	strings_finish(&names[1]);
}

/* The one wire shows what is private alone. */
Test(collections, tell_of_a_pin_that_nobody_is_shown)
{
	struct quotes quotes = {0};
	struct strings names = {0}, pins = {0}, missing = {0};
	struct quote_wire wire = {0};
	struct error error;
	char id[QUOTE_ID_LENGTH + 1];
	quotes_add(&quotes, "a", "static:open");
	quotes_add(&quotes, "c", "static:hidden")->is_private = true;
	struct library *library =
		loader_load(&quotes.collections, NULL, NULL, &quotes.warnings, &error);
	quote_id_format(library->store.quotes[0].id, id);
	char *pin = mem_format("2026-12-25 %s", id);
	strings_add(&pins, pin);
	free(pin);
	struct quoter_options options = {
		.rng = &quotes.rng, .clock = {.now = on_christmas}, .today_pins = &pins};
	quotes.quoter = quoter_create(library, &options, &error);
	quoter_check_pins(quotes.quoter, &missing);
	cr_assert_eq(missing.count, 0, "without a front end it is anybody's");
	add_wire(quotes.quoter, &wire, &names, "c", NULL);
	quoter_check_pins(quotes.quoter, &missing);
	cr_assert_eq(missing.count, 1);
	quotes_finish(&quotes);
	strings_finish(&names);
	strings_finish(&pins);
	strings_finish(&missing);
}

Test(collections, share_the_day_where_they_have_something_in_common)
{
	struct quotes quotes = {0};
	struct strings names[5] = {{0}};
	struct quote_wire wires[5] = {{0}};
	struct quote quote;
	add_many(&quotes, "a", 20);
	add_many(&quotes, "b", 20);
	add_many(&quotes, "c", 20)->is_private = true;
	/* A quote that two have by chance does not make them one. */
	quotes_add(&quotes, "c", "static:a1");
	struct quoter *quoter = quotes_open(&quotes);
	unsigned some = add_wire(quoter, &wires[0], &names[0], "a", NULL);
	unsigned more = add_wire(quoter, &wires[1], &names[1], "a", "c");
	unsigned others = add_wire(quoter, &wires[2], &names[2], "b", NULL);
	unsigned hidden = add_wire(quoter, &wires[3], &names[3], "c", NULL);
	wires[4].apart = true;
	wires[4].fit.max_bytes = 3;
	unsigned apart = add_wire(quoter, &wires[4], &names[4], "a", NULL);
	cr_assert(have_one_calendar(quoter, 0, some));
	cr_assert(have_one_calendar(quoter, 0, more));
	cr_assert_not(have_one_calendar(quoter, 0, others));
	cr_assert_not(have_one_calendar(quoter, 0, hidden));
	cr_assert_not(have_one_calendar(quoter, some, apart));
	size_t longest = 0;
	for (int64_t day = 0; day < 30; day++) {
		cr_assert(quoter_on(quoter, 0, day, &quote));
		cr_assert_eq(quote.text[0], 'a');
		longest = quote.length > longest ? quote.length : longest;
		cr_assert(quoter_on(quoter, others, day, &quote));
		cr_assert_eq(quote.text[0], 'b');
	}
	cr_assert_eq(longest, 3, "what one has apart does not narrow the others'");
	quotes_finish(&quotes);
	for (int i = 0; i < 5; i++)
		strings_finish(&names[i]);
}

Test(collections, of_commands_never_let_anybody_wait)
{
	struct quotes quotes = {0};
	struct quote quote;
	struct quote_request any = {.wire = 0};
	quotes_add(&quotes, "now", "command:/bin/false");
	struct quoter *quoter = quotes_open(&quotes);
	cr_assert_eq(quoter_wanted(quoter, 0), 4, "a command is a source, whatever it says");
	cr_assert_not(quoter_pick(quoter, &any, &quote));
	quoter_put(quoter, 0, "first", 5);
	for (int i = 0; i < 3; i++) {
		cr_assert(quoter_pick(quoter, &any, &quote));
		cr_assert_str_eq(quote.text, "first", "it is shown again until there is another");
	}
	for (int i = 0; i < 4; i++)
		quoter_put(quoter, 0, "second", 6);
	cr_assert_eq(quoter_wanted(quoter, 0), 0);
	for (int i = 0; i < 4; i++) {
		cr_assert(quoter_pick(quoter, &any, &quote));
		cr_assert_str_eq(quote.text, "second");
	}
	cr_assert_eq(quoter_wanted(quoter, 0), 4);
	any.fit.max_bytes = 3;
	cr_assert_not(quoter_pick(quoter, &any, &quote));
	quotes_finish(&quotes);
}

/* Counts the draws of each collection; the second one has nothing to say. */
struct draws {
	struct quoter *quoter;
	int counts[3];
};

static void on_draw(void *data, size_t collection)
{
	struct draws *draws = data;
	char *text = mem_format("draw %d", ++draws->counts[collection]);
	if (collection != 1)
		quoter_put(draws->quoter, collection, text, strlen(text));
	free(text);
}

Test(collections, of_commands_run_for_each_draw_where_somebody_waits)
{
	struct quotes quotes = {0};
	struct quote quote;
	struct quote_request any = {.wire = 0};
	quotes_add(&quotes, "good", "command:good");
	quotes_add(&quotes, "bad", "command:bad");
	quotes_add(&quotes, "private", "command:private")->is_private = true;
	struct draws draws = {.quoter = quotes_open(&quotes)};
	quoter_on_draw(draws.quoter, on_draw, &draws);
	for (int i = 1; i <= 100; i++) {
		char text[20];
		cr_assert(quoter_pick(draws.quoter, &any, &quote));
		snprintf(text, sizeof text, "draw %d", i);
		cr_assert_str_eq(quote.text, text, "a quote is a run of its own");
	}
	cr_assert_eq(draws.counts[0], 100);
	cr_assert(draws.counts[1] > 20 && draws.counts[1] < 80, "it fails once a pick: %d",
		draws.counts[1]);
	cr_assert_eq(draws.counts[2], 0);
	any.fit.max_bytes = 3;
	cr_assert_not(quoter_pick(draws.quoter, &any, &quote));
	cr_assert_eq(draws.counts[0], 101, "what does not fit is not drawn again");
	quotes_finish(&quotes);
}

/* Finds two texts whose ids begin alike, and that beginning: 20 bits, so some 1200 texts will do.
 */
static void find_alike(char *ret_first, char *ret_second, char *ret_prefix)
{
	static char ids[TEXTS_MAX][QUOTE_ID_LENGTH + 1];
	for (int i = 0; i < TEXTS_MAX; i++) {
		snprintf(ret_second, TEXT_SIZE, "text %d", i);
		quote_id_format(quote_id_of(ret_second, strlen(ret_second)), ids[i]);
		for (int j = 0; j < i; j++) {
			if (strncmp(ids[i], ids[j], QUOTE_ID_PREFIX_MIN) != 0)
				continue;
			snprintf(ret_first, TEXT_SIZE, "text %d", j);
			memcpy(ret_prefix, ids[i], QUOTE_ID_PREFIX_MIN);
			ret_prefix[QUOTE_ID_PREFIX_MIN] = '\0';
			return;
		}
	}
	cr_assert_fail("no two ids begin alike");
}

Test(collections, of_commands_make_prefixes_of_ids_ambiguous)
{
	struct quotes quotes = {0};
	struct strings staff = {0};
	struct error error;
	struct quote quote;
	unsigned wire;
	char id[QUOTE_ID_LENGTH + 1], prefix[QUOTE_ID_PREFIX_MIN + 1];
	char texts[2][TEXT_SIZE];
	find_alike(texts[0], texts[1], prefix);
	char *spec = mem_format("static:%s", texts[0]);
	quotes_add(&quotes, "files", spec);
	free(spec);
	quotes_add(&quotes, "one", "command:one");
	quotes_add(&quotes, "two", "command:two")->is_private = true;
	struct quoter *quoter = quotes_open(&quotes);
	struct quote_wire of_staff = {.name = "staff", .collections = &staff};
	strings_add(&staff, "one");
	strings_add(&staff, "two");
	cr_assert(quoter_add_wire(quoter, &of_staff, &wire, &error));

	cr_assert_eq(quoter_find(quoter, 0, prefix, &quote), QUOTER_FOUND_ONE);
	cr_assert_eq(quoter_find(quoter, wire, prefix, &quote), QUOTER_FOUND_NONE);
	quoter_put(quoter, 1, texts[0], strlen(texts[0]));
	cr_assert_eq(quoter_find(quoter, 0, prefix, &quote), QUOTER_FOUND_ONE, "it is the same");
	quoter_put(quoter, 2, texts[1], strlen(texts[1]));
	cr_assert_eq(quoter_find(quoter, wire, prefix, &quote), QUOTER_FOUND_MANY);
	cr_assert_eq(quoter_find(quoter, 0, prefix, &quote), QUOTER_FOUND_ONE, "it is private");
	quote_id_format(quote_id_of(texts[1], strlen(texts[1])), id);
	cr_assert_eq(quoter_find(quoter, 0, id, &quote), QUOTER_FOUND_NONE, "it is private");
	cr_assert_eq(quoter_find(quoter, wire, id, &quote), QUOTER_FOUND_ONE);
	cr_assert_str_eq(quote.text, texts[1]);
	quoter_put(quoter, 1, texts[1], strlen(texts[1]));
	cr_assert_eq(quoter_find(quoter, 0, prefix, &quote), QUOTER_FOUND_MANY);
	strings_finish(&staff);
	quotes_finish(&quotes);
}

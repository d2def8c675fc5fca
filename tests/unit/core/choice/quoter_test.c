#include "core/choice/quoter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "core/library/quote_id.h"
#include "core/sources/loader.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

enum { TEXT_SIZE = 32, TEXTS_MAX = 20000 };

static void write_file(const char *directory, const char *name, const char *text, size_t length)
{
	char *path = mem_format("%s/%s", directory, name);
	FILE *file = fopen(path, "w");
	cr_assert_not_null(file);
	fwrite(text, 1, length, file);
	fclose(file);
	free(path);
}

static void create_directory(char *path)
{
	strcpy(path, "/tmp/quoter_test.XXXXXX");
	cr_assert_not_null(mkdtemp(path));
}

static void remove_directory(const char *path)
{
	char *command = mem_format("rm -rf '%s'", path);
	cr_assert_eq(system(command), 0);
	free(command);
}

Test(quoter, picks_uniformly_from_what_fits)
{
	struct quotes quotes = {0};
	const char *texts[] = {"static:a", "static:bb", "static:ccc", "static:dddd"};
	for (int i = 0; i < 4; i++)
		quotes_add(&quotes, "quotes", texts[i]);
	struct quoter *quoter = quotes_open(&quotes);
	cr_assert_eq(quoter_count(quoter), 4);
	int seen[5] = {0};
	struct quote_fit fit = {.max_bytes = 4};
	struct quote quote;
	for (int i = 0; i < 30000; i++) {
		cr_assert(quotes_pick(quoter, 0, &fit, &quote));
		seen[quote.length]++;
	}
	cr_assert_eq(seen[4], 0);
	for (int i = 1; i <= 3; i++)
		cr_assert(seen[i] > 9600 && seen[i] < 10400, "%d: %d", i, seen[i]);
	fit.max_bytes = 1;
	cr_assert_not(quotes_pick(quoter, 0, &fit, &quote));
	/* A new fit each time, none of them prepared. */
	for (size_t limit = 1; limit < 40; limit++) {
		fit.max_bytes = limit;
		cr_assert_eq(quotes_pick(quoter, 0, &fit, &quote), limit >= 2);
		cr_assert(limit < 2 || quote.length < limit);
	}
	quotes_finish(&quotes);
}

/* Loads a file of \p count quotes of many lengths. */
static struct quoter *open_many(struct quotes *quotes, int count)
{
	struct buffer text = {0};
	for (int i = 0; i < count; i++)
		buffer_format(&text, "%d%.*s\n%%\n", i, i * 7 % 60,
			"............................................................");
	scratch_write("many", text.data, text.length);
	buffer_finish(&text);
	return quotes_open_one(quotes, "fortune:many");
}

Test(quoter, reaches_every_quote_that_fits, .init = scratch_enter, .fini = scratch_leave)
{
	enum { COUNT = 2000 };
	static const struct quote_fit fits[] = {{0}, {.max_bytes = 20},
		{.max_bytes = 33, .crlf = true}, {.max_lines = 2, .line_bytes = 16, .fold = true}};
	struct quotes quotes = {0};
	struct quoter *quoter = open_many(&quotes, COUNT);
	for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
		size_t fitting = quoter_count_fitting(quoter, 0, &fits[i]);
		size_t seen = 0;
		static unsigned char shown[COUNT];
		memset(shown, 0, sizeof shown);
		/* After 40,000 draws one of the 2,000 is still missing less than once in 100,000
		 * runs. */
		for (int draw = 0; draw < 40000; draw++) {
			struct quote quote;
			struct buffer out = {0};
			cr_assert(quotes_pick(quoter, 0, &fits[i], &quote));
			cr_assert(render_quote(&quote, &fits[i], &out));
			buffer_finish(&out);
			int number = atoi(quote.text);
			seen += shown[number] == 0;
			shown[number] = 1;
		}
		cr_assert_eq(seen, fitting, "fit %zu: %zu of %zu", i, seen, fitting);
		cr_assert(i == 0 ? fitting == COUNT : fitting > 100 && fitting < COUNT);
	}
	quotes_finish(&quotes);
}

static struct quoter *open_four(struct quotes *quotes)
{
	static const char *const texts[] = {
		"static:a", "static:b  b\nb", "static:a long line of words", "static:\u00e9"};
	*quotes = (struct quotes){0};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		quotes_add(quotes, "quotes", texts[i]);
	return quotes_open(quotes);
}

Test(quoter, picks_the_same_if_prepared)
{
	static const struct quote_fit fits[] = {
		{0},
		{.max_bytes = 9, .crlf = true},
		{.max_lines = 2, .line_bytes = 8, .fold = true},
		{.max_bytes = 1},
	};
	enum { FITS = sizeof fits / sizeof *fits };
	struct quotes quotes, others;
	struct quoter *prepared = open_four(&quotes), *other = open_four(&others);
	for (int i = 0; i < FITS; i++)
		quoter_prepare(prepared, 0, &fits[i]);
	for (int i = 0; i < 400; i++) {
		struct quote quote = {.text = ""}, expected = {.text = ""};
		bool picked = quotes_pick(prepared, 0, &fits[i % FITS], &quote);
		cr_assert_eq(quotes_pick(other, 0, &fits[i % FITS], &expected), picked);
		cr_assert_eq(picked, i % FITS != 3);
		cr_assert_str_eq(quote.text, expected.text);
	}
	quotes_finish(&quotes);
	quotes_finish(&others);
}

Test(quoter, reads_a_directory)
{
	char directory[64], path[128];
	create_directory(directory);
	write_file(directory, "a", "one\n%\ntwo\n\t\t-- Me\n", 18);
	write_file(directory, ".hidden", "bad", 3);
	write_file(directory, "a.c", "bad", 3);
	write_file(directory, "rude-o", "bad", 3);
	write_file(directory, "r", "uryyb", 5);
	static const char header[32] = {[3] = 2, [7] = 1, [19] = 4, [20] = '%', [31] = 5};
	write_file(directory, "r.dat", header, sizeof header);
	snprintf(path, sizeof path, "%s/off", directory);
	mkdir(path, 0700);
	write_file(path, "a", "bad", 3);
	snprintf(path, sizeof path, "%s/fifo", directory);
	mkfifo(path, 0600);
	snprintf(path, sizeof path, "%s/loop", directory);
	cr_assert_eq(symlink("loop", path), 0);
	snprintf(path, sizeof path, "%s/z", directory);
	cr_assert_eq(symlink("a", path), 0);
	struct quotes quotes = {0};
	char *spec = mem_format("fortune:%s", directory);
	struct quoter *quoter = quotes_open_one(&quotes, spec);
	cr_assert_eq(quoter_count(quoter), 3, "the link z leads to the quotes of a");
	cr_assert_eq(quotes.warnings.count, 2);
	cr_assert_not_null(strstr(quotes.warnings.items[0], "is a FIFO"));
	cr_assert_not_null(strstr(quotes.warnings.items[1], "Too many levels"));
	bool hello = false;
	for (int i = 0; i < 200; i++) {
		struct quote quote;
		cr_assert(quotes_pick(quoter, 0, NULL, &quote));
		cr_assert_str_neq(quote.text, "bad");
		hello = hello || strcmp(quote.text, "hello") == 0;
		cr_assert(strncmp(quote.text, "two", 3) != 0 || strcmp(quote.author, "Me") == 0);
	}
	cr_assert(hello);
	quotes_finish(&quotes);
	free(spec);
	remove_directory(directory);
}

Test(quoter, never_waits_for_a_command)
{
	struct quotes quotes = {0};
	struct quote quote;
	quotes_add(&quotes, "now", "command:/bin/false");
	struct quoter *quoter = quotes_open(&quotes);
	cr_assert_eq(quoter_wanted(quoter, 0), 4, "a command counts as a source even if it fails");
	cr_assert_not(quotes_pick(quoter, 0, NULL, &quote));
	quoter_put(quoter, 0, "first", 5);
	for (int i = 0; i < 3; i++) {
		cr_assert(quotes_pick(quoter, 0, NULL, &quote));
		cr_assert_str_eq(quote.text, "first", "it is shown again until there is a new one");
	}
	for (int i = 0; i < 4; i++)
		quoter_put(quoter, 0, "second", 6);
	cr_assert_eq(quoter_wanted(quoter, 0), 0);
	for (int i = 0; i < 4; i++) {
		cr_assert(quotes_pick(quoter, 0, NULL, &quote));
		cr_assert_str_eq(quote.text, "second");
	}
	cr_assert_eq(quoter_wanted(quoter, 0), 4);
	cr_assert_not(quotes_pick(quoter, 0, &(struct quote_fit){.max_bytes = 3}, &quote));
	quotes_finish(&quotes);
}

/* Counts the draws of each collection; the command of the second one never has a quote. */
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

Test(quoter, runs_a_command_for_each_draw_if_told_to)
{
	struct quotes quotes = {0};
	struct quote quote;
	quotes_add(&quotes, "good", "command:good");
	quotes_add(&quotes, "bad", "command:bad");
	quotes_add(&quotes, "private", "command:private")->is_private = true;
	struct draws draws = {.quoter = quotes_open(&quotes)};
	quoter_on_draw(draws.quoter, on_draw, &draws);
	for (int i = 1; i <= 100; i++) {
		char text[20];
		cr_assert(quotes_pick(draws.quoter, 0, NULL, &quote));
		snprintf(text, sizeof text, "draw %d", i);
		cr_assert_str_eq(quote.text, text, "each quote takes a run of its own");
	}
	cr_assert_eq(draws.counts[0], 100);
	cr_assert(draws.counts[1] > 20 && draws.counts[1] < 80, "it fails once per pick: %d",
		draws.counts[1]);
	cr_assert_eq(draws.counts[2], 0);
	cr_assert_not(quotes_pick(draws.quoter, 0, &(struct quote_fit){.max_bytes = 3}, &quote));
	cr_assert_eq(draws.counts[0], 101, "a quote that does not fit is not replaced");
	quotes_finish(&quotes);
}

/* Finds two texts whose ids have a common prefix; that is 20 bits, so some 1,200 texts will do. */
static void find_common_prefix(char *ret_first, char *ret_second, char *ret_prefix)
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
	cr_assert_fail("no two ids have a common prefix");
}

Test(quoter, finds_ids_of_commands)
{
	struct quotes quotes = {0};
	struct strings staff = {0};
	struct error error;
	struct quote quote;
	unsigned wire;
	char id[QUOTE_ID_LENGTH + 1], prefix[QUOTE_ID_PREFIX_MIN + 1];
	char texts[2][TEXT_SIZE];
	find_common_prefix(texts[0], texts[1], prefix);
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

	cr_assert_eq(quotes_find(quoter, 0, prefix, &quote), 1);
	cr_assert_eq(quotes_find(quoter, wire, prefix, &quote), 0);
	quoter_put(quoter, 1, texts[0], strlen(texts[0]));
	cr_assert_eq(quotes_find(quoter, 0, prefix, &quote), 1, "it is the same");
	quoter_put(quoter, 2, texts[1], strlen(texts[1]));
	cr_assert_eq(quotes_find(quoter, wire, prefix, &quote), 2);
	cr_assert_eq(quotes_find(quoter, 0, prefix, &quote), 1, "it is private");
	quote_id_format(quote_id_of(texts[1], strlen(texts[1])), id);
	cr_assert_eq(quotes_find(quoter, 0, id, &quote), 0, "it is private");
	cr_assert_eq(quotes_find(quoter, wire, id, &quote), 1);
	cr_assert_str_eq(quote.text, texts[1]);
	quoter_put(quoter, 1, texts[1], strlen(texts[1]));
	cr_assert_eq(quotes_find(quoter, 0, prefix, &quote), 2);
	strings_finish(&staff);
	quotes_finish(&quotes);
}

Test(quoter, gives_quotes_their_language)
{
	static char german[] = "de", english[] = "en";
	struct quotes quotes = {0};
	struct quote quote;
	struct collection *files = quotes_add(&quotes, "files", "static:Ruhe!");
	struct collection *live = quotes_add(&quotes, "live", "command:echo");
	files->percent = 1;
	files->language = german;
	live->percent = 99;
	live->language = english;
	struct quoter *quoter = quotes_open(&quotes);
	cr_assert(quotes_pick(quoter, 0, NULL, &quote));
	cr_expect_str_eq(quote.language, "de", "the command has nothing ready");
	cr_assert(quoter_of_day(quoter, 0, day_today(), &quote));
	cr_expect_str_eq(quote.language, "de");
	quoter_put(quoter, 1, "Quiet!", 6);
	while (quote.text[0] != 'Q')
		cr_assert(quotes_pick(quoter, 0, NULL, &quote));
	cr_expect_str_eq(quote.language, "en");
	cr_assert_eq(quoter_find(quoter, 0, quote.id, quote.id, &quote), 1);
	cr_expect_str_eq(quote.language, "en");
	uint64_t id = quote_id_of("Ruhe!", 5);
	cr_assert_eq(quoter_find(quoter, 0, id, id, &quote), 1);
	cr_expect_str_eq(quote.language, "de");
	quotes_finish(&quotes);
}

/* Counts the calls. */
static void on_wanted(void *data, size_t collection)
{
	int *calls = data;
	(void)collection;
	++*calls;
}

/* Which may have more collections than it knows. */
Test(quoter, tells_no_listener_of_the_commands_of_another)
{
	struct quotes quotes = {0}, others = {0};
	struct quote quote;
	int calls = 0;
	quotes_add(&quotes, "live", "command:one");
	struct quoter *quoter = quotes_open(&quotes);
	quotes_add(&others, "live", "command:two");
	quotes_add(&others, "more", "command:three");
	struct quoter *other = quotes_open(&others);
	quoter_on_wanted(quoter, on_wanted, &calls);
	quoter_exchange(quoter, other);
	quotes_pick(quoter, 0, NULL, &quote);
	cr_expect_eq(calls, 0);
	quoter_exchange(quoter, other);
	quotes_pick(quoter, 0, NULL, &quote);
	cr_expect_eq(calls, 1);
	quotes_finish(&quotes);
	quotes_finish(&others);
}

Test(quoter, can_be_exchanged_for_another)
{
	struct quotes quotes = {0}, others = {0};
	struct strings names = {0};
	struct quote_wire of_b = {0};
	struct quote quote;
	struct error error;
	unsigned gone, wire;
	quotes_add(&quotes, "a", "static:apple");
	quotes_add(&quotes, "live", "command:one");
	struct quoter *quoter = quotes_open(&quotes);
	quoter_put(quoter, 1, "ready", 5);
	quotes_add(&others, "live", "command:one");
	quotes_add(&others, "b", "static:berry");
	struct quoter *other = quotes_open(&others);
	struct quote_wire nothing = {.name = "", .collections = NULL};
	cr_assert(quoter_add_wire(other, &nothing, &gone, &error));
	wire = quotes_add_wire(other, &of_b, &names, "b", NULL);
	struct strings warnings = {0};
	quoter_check(other, &warnings);
	cr_expect_eq(warnings.count, 0, "a wire that shows nothing is not too narrow");

	quoter_exchange(quoter, other);
	cr_assert_not_null(quoter_wire(quoter, 2));
	cr_assert_null(quoter_wire(quoter, 3));
	cr_assert(quotes_pick(quoter, wire, NULL, &quote));
	cr_expect_str_eq(quote.text, "berry");
	cr_expect_not(quotes_pick(quoter, gone, NULL, &quote));
	uint64_t ready = quote_id_of("ready", 5);
	cr_expect_eq(quoter_find(quoter, 0, ready, ready, &quote), 1, "the command is the same");
	cr_expect_eq(quoter_find(other, 0, ready, ready, &quote), 0);
	cr_assert_not_null(quoter_wire(other, 0));
	cr_expect_null(quoter_wire(other, 1));
	cr_assert(quoter_of_day(other, 0, day_today(), &quote));
	cr_expect_str_eq(quote.text, "apple");
	quoter_exchange(quoter, other); /* so that each is freed with its own collections */
	quotes_finish(&quotes);
	quotes_finish(&others);
	strings_finish(&names);
}

Test(quoter, prepares_the_fits_of_a_wire_that_is_added_again)
{
	struct quotes quotes = {0}, others = {0};
	struct strings names = {0};
	struct quote_wire of_a = {0};
	struct error error;
	unsigned number;
	quotes_add(&quotes, "a", "static:apple");
	struct quoter *quoter = quotes_open(&quotes);
	number = quotes_add_wire(quoter, &of_a, &names, "a", NULL);
	quoter_prepare(quoter, number, &(struct quote_fit){.max_bytes = 9});
	quotes_add(&others, "a", "static:apple");
	struct quoter *other = quotes_open(&others);
	cr_assert(quoter_add_wire(other, quoter_wire(quoter, number), &number, &error));
	cr_assert_eq(quoter_wire(other, number)->prepared_count, 1);
	cr_expect_eq(quoter_wire(other, number)->prepared[0].max_bytes, 9);
	quotes_finish(&quotes);
	quotes_finish(&others);
	strings_finish(&names);
}

Test(quoter, finds_by_a_former_id_what_the_wire_shows, .init = scratch_enter, .fini = scratch_leave)
{
	struct quotes quotes = {0};
	struct strings names = {0};
	struct quote_wire wire = {0};
	struct quote quote;
	const char *first = "text,id\nprivate,7\none,12345\ntwo,8\n";
	const char *second = "text,id\nthree,7\none,9\nfour,8\n";
	scratch_write("first", first, strlen(first));
	scratch_write("second", second, strlen(second));
	quotes_add(&quotes, "first", "csv:first")->is_private = true;
	quotes_add(&quotes, "second", "csv:second");
	struct quoter *quoter = quotes_open(&quotes);
	unsigned both = quotes_add_wire(quoter, &wire, &names, "first", "second");
	cr_expect(quoter_find_former(quoter, both, "7", &quote));
	cr_expect_str_eq(quote.text, "private");
	cr_expect(quoter_find_former(quoter, 0, "7", &quote));
	cr_expect_str_eq(quote.text, "three");
	cr_expect(quoter_find_former(quoter, 0, "9", &quote));
	cr_expect_str_eq(quote.text, "one", "of a duplicate that was left out");
	cr_expect(quoter_find_former(quoter, 0, "8", &quote));
	cr_expect_str_eq(quote.text, "four");
	cr_expect_not(quoter_find_former(quoter, 0, "10", &quote));
	cr_expect_not(quoter_find_former(quoter, 0, "", &quote));
	quotes_finish(&quotes);
	strings_finish(&names);
}

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/sources/loader.h"
#include "frontends/shell/shell.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

enum { DRAWS = 400, TRIES = 5 };

static void write_text(const char *path, const char *text)
{
	scratch_write(path, text, strlen(text));
}

static void set_up(void)
{
	scratch_enter();
	write_text("a", "one\n%\ntwo\n%\none\n%\na longer quote\n");
	write_text("b", "three\n%\ntwo \n%\n\x1b[1mfour\x1b[0m\n");
	write_text("c", "caf\xE9\n%\none\n");
}

static char *drawn(struct quotes *quotes, const struct shell_options *options, bool alone)
{
	char *text;
	size_t size;
	struct error error = {0};
	struct output out = {.file = open_memstream(&text, &size)};
	struct rng *rng = &quotes->rng;
	if (!alone) {
		cr_assert_eq(shell_quote(options, quotes->quoter, &out, &error), EX_OK);
	} else {
		struct library *counts = loader_load(
			&(struct loader){.warnings = &quotes->warnings, .only_counts = true},
			&quotes->collections, &error);
		cr_assert_not_null(counts, "%s", error.text);
		bool done = shell_draw(options, counts, rng, &out);
		/* If few fit, it can give up. */
		for (int i = 0; !done && i < TRIES; i++)
			done = shell_draw(options, counts, rng, &out);
		cr_assert(done);
		library_release(counts);
	}
	fclose(out.file);
	return text;
}

/* The two ways draw the same texts. */
static void compare(struct quotes *quotes, const struct shell_options *options)
{
	struct strings texts[2] = {0};
	for (int way = 0; way < 2; way++) {
		rng_init(&quotes->rng, 1);
		for (int i = 0; i < DRAWS; i++) {
			char *text = drawn(quotes, options, way == 1);
			strings_add(&texts[way], text);
			free(text);
		}
		strings_sort(&texts[way]);
	}
	cr_assert_eq(texts[0].count, texts[1].count);
	for (size_t i = 0; i < texts[0].count; i++)
		cr_expect_str_eq(texts[0].items[i], texts[1].items[i]);
	strings_finish(&texts[0]);
	strings_finish(&texts[1]);
}

static void open_all(struct quotes *quotes)
{
	static char language[] = "fr";
	quotes_add(quotes, "x", "fortune:a");
	quotes_add(quotes, "y", "fortune:b");
	quotes_add(quotes, "z", "fortune:c")->language = language;
	quotes_add(quotes, "z", "static:five");
}

Test(shell_draw, draws_what_all_texts_would_give, .init = set_up, .fini = scratch_leave)
{
	static const struct shell_options rows[] = {
		{.count = 1},
		{.count = 1, .filter = {.max_bytes = 4}},
		{.count = 1, .filter = {.min_bytes = 5}},
		{.count = 1, .show_id = true},
	};
	struct quotes quotes = {0};
	open_all(&quotes);
	quotes_open(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		compare(&quotes, &rows[i]);
	quotes_finish(&quotes);
}

Test(shell_draw, knows_where_a_quote_is_from, .init = set_up, .fini = scratch_leave)
{
	struct shell_options json = {.count = 1, .json = true};
	struct shell_options file = {.count = 1, .show_file = true};
	struct quotes quotes = {0};
	strings_add(&json.collections, "z");
	strings_add(&file.collections, "y");
	open_all(&quotes);
	quotes_open(&quotes);
	compare(&quotes, &file);
	for (int i = 0; i < DRAWS; i++) {
		char *text = drawn(&quotes, &json, true);
		bool from_c = strstr(text, "\"file\":\"c\",\"collection\":\"z\"") != NULL;
		cr_expect(from_c || strstr(text, "\"file\":\"static\"") != NULL, "%s", text);
		cr_expect_not_null(strstr(text, "\"language\":\"fr\""), "%s", text);
		free(text);
	}
	shell_options_finish(&json);
	shell_options_finish(&file);
	quotes_finish(&quotes);
}

static int count_drawn(struct quotes *quotes, const char *wanted)
{
	static const struct shell_options any = {.count = 1};
	int count = 0;
	for (int i = 0; i < DRAWS; i++) {
		char *text = drawn(quotes, &any, true);
		count += strcmp(text, wanted) == 0;
		free(text);
	}
	return count;
}

/* In 400 draws the expected number is missed by 40 once in ten thousand times. */
static void expect_about(int count, int expected)
{
	cr_expect(abs(count - expected) <= 40, "%d, not %d", count, expected);
}

Test(shell_draw, keeps_to_the_shares, .init = set_up, .fini = scratch_leave)
{
	struct quotes quotes = {0};
	quotes_add(&quotes, "x", "static:rare")->percent = 20;
	quotes_add(&quotes, "y", "fortune:b")->percent = 80;
	quotes_open(&quotes);
	expect_about(count_drawn(&quotes, "rare\n"), DRAWS / 5);
	quotes_finish(&quotes);
	quotes_add(&quotes, "x", "static:rare");
	quotes_add(&quotes, "x", "fortune:b");
	quotes.collections.equal = true;
	quotes_open(&quotes);
	expect_about(count_drawn(&quotes, "rare\n"), DRAWS / 2);
	quotes_finish(&quotes);
}

/* "two" is in two files of three quotes each. */
Test(shell_draw, counts_a_quote_once_for_each_file, .init = set_up, .fini = scratch_leave)
{
	struct quotes quotes = {0};
	write_text("a", "one\n%\ntwo\n%\nanother\n");
	quotes_add(&quotes, "x", "fortune:a");
	quotes_add(&quotes, "x", "fortune:b");
	quotes_open(&quotes);
	expect_about(count_drawn(&quotes, "two\n"), DRAWS / 3);
	quotes_finish(&quotes);
}

Test(shell_draw, leaves_the_rest_to_others, .init = set_up, .fini = scratch_leave)
{
	static const struct shell_options any = {.count = 1};
	struct shell_options none = {.count = 1, .filter = {.max_bytes = 1}};
	struct output out = {.file = stdout};
	struct error error;
	struct quotes quotes = {0};
	quotes_add(&quotes, "x", "fortune:a");
	quotes_open(&quotes);
	struct library *counts =
		loader_load(&(struct loader){.warnings = &quotes.warnings, .only_counts = true},
			&quotes.collections, &error);
	cr_expect_not(shell_draw(&none, counts, &quotes.rng, &out), "none fits");
	strings_add(&none.collections, "z");
	cr_expect_not(shell_draw(&none, counts, &quotes.rng, &out), "no such collection");
	shell_options_finish(&none);
	write_text("a", " \n");
	cr_expect_not(shell_draw(&any, counts, &quotes.rng, &out), "nothing is left in the file");
	unlink("a");
	cr_expect_not(shell_draw(&any, counts, &quotes.rng, &out), "it is gone");
	library_release(counts);
	quotes_finish(&quotes);
	quotes_add(&quotes, "x", "static:a")->percent = 50;
	quotes_add(&quotes, "y", "static:b")->percent = 50;
	none.filter.max_bytes = 10;
	counts = loader_load(&(struct loader){.warnings = &quotes.warnings, .only_counts = true},
		&quotes.collections, &error);
	cr_expect_not(shell_draw(&none, counts, &quotes.rng, &out), "a filter beside percentages");
	library_release(counts);
	quotes_finish(&quotes);
	quotes_open_one(&quotes, "command:echo x");
	counts = loader_load(&(struct loader){.warnings = &quotes.warnings, .only_counts = true},
		&quotes.collections, &error);
	cr_expect_not(shell_draw(&any, counts, &quotes.rng, &out), "a command can be drawn");
	library_release(counts);
	quotes_finish(&quotes);
}

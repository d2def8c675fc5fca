#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/sources/loader.h"
#include "frontends/shell/shell.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

enum { SEEDS = 40 };

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
		struct library *ids = loader_load_ids(&quotes->collections, &error);
		cr_assert_not_null(ids, "%s", error.text);
		cr_assert(shell_draw(options, ids, rng, &out));
		library_release(ids);
	}
	fclose(out.file);
	return text;
}

/* The first quotes that each way draws with some seeds are the same. */
static void compare(struct quotes *quotes, const struct shell_options *options)
{
	for (uint64_t seed = 0; seed < SEEDS; seed++) {
		rng_init(&quotes->rng, seed);
		char *expected = drawn(quotes, options, false);
		rng_init(&quotes->rng, seed);
		char *text = drawn(quotes, options, true);
		cr_expect_str_eq(text, expected, "seed %d", (int)seed);
		free(expected);
		free(text);
	}
}

Test(shell_draw, draws_what_all_texts_would_give, .init = set_up, .fini = scratch_leave)
{
	static const struct shell_options rows[] = {
		{.count = 1},
		{.count = 1, .filter = {.max_bytes = 4}},
		{.count = 1, .filter = {.min_bytes = 5}},
		{.count = 1, .show_file = true, .show_id = true},
		{.count = 1, .json = true},
	};
	static char language[] = "fr";
	for (int kind = 0; kind < 3; kind++) {
		struct quotes quotes = {0};
		quotes_add(&quotes, "x", "fortune:a")->percent = kind == 1 ? 70 : 0;
		quotes_add(&quotes, "x", "fortune:b");
		quotes_add(&quotes, "y", "fortune:c")->language = language;
		quotes_add(&quotes, "y", "static:five");
		quotes.collections.equal = kind == 2;
		quotes_open(&quotes);
		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
			compare(&quotes, &rows[i]);
		quotes_finish(&quotes);
	}
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
	struct library *ids = loader_load_ids(&quotes.collections, &error);
	cr_expect_not(shell_draw(&none, ids, &quotes.rng, &out), "none fits");
	strings_add(&none.collections, "z");
	cr_expect_not(shell_draw(&none, ids, &quotes.rng, &out), "no such collection");
	shell_options_finish(&none);
	write_text("a", "changed\n");
	cr_expect_not(shell_draw(&any, ids, &quotes.rng, &out), "the file has changed");
	unlink("a");
	cr_expect_not(shell_draw(&any, ids, &quotes.rng, &out), "it is gone");
	library_release(ids);
	quotes_finish(&quotes);
	quotes_open_one(&quotes, "command:echo x");
	ids = loader_load_ids(&quotes.collections, &error);
	cr_expect_not(shell_draw(&any, ids, &quotes.rng, &out), "a command can be drawn");
	library_release(ids);
	quotes_finish(&quotes);
}

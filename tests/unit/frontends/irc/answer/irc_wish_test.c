#include "frontends/irc/answer/irc_wish.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/quotes.h"

static struct asker *open_asker(struct quotes *quotes)
{
	static const struct strings all = {0};
	static const struct quote_wire wire = {.name = "irc.test", .collections = &all};
	struct error error;
	quotes_add_many(quotes, "one", 3);
	quotes_add_many(quotes, "two", 30);
	struct asker *asker = asker_create(quotes_open(quotes), NULL, &wire, &error);
	asker_browse(asker);
	return asker;
}

Test(irc_wish, asks_for_what_the_command_says)
{
	static const struct {
		enum irc_command command;
		const char *argument;
		enum ask_kind kind;
		const char *text, *collection, *author;
	} rows[] = {
		{IRC_COMMAND_QUOTE, "", ASK_KIND_RANDOM, NULL, NULL, NULL},
		{IRC_COMMAND_QUOTE, "x y", ASK_KIND_ID_OR_WORDS, "x y", NULL, NULL},
		{IRC_COMMAND_QUOTE, "[0qhw]", ASK_KIND_ID_OR_WORDS, "0qhw", NULL, NULL},
		{IRC_COMMAND_QUOTE, "(0qhw)", ASK_KIND_ID_OR_WORDS, "0qhw", NULL, NULL},
		{IRC_COMMAND_QUOTE, "#0qhw", ASK_KIND_ID_OR_WORDS, "0qhw", NULL, NULL},
		{IRC_COMMAND_QUOTE, "#", ASK_KIND_ID_OR_WORDS, "#", NULL, NULL},
		{IRC_COMMAND_QUOTE, "[0qhw)", ASK_KIND_ID_OR_WORDS, "[0qhw)", NULL, NULL},
		{IRC_COMMAND_QUOTE, "[]", ASK_KIND_ID_OR_WORDS, "[]", NULL, NULL},
		{IRC_COMMAND_TODAY, "ignored", ASK_KIND_TODAY, NULL, NULL, NULL},
		{IRC_COMMAND_SEARCH, "x", ASK_KIND_SEARCH, "x", NULL, NULL},
		{IRC_COMMAND_MORE, "x", ASK_KIND_SEARCH, "x", NULL, NULL},
		{IRC_COMMAND_FORTUNE, "", ASK_KIND_RANDOM, NULL, NULL, NULL},
		{IRC_COMMAND_FORTUNE, "two", ASK_KIND_RANDOM, NULL, "two", NULL},
		{IRC_COMMAND_BY, "Ann", ASK_KIND_RANDOM, NULL, NULL, "Ann"},
	};
	struct quotes quotes = {0};
	struct asker *asker = open_asker(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct irc_wish wish;
		irc_wish_init(&wish, asker, rows[i].command, rows[i].argument, NULL, &quotes.rng);
		cr_assert_eq(wish.ask.kind, rows[i].kind, "row %zu", i);
		cr_assert_eq(wish.ask.text == NULL, rows[i].text == NULL, "row %zu", i);
		if (rows[i].text != NULL)
			cr_assert_str_eq(wish.ask.text, rows[i].text);
		cr_assert_eq(wish.ask.author_words, rows[i].author != NULL);
		cr_assert_eq(wish.ask.collection == NULL, rows[i].collection == NULL);
		cr_assert_eq(wish.ask.author == NULL, rows[i].author == NULL);
		irc_wish_finish(&wish);
	}
	asker_destroy(asker);
	quotes_finish(&quotes);
}

/* By their numbers of quotes, so that each quote has the same chance. */
Test(irc_wish, draws_from_the_collections_of_the_place)
{
	struct quotes quotes = {0};
	struct asker *asker = open_asker(&quotes);
	int ones = 0;
	for (int i = 0; i < 1100; i++) {
		struct irc_wish wish;
		irc_wish_init(&wish, asker, IRC_COMMAND_QUOTE, "", "one,two", &quotes.rng);
		ones += strcmp(wish.collection, "one") == 0;
		irc_wish_finish(&wish);
	}
	cr_assert(ones > 60 && ones < 150, "%d", ones);
	asker_destroy(asker);
	quotes_finish(&quotes);
}

Test(irc_wish, takes_only_quotes_of_the_collections)
{
	struct quotes quotes = {0};
	struct asker *asker = open_asker(&quotes);
	struct ask ask = {.collection = "one"};
	struct quote quote;
	cr_assert_eq(asker_find(asker, &ask, &quote), ASK_OUTCOME_FOUND);
	cr_assert(irc_wish_takes(asker, NULL, &quote));
	cr_assert(irc_wish_takes(asker, "two,one", &quote));
	cr_assert_not(irc_wish_takes(asker, "two", &quote));
	asker_destroy(asker);
	quotes_finish(&quotes);
}

Test(irc_wish, checks_names)
{
	struct quotes quotes = {0};
	struct error error;
	struct asker *asker = open_asker(&quotes);
	cr_assert(irc_wish_check(asker, "one,two", &error));
	cr_assert_not(irc_wish_check(asker, "one,tow", &error));
	cr_assert_str_eq(error.text, "no collection 'tow' is shown here; did you mean 'two'?");
	cr_assert_not(irc_wish_check(asker, "history", &error));
	cr_assert_str_eq(error.text, "no collection 'history' is shown here; see 'quoted list'");
	asker_destroy(asker);
	quotes_finish(&quotes);
}

#include "frontends/keeper/asker.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/day.h"
#include "core/library/quote_id.h"
#include "tests/support/askers.h"
#include "tests/support/quotes.h"

#define ALIKE "870c" /* the ids of both begin so */
#define ONE "quote 451"
#define OTHER "quote 1267"

static const struct quote_fit narrow = {.max_bytes = 5};
static const struct quote_filter brief = {.max_bytes = 5};

struct heard {
	int answers;
	bool doubted;
	enum ask_outcome outcome;
	char text[ERROR_TEXT_SIZE]; /* of the quotes, or the reason */
};

static void on_answer(void *data, const struct ask_answer *answer)
{
	struct heard *heard = data;
	heard->answers++;
	heard->outcome = answer->outcome;
	cr_assert_eq(answer->count > 0, answer->outcome == ASK_OUTCOME_FOUND);
	cr_assert_geq(answer->total, answer->count);
	cr_assert_eq(answer->retry_after > 0, answer->outcome == ASK_OUTCOME_LATER);
	heard->doubted = answer->doubt != NULL;
	strcpy(heard->text, answer->reason);
	for (size_t i = 0; i < answer->count; i++) {
		strcat(heard->text, i > 0 ? "|" : "");
		strcat(heard->text, answer->quotes[i].text);
	}
}

static struct heard ask(struct asker *asker, const struct ask *ask)
{
	struct heard heard = {0};
	cr_assert_null(asker_ask(asker, ask, on_answer, &heard));
	cr_assert_eq(heard.answers, 1);
	return heard;
}

struct numbers {
	enum ask_outcome outcome;
	size_t count;
	bool differ;
};

static void on_numbers(void *data, const struct ask_answer *answer)
{
	struct numbers *numbers = data;
	*numbers = (struct numbers){answer->outcome, answer->count, true};
	for (size_t i = 0; i < answer->count; i++)
		for (size_t j = 0; j < i; j++)
			if (answer->quotes[i].id == answer->quotes[j].id)
				numbers->differ = false;
}

/* Without a loop every answer is there at once. */
Test(asker, answers_each_kind)
{
	const struct {
		struct ask ask;
		enum ask_outcome outcome;
		const char *text;
	} rows[] = {
		{{.kind = ASK_KIND_RANDOM, .fit = narrow}, ASK_OUTCOME_LATER,
			"No quote short enough for a message here is available now."},
		{{.kind = ASK_KIND_RANDOM, .filter = brief}, ASK_OUTCOME_NONE,
			"No quote has the length asked for."},
		{{.kind = ASK_KIND_TODAY, .fit = narrow}, ASK_OUTCOME_TOO_LONG,
			"Today's quote is too long for a message here."},
		{{.kind = ASK_KIND_DAY, .text = "2026-11-24", .fit = narrow}, ASK_OUTCOME_TOO_LONG,
			"That quote is too long for a message here."},
		{{.kind = ASK_KIND_DAY, .text = "2026-11-31"}, ASK_OUTCOME_MALFORMED,
			"'2026-11-31' is not a date; write it as 2026-11-24."},
		{{.kind = ASK_KIND_ID, .text = ALIKE "twss9317"}, ASK_OUTCOME_FOUND, OTHER},
		{{.kind = ASK_KIND_ID, .text = ALIKE "twss9317", .fit = narrow},
			ASK_OUTCOME_TOO_LONG, "That quote is too long for a message here."},
		{{.kind = ASK_KIND_ID, .text = "0000"}, ASK_OUTCOME_NONE, "No quote has this id."},
		{{.kind = ASK_KIND_ID, .text = ALIKE}, ASK_OUTCOME_MANY,
			"More than one quote has an id that begins with '870c'; write more of it."},
		{{.kind = ASK_KIND_ID, .text = "870"}, ASK_OUTCOME_MALFORMED,
			"An id has 4 to 12 letters and digits."},
		{{.kind = ASK_KIND_SEARCH, .text = "451", .limit = 1}, ASK_OUTCOME_FOUND, ONE},
		{{.kind = ASK_KIND_SEARCH, .text = "quote -1267"}, ASK_OUTCOME_FOUND, ONE},
		{{.kind = ASK_KIND_SEARCH, .text = "apple", .limit = 1}, ASK_OUTCOME_NONE,
			"No quote matches 'apple'."},
		{{.kind = ASK_KIND_SEARCH, .text = "451", .limit = 1, .fit = narrow},
			ASK_OUTCOME_TOO_LONG,
			"The quotes that match are too long for a message here."},
		{{.kind = ASK_KIND_SEARCH, .text = "451", .filter = brief}, ASK_OUTCOME_NONE,
			"No quote of the length asked for matches '451'."},
		{{.kind = ASK_KIND_SEARCH, .text = "in:"}, ASK_OUTCOME_MALFORMED,
			"Write the name of a collection right after \"in:\"."},
		{{.kind = ASK_KIND_SEARCH, .text = "451 in:qoutes"}, ASK_OUTCOME_NONE,
			"There is no collection 'qoutes'; did you mean 'quotes'?"},
		{{.kind = ASK_KIND_SEARCH, .text = "\"451", .limit = 1}, ASK_OUTCOME_FOUND, ONE},
		{{.kind = ASK_KIND_ID_OR_WORDS, .text = ALIKE "twss9317"}, ASK_OUTCOME_FOUND,
			OTHER},
		{{.kind = ASK_KIND_ID_OR_WORDS, .text = ALIKE}, ASK_OUTCOME_MANY,
			"More than one quote has an id that begins with '870c'; write more of it."},
		{{.kind = ASK_KIND_ID_OR_WORDS, .text = "451", .limit = 1}, ASK_OUTCOME_FOUND, ONE},
		{{.kind = ASK_KIND_ID_OR_WORDS, .text = "1267", .limit = 1}, ASK_OUTCOME_FOUND,
			OTHER},
		{{.kind = ASK_KIND_ID_OR_WORDS, .text = "apple", .limit = 1}, ASK_OUTCOME_NONE,
			"No quote matches 'apple'."},
	};
	struct quotes quotes = {0};
	quotes_add(&quotes, "quotes", "static:" ONE);
	quotes_add(&quotes, "quotes", "static:" OTHER);
	struct asker *asker = askers_open(quotes_open(&quotes), NULL, "test");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct heard heard = ask(asker, &rows[i].ask);
		cr_assert_eq(heard.outcome, rows[i].outcome, "row %zu: %s", i, heard.text);
		cr_assert_str_eq(heard.text, rows[i].text);
	}
	asker_destroy(asker);
	quotes_finish(&quotes);
}

Test(asker, finds_what_needs_no_search)
{
	struct quotes quotes = {0};
	struct quote quote, again;
	struct asker *asker = askers_open(quotes_open_one(&quotes, "static:" ONE), NULL, "test");
	char text[DAY_TEXT_SIZE];
	day_format(day_today(), text);
	struct ask today = {.kind = ASK_KIND_TODAY};
	struct ask day = {.kind = ASK_KIND_DAY, .text = text};
	struct ask words = {.kind = ASK_KIND_SEARCH, .text = "451"};
	cr_assert_str_eq(asker_name(asker), "test");
	cr_assert_eq(asker_find(asker, &(struct ask){0}, &quote), ASK_OUTCOME_FOUND);
	cr_assert_str_eq(quote.text, ONE);
	cr_assert_eq(asker_find(asker, &today, &quote), ASK_OUTCOME_FOUND);
	cr_assert_eq(asker_find(asker, &day, &again), ASK_OUTCOME_FOUND);
	cr_assert_eq(quote.id, again.id);
	cr_assert_eq(asker_find(asker, &words, &quote), ASK_OUTCOME_NONE);
	cr_assert_eq(asker_id_length(asker, again.id), QUOTE_ID_PREFIX_MIN);
	asker_destroy(asker);
	quotes_finish(&quotes);
}

Test(asker, gives_several_random_quotes)
{
	static const struct {
		struct ask ask;
		enum ask_outcome outcome;
		size_t count;
	} rows[] = {
		{{.limit = 1}, ASK_OUTCOME_FOUND, 1},
		{{.limit = 5}, ASK_OUTCOME_FOUND, 5},
		{{.limit = 50, .collection = "b"}, ASK_OUTCOME_FOUND, 20},
		{{.limit = 50, .filter.max_characters = 2}, ASK_OUTCOME_FOUND, 20},
		{{.limit = 99}, ASK_OUTCOME_FOUND, ASK_RANDOM_MAX},
		{{.collection = "a", .fit.max_bytes = 2}, ASK_OUTCOME_TOO_LONG, 0},
		{{.collection = "a", .filter.min_characters = 5}, ASK_OUTCOME_NONE, 0},
		{{.collection = "c"}, ASK_OUTCOME_UNKNOWN, 0},
	};
	struct quotes quotes = {0};
	quotes_add_many(&quotes, "a", 100);
	quotes_add_many(&quotes, "b", 20);
	struct asker *asker = askers_open(quotes_open(&quotes), NULL, "test");
	asker_browse(asker);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct numbers numbers = {0};
		cr_assert_null(asker_ask(asker, &rows[i].ask, on_numbers, &numbers));
		cr_expect_eq(numbers.outcome, rows[i].outcome, "row %zu", i);
		cr_expect_eq(numbers.count, rows[i].count, "row %zu: %zu", i, numbers.count);
		cr_expect(numbers.differ, "row %zu", i);
	}
	asker_destroy(asker);
	quotes_finish(&quotes);
}

Test(asker, answers_for_those_who_browse)
{
	struct quotes quotes = {0};
	struct quote quote;
	struct ask_place place;
	struct ask_group group;
	quotes_add(&quotes, "a", "static:" ONE "\n\t-- Jane Roe");
	quotes_add(&quotes, "a", "static:" OTHER);
	struct asker *asker = askers_open(quotes_open(&quotes), NULL, "test");
	struct heard heard = ask(asker, &(struct ask){.kind = ASK_KIND_LIST});
	cr_expect_eq(heard.outcome, ASK_OUTCOME_NONE);
	cr_expect_str_eq(heard.text, "There are no quotes.");
	asker_browse(asker);
	heard = ask(asker, &(struct ask){.kind = ASK_KIND_LIST, .offset = 1});
	cr_expect_str_eq(heard.text, OTHER);
	heard = ask(asker, &(struct ask){.kind = ASK_KIND_LIST, .author = "Jane Row"});
	cr_expect_str_eq(heard.text, "No quote is by 'Jane Row'; did you mean 'Jane Roe'?");
	cr_expect_eq(asker_collections(asker, 0, 1, &group), 1);
	cr_expect_eq(group.count, 2);
	cr_expect_eq(asker_authors(asker, "J", 0, 1, &group), 1);
	cr_expect_eq(group.count, 1);
	cr_assert_eq(
		asker_find(asker, &(struct ask){.author = "jane roe"}, &quote), ASK_OUTCOME_FOUND);
	cr_assert(asker_place(asker, quote.id, &place));
	cr_expect_eq(place.number, 1);
	cr_expect_eq(place.author.count, 1);
	cr_expect_not(asker_place(asker, quote.id + 1, &place));
	asker_destroy(asker);
	quotes_finish(&quotes);
}

Test(asker, keeps_a_day_that_has_not_come)
{
	struct quotes quotes = {0};
	struct asker *asker = askers_open(quotes_open_one(&quotes, "static:" ONE), NULL, "test");
	for (int64_t day = -1; day <= 1; day++) {
		char text[DAY_TEXT_SIZE];
		char sentence[ERROR_TEXT_SIZE];
		day_format(day_today() + day, text);
		struct ask of_day = {.kind = ASK_KIND_DAY, .text = text, .until_today = true};
		snprintf(sentence, sizeof sentence,
			"'%s' has not come yet; its quote is shown on that day.", text);
		cr_expect_str_eq(ask(asker, &of_day).text, day > 0 ? sentence : ONE);
		of_day.until_today = false;
		cr_expect_str_eq(ask(asker, &of_day).text, ONE);
	}
	asker_destroy(asker);
	quotes_finish(&quotes);
}

Test(asker, doubts_a_search_that_found_something)
{
	struct quotes quotes = {0};
	struct asker *asker = askers_open(quotes_open_one(&quotes, "static:" ONE), NULL, "test");
	cr_expect(ask(asker, &(struct ask){.kind = ASK_KIND_SEARCH, .text = "\"451"}).doubted);
	cr_expect(ask(asker, &(struct ask){.kind = ASK_KIND_SEARCH, .text = "-in:x 451"}).doubted);
	cr_expect_not(ask(asker, &(struct ask){.kind = ASK_KIND_SEARCH, .text = "451"}).doubted);
	asker_destroy(asker);
	quotes_finish(&quotes);
}

Test(asker, has_nothing_of_a_command_that_said_nothing)
{
	struct quotes quotes = {0};
	struct asker *asker = askers_open(quotes_open_one(&quotes, "command:true"), NULL, "test");
	struct heard heard = ask(asker, &(struct ask){.kind = ASK_KIND_RANDOM});
	cr_assert_eq(heard.outcome, ASK_OUTCOME_LATER);
	cr_assert_str_eq(heard.text, "No quote is available now; try again in a moment.");
	heard = ask(asker, &(struct ask){.kind = ASK_KIND_TODAY});
	cr_assert_eq(heard.outcome, ASK_OUTCOME_NONE);
	cr_assert_str_eq(heard.text, "There is no quote of the day.");
	asker_destroy(asker);
	quotes_finish(&quotes);
}

Test(asker, refuses_an_unknown_collection)
{
	struct quotes quotes = {0};
	struct strings names = {0};
	struct error error;
	struct quote_wire wire = {.name = "test", .collections = &names};
	strings_add(&names, "nothing");
	struct quoter *quoter = quotes_open_one(&quotes, "static:" ONE);
	cr_assert_null(asker_create(quoter, NULL, &wire, &error));
	cr_assert_not_null(strstr(error.text, "no such collection 'nothing'"), "%s", error.text);
	strings_finish(&names);
	quotes_finish(&quotes);
}

Test(asker, gives_the_quote_of_a_day_in_a_collection)
{
	struct quotes quotes = {0};
	struct quote quote;
	char text[DAY_TEXT_SIZE];
	struct ask of_day = {.kind = ASK_KIND_DAY, .text = text, .collection = "b"};
	uint64_t seen = 0;
	quotes_add_many(&quotes, "a", 10);
	quotes_add_many(&quotes, "b", 8);
	struct asker *asker = askers_open(quotes_open(&quotes), NULL, "test");
	asker_browse(asker);
	for (int64_t day = 20776; day < 20784; day++) {
		day_format(day, text);
		cr_assert_eq(asker_find(asker, &of_day, &quote), ASK_OUTCOME_FOUND);
		cr_assert_eq(quote.text[0], 'b');
		seen |= UINT64_C(1) << (quote.text[1] - '0');
	}
	cr_expect_eq(seen, 0xFF, "all come before one comes again");
	of_day.collection = "c";
	cr_expect_eq(asker_find(asker, &of_day, &quote), ASK_OUTCOME_UNKNOWN);
	asker_destroy(asker);
	quotes_finish(&quotes);
}

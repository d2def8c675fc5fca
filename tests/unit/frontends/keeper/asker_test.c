#include "frontends/keeper/asker.h"

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
	day_format(day_today(&(struct day_clock){0}), text);
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

#include "frontends/keeper/ask.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/library/quote_id.h"
#include "core/search/search.h"
#include "tests/support/quotes.h"

#define SIXTY "123456789 123456789 123456789 123456789 123456789 123456789 "

Test(ask, knows_what_says_nothing)
{
	static const char *const nothing[] = {"", " ", "?", "...", ":)", "\U0001F642", "please",
		", Please!", "pls :-)", "thank you", "Thanks \u2764\uFE0F", "bitte", "merci !"};
	static const char *const something[] = {"x", "7", "please x", "pleased", "please 2",
		"\u00E9", "thankyous", "\U0001F642 cheese", "thank you very much"};
	for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++)
		cr_expect(ask_says_nothing(nothing[i]), "%s", nothing[i]);
	for (size_t i = 0; i < sizeof something / sizeof something[0]; i++)
		cr_expect_not(ask_says_nothing(something[i]), "%s", something[i]);
}

/* Every sentence, word by word. */
Test(ask, says_why_there_is_no_quote)
{
	static const struct quote_fit narrow = {.max_bytes = 100};
	static const struct quote_filter brief = {.max_bytes = 100};
	const struct {
		struct ask ask;
		enum ask_outcome outcome;
		const char *reason;
	} rows[] = {
		{{.kind = ASK_KIND_RANDOM}, ASK_OUTCOME_FOUND, ""},
		{{.kind = ASK_KIND_RANDOM, .filter = brief}, ASK_OUTCOME_NONE,
			"No quote has the length asked for."},
		{{.kind = ASK_KIND_RANDOM, .collection = "a"}, ASK_OUTCOME_NONE,
			"No quote is both in this collection and by this author."},
		{{.kind = ASK_KIND_LIST, .author = "a", .filter = brief}, ASK_OUTCOME_NONE,
			"No quote in this collection or by this author has the length asked for."},
		{{.kind = ASK_KIND_LIST, .language = "de"}, ASK_OUTCOME_NONE,
			"No quote in that language matches."},
		{{.kind = ASK_KIND_LIST}, ASK_OUTCOME_NONE, "There are no quotes."},
		{{.kind = ASK_KIND_LIST, .after = "x"}, ASK_OUTCOME_MALFORMED,
			"The list has no such place; begin with its first page."},
		{{.kind = ASK_KIND_LIST, .author = "a"}, ASK_OUTCOME_UNKNOWN,
			"There is no such collection or author."},
		{{.kind = ASK_KIND_DAY, .text = "2999-01-01"}, ASK_OUTCOME_EARLY,
			"'2999-01-01' has not come yet; its quote is shown on that day."},
		{{.kind = ASK_KIND_RANDOM}, ASK_OUTCOME_LATER,
			"No quote is available now; try again in a moment."},
		{{.kind = ASK_KIND_RANDOM, .fit = narrow}, ASK_OUTCOME_LATER,
			"No quote short enough for a message here is available now."},
		{{.kind = ASK_KIND_TODAY}, ASK_OUTCOME_NONE, "There is no quote of the day."},
		{{.kind = ASK_KIND_TODAY}, ASK_OUTCOME_TOO_LONG,
			"Today's quote is too long for a message here."},
		{{.kind = ASK_KIND_DAY}, ASK_OUTCOME_NONE, "There is no quote of the day."},
		{{.kind = ASK_KIND_DAY}, ASK_OUTCOME_TOO_LONG,
			"That quote is too long for a message here."},
		{{.kind = ASK_KIND_DAY, .text = "soon"}, ASK_OUTCOME_MALFORMED,
			"'soon' is not a date; write it as 2026-11-24."},
		{{.kind = ASK_KIND_ID}, ASK_OUTCOME_NONE, "No quote has this id."},
		{{.kind = ASK_KIND_ID, .text = "abcd"}, ASK_OUTCOME_MANY,
			"More than one quote has an id that begins with 'abcd'; write more of it."},
		{{.kind = ASK_KIND_ID}, ASK_OUTCOME_MALFORMED,
			"An id has 4 to 12 letters and digits."},
		{{.kind = ASK_KIND_ID}, ASK_OUTCOME_TOO_LONG,
			"That quote is too long for a message here."},
		{{.kind = ASK_KIND_ID_OR_WORDS}, ASK_OUTCOME_TOO_LONG,
			"That quote is too long for a message here."},
		{{.kind = ASK_KIND_SEARCH, .text = "x y"}, ASK_OUTCOME_NONE,
			"No quote matches 'x y'."},
		{{.kind = ASK_KIND_SEARCH, .text = "x y", .filter = brief}, ASK_OUTCOME_NONE,
			"No quote of the length asked for matches 'x y'."},
		{{.kind = ASK_KIND_SEARCH}, ASK_OUTCOME_TOO_LONG,
			"The quotes that match are too long for a message here."},
		{{.kind = ASK_KIND_SEARCH}, ASK_OUTCOME_TOO_SLOW,
			"That search takes too long; add words, or letters before a *."},
		{{.kind = ASK_KIND_SEARCH}, ASK_OUTCOME_LATER,
			"The search index is still being built; try again in a moment."},
		{{.kind = ASK_KIND_SEARCH}, ASK_OUTCOME_FAILED,
			"Search does not work at the moment."},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error reason;
		ask_explain(&rows[i].ask, rows[i].outcome, &reason);
		cr_assert_str_eq(reason.text, rows[i].reason);
	}
	cr_assert_str_eq(ask_reason_busy, "Too many searches are waiting; try again in a moment.");
	cr_assert_str_eq(ask_reason_stopping, "The server is stopping; try again in a moment.");
}

Test(ask, repeats_little_and_only_what_can_be_seen)
{
	static const struct {
		const char *text, *shown;
	} rows[] = {
		{"", ""},
		{"it's %s", "it's %s"},
		{"a\r\nb\tc\x1b[0m\x7f", "a??b?c?[0m?"},
		{"\xff\u00e9\xc3", "?\u00e9?"},
		{SIXTY, SIXTY},
		{SIXTY "1", SIXTY "..."},
		{"1" SIXTY, "1123456789 123456789 123456789 123456789 123456789 123456789..."},
		{"\u00e9123456789 123456789 123456789 123456789 123456789 1234567\u00e9",
			"\u00e9123456789 123456789 123456789 123456789 123456789 1234567..."},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ask ask = {.kind = ASK_KIND_SEARCH, .text = rows[i].text};
		struct error reason, expected;
		ask_explain(&ask, ASK_OUTCOME_NONE, &reason);
		error_set(&expected, "No quote matches '%s'.", rows[i].shown);
		cr_assert_str_eq(reason.text, expected.text);
	}
}

Test(ask, looks_at_as_many_hits_as_it_needs)
{
	static const struct quote_fit narrow = {.max_bytes = 100};
	static const struct quote_filter brief = {.max_bytes = 100};
	const struct {
		struct ask ask;
		size_t offset, limit;
	} rows[] = {
		{{.offset = 40, .limit = 20}, 40, 20},
		{{.limit = 1, .fit = narrow}, 0, 100},
		{{.limit = 1, .filter = brief}, 0, 100},
		{{.limit = 0}, 0, SEARCH_HITS_MAX},
		{{.limit = 0, .filter = brief}, 0, SEARCH_HITS_MAX},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct search_options options = ask_hits(&rows[i].ask);
		cr_assert_eq(options.offset, rows[i].offset, "row %zu", i);
		cr_assert_eq(options.limit, rows[i].limit, "row %zu", i);
	}
}

/* Hits by their letters: those of quotes, and x, which is gone since the index was made. */
static struct search_hits hits_of(const char *letters, size_t more)
{
	struct search_hits hits = {.count = strlen(letters)};
	hits.ids = calloc(hits.count + 1, sizeof *hits.ids);
	hits.total = hits.count + more;
	for (size_t i = 0; i < hits.count; i++) {
		static const char *const texts[] = {"a", "b b", "c c c\nc c c"};
		bool gone = letters[i] == 'x';
		const char *text = gone ? "x" : texts[letters[i] - 'a'];
		hits.ids[i] = quote_id_of(text, strlen(text));
	}
	return hits;
}

Test(ask, chooses_the_best_hits_that_fit)
{
	static const struct {
		const char *hits;
		size_t more; /* behind these */
		struct ask ask;
		enum ask_outcome outcome;
		const char *chosen;
	} rows[] = {
		{"", 0, {.limit = 1}, ASK_OUTCOME_NONE, ""},
		{"", 7, {.limit = 1, .offset = 50}, ASK_OUTCOME_FOUND, ""},
		{"cba", 0, {.limit = 3}, ASK_OUTCOME_FOUND, "cba"},
		{"cba", 9, {.limit = 2}, ASK_OUTCOME_FOUND, "cb"},
		{"cba", 0, {.limit = 0}, ASK_OUTCOME_FOUND, "cba"},
		{"xcxb", 0, {.limit = 1}, ASK_OUTCOME_FOUND, "c"},
		{"xx", 0, {.limit = 1}, ASK_OUTCOME_LATER, ""},
		{"cba", 0, {.limit = 1, .fit.max_bytes = 4}, ASK_OUTCOME_FOUND, "b"},
		{"cba", 0, {.limit = 9, .fit.max_bytes = 4}, ASK_OUTCOME_FOUND, "ba"},
		{"cba", 0, {.limit = 1, .fit = {.max_lines = 1}}, ASK_OUTCOME_FOUND, "b"},
		{"cb", 0, {.limit = 1, .fit.max_bytes = 3}, ASK_OUTCOME_TOO_LONG, ""},
		{"cb", 0, {.limit = 1, .filter.max_bytes = 1}, ASK_OUTCOME_NONE, ""},
		{"cba", 0, {.limit = 0, .filter.min_bytes = 2}, ASK_OUTCOME_FOUND, "cb"},
	};
	struct quotes quotes = {0};
	quotes_add(&quotes, "quotes", "static:a");
	quotes_add(&quotes, "quotes", "static:b b");
	quotes_add(&quotes, "quotes", "static:c c c\nc c c");
	struct quoter *quoter = quotes_open(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ask_answer answer;
		struct search_hits hits = hits_of(rows[i].hits, rows[i].more);
		char chosen[8] = "";
		ask_choose(&rows[i].ask, quoter, 0, &hits, &answer);
		for (size_t j = 0; j < answer.count; j++)
			chosen[j] = answer.quotes[j].text[0];
		cr_assert_eq(answer.outcome, rows[i].outcome, "row %zu: %d", i, answer.outcome);
		cr_assert_str_eq(chosen, rows[i].chosen);
		cr_assert_eq(answer.total, hits.total);
		free(answer.quotes);
		search_hits_finish(&hits);
	}
	quotes_finish(&quotes);
}

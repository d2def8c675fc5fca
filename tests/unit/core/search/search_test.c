#include "core/search/search.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/library/quote_id.h"
#include "core/search/search_query.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

static struct quotes quotes;
static struct search *search;
static struct strings everything;
static unsigned wire_of_all;

static char english[] = "en-GB";
static char french[] = "fr";

static void build(void)
{
	struct error error;
	quotes = (struct quotes){0};
	quotes_add(&quotes, "fruit", "static:An apple a day\n-- Proverb, Old")->language = english;
	quotes_add(&quotes, "fruit2", "static:\u00c9tude apple apple apple");
	quotes_add(&quotes, "east", "static:\u5b78\u800c\u6642\u7fd2\u4e4b");
	quotes_add(&quotes, "folds",
		"static:\u03a3\u03c9\u03ba\u03c1\u03ac\u03c4\u03b7\u03c2 \u0451\u043b\u043a\u0430 "
		"\u3042\u3042\u30fc\u30fc\u3042 \uff21\uff22\uff23 \ufb01sh Stra\u00dfe "
		"\u0939\u093f\u0928\u094d\u0926\u0940 \uac01 \u304c "
		"\u0e19\u0e49\u0e33\u0e02\u0e36\u0e49\u0e19 soft\u00adhyphen jo\u200din");
	struct collection *secret = quotes_add(&quotes, "secret", "static:A secret apple");
	secret->is_private = true;
	secret->language = french;
	strings_add(&secret->sources, "static:\u00c9tude apple apple apple");
	quotes_open(&quotes);
	strings_add(&everything, "fruit");
	strings_add(&everything, "fruit2");
	strings_add(&everything, "east");
	strings_add(&everything, "folds");
	strings_add(&everything, "secret");
	struct quote_wire wire = {.name = "all", .collections = &everything};
	cr_assert(quoter_add_wire(quotes.quoter, &wire, &wire_of_all, &error));
	search = search_create(quoter_library(quotes.quoter), NULL, NULL, &error);
	cr_assert_not_null(search, "%s", error.text);
}

static void demolish(void)
{
	search_destroy(search);
	quotes_finish(&quotes);
	strings_finish(&everything);
}

/* Searches as a wire does; wire 0 is shown what is not private. */
static bool ask(unsigned wire, const char *query, struct search_options options,
	struct search_hits *ret_hits)
{
	struct buffer match = {0};
	struct error error = {0};
	bool done = true;
	options.budget_ms = 10000;
	*ret_hits = (struct search_hits){0};
	if (search_query_compile_for(query, quoter_library(quotes.quoter),
		    quoter_selection(quotes.quoter, wire), &match, &error))
		done = search_run(search, match.data, &options, ret_hits, &error);
	buffer_finish(&match);
	return done;
}

Test(search, finds, .init = build, .fini = demolish)
{
	static const struct {
		const char *query;
		size_t shown, all; /* hits */
	} rows[] = {
		{"apple", 2, 3},
		{"APPLE day", 1, 1},
		{"\"a day\"", 1, 1},
		{"\"day a\"", 0, 0},
		{"app*", 2, 3},
		{"etude", 1, 1},
		{"\u00e9tude", 1, 1},
		{"author:proverb", 1, 1},
		{"author:\"proverb old\"", 1, 1},
		{"author:apple", 0, 0},
		{"in:fruit", 1, 1},
		{"in:fruit*", 2, 2},
		{"in:e*", 1, 1},
		{"in:FRUIT", 1, 1},
		{"in:secret", 0, 2}, /* one of these is in fruit2 too, which is not to be known */
		{"in:secret/static", 0, 2},
		{"lang:en", 1, 1},
		{"lang:EN-gb", 1, 1},
		{"lang:e* apple", 1, 1},
		{"-lang:en", 3, 4},
		{"lang:en-US", 0, 0},
		{"lang:fr", 0, 2}, /* of which fruit2 has one, in no language */
		{"in:s*", 4, 5},   /* files called static */
		{"etude -in:secret", 1, 0},
		{"apple -day", 1, 2},
		{"apple -author:proverb", 1, 2},
		{"-apple", 2, 2},
		{"-in:fruit", 3, 4},
		{"\u800c\u6642", 1, 1},
		{"\u6642", 1, 1},
		{"\u6642\u800c", 0, 0},
		{"\u03c3\u03c9\u03ba\u03c1\u03b1\u03c4\u03b7\u03c2", 1, 1},
		{"\u0415\u043b\u043a\u0430", 1, 1},
		{"\u3042\u30fc", 1, 1},
		{"abc", 1, 1},
		{"fish strasse", 1, 1},
		{"\u0939\u093f\u0928\u094d\u0926\u0940", 1, 1},
		{"\u0939\u093e\u0928\u0926\u0940", 0, 0}, /* other vowels */
		{"softhyphen", 1, 1},
		{"join", 1, 1},
		{"soft\u00adhyphen", 1, 1},
		{"\uac01", 1, 1},
		{"\uac00", 0, 0}, /* a part of a syllable is another one */
		{"\u304c", 1, 1},
		{"\u304b", 0, 0},
		{"\u0e19\u0e49\u0e33", 1, 1},
		{"\u0e02\u0e36\u0e49\u0e19", 1, 1},
		{"\u0e02\u0e49\u0e36\u0e19", 0, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct search_hits hits;
		struct search_options options = {.limit = 10};
		cr_assert(ask(0, rows[i].query, options, &hits));
		cr_assert_eq(hits.total, rows[i].shown, "%s: %zu", rows[i].query, hits.total);
		cr_assert_eq(hits.count, rows[i].shown);
		search_hits_finish(&hits);
		ask(wire_of_all, rows[i].query, options, &hits);
		cr_assert_eq(hits.total, rows[i].all, "%s: %zu", rows[i].query, hits.total);
		search_hits_finish(&hits);
	}
}

Test(search, ranks_and_pages, .init = build, .fini = demolish)
{
	struct search_hits hits;
	struct quote quote;
	struct search_options options = {.limit = 1};
	for (options.offset = 0; options.offset < 4; options.offset++) {
		ask(wire_of_all, "apple", options, &hits);
		cr_assert_eq(hits.total, 3);
		cr_assert_eq(hits.count, options.offset < 3);
		if (options.offset == 0) {
			cr_assert_eq(
				quoter_find(quotes.quoter, 0, hits.ids[0], hits.ids[0], &quote), 1);
			cr_assert_not_null(strstr(quote.text, "tude"));
		}
		search_hits_finish(&hits);
	}
}

Test(search, is_never_a_syntax_error, .init = build, .fini = demolish)
{
	static const char *const words[] = {"AND", "OR", "NOT", "NEAR", "NEAR(a b)", "a AND", "* a",
		"a ^b", "text : a", "{a} : b", "a*b*", "\"\"", "\"\"\"", "a\"b\"c*", "--", "-\"",
		"(a", "author:\"", "in:\"a b\"", "in:*", "a:b", "'; DROP TABLE quotes",
		"rank MATCH 'x'", "\u0660 \u00df", "a\\", "%_"};
	struct search_options options = {.limit = 10};
	struct search_hits hits;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		cr_assert(ask(0, words[i], options, &hits), "%s", words[i]);
		search_hits_finish(&hits);
	}
	for (int first = 1; first < 128; first++) {
		for (const char *second = "a \"*-:()^+{}'\\"; *second != '\0'; second++) {
			char query[] = {'a', (char)first, *second, 'b', '\0'};
			cr_assert(ask(0, query, options, &hits), "%s", query);
			search_hits_finish(&hits);
		}
	}
}

Test(search, can_be_given_up)
{
	struct quotes some = {0};
	struct error error;
	atomic_bool cancel = true;
	quotes_open_one(&some, "static:x");
	cr_assert_null(search_create(quoter_library(some.quoter), NULL, &cancel, &error));
	cr_assert_str_eq(error.text, "the search index: building was cancelled");
	quotes_finish(&some);
}

/* Appends quotes that would be the best, but whose ids come last of all. */
static void add_last(struct buffer *text)
{
	int added = 0;
	for (int i = 0; added < 5; i++) {
		char quote[32];
		int length = snprintf(quote, sizeof quote, "many many %d", i);
		if (quote_id_of(quote, (size_t)length) < UINT64_C(15) << (QUOTE_ID_BITS - 4))
			continue;
		buffer_format(text, "%s\n%%\n", quote);
		added++;
	}
}

Test(search, ends_when_its_time_is_over, .init = scratch_enter, .fini = scratch_leave)
{
	enum { COUNT = 2 * SEARCH_HITS_MAX };
	struct buffer text = {0};
	struct error error;
	struct search_hits hits;
	struct search_options options = {.limit = 10, .budget_ms = 60000};
	static const char match[] = "{text} : \"many\"";
	for (int i = 0; i < COUNT; i++)
		buffer_format(&text, "many %d\n%%\n", i);
	add_last(&text);
	scratch_write("file", text.data, text.length);
	quotes = (struct quotes){0};
	quotes_open_one(&quotes, "fortune:file");
	search = search_create(quoter_library(quotes.quoter), NULL, NULL, &error);
	cr_assert_not_null(search);
	cr_assert(search_run(search, match, &options, &hits, &error) && !hits.ended);
	cr_assert_eq(hits.total, SEARCH_HITS_MAX);
	cr_assert_eq(hits.count, 10);
	for (size_t i = 0; i < hits.count; i++)
		cr_assert_lt(hits.ids[i], UINT64_C(15) << (QUOTE_ID_BITS - 4),
			"only the first so many rows are ranked");
	search_hits_finish(&hits);
	options.budget_ms = 0;
	cr_assert(search_run(search, match, &options, &hits, &error) && hits.ended);
	cr_assert_eq(hits.count, 0);
	options.budget_ms = 60000;
	atomic_bool cancel = true;
	options.cancel = &cancel;
	cr_assert(search_run(search, match, &options, &hits, &error) && hits.ended);
	atomic_store(&cancel, false);
	cr_assert(search_run(search, match, &options, &hits, &error) && !hits.ended);
	search_hits_finish(&hits);
	search_destroy(search);
	quotes_finish(&quotes);
	buffer_finish(&text);
}

#include "frontends/keeper/ask_list.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/choice/quoter.h"
#include "tests/support/quotes.h"

static const char *const authors[] = {"Al Ash", "Jane Roe", "Jim Roe", "Zoe"};

/* fruit: f0 to f4; birds: four by the authors, Jim Roe twice, and f1. */
static const struct catalogue *open_sample(struct quotes *quotes)
{
	quotes_add_many(quotes, "fruit", 5);
	for (size_t i = 0; i < sizeof authors / sizeof *authors; i++) {
		struct buffer spec = {0};
		buffer_format(&spec, "static:b%zu\n\t-- %s", i, authors[i]);
		quotes_add(quotes, "birds", spec.data);
		buffer_finish(&spec);
	}
	quotes_add(quotes, "birds", "static:b4\n\t-- JIM ROE");
	quotes_add(quotes, "birds", "static:fruit1");
	quotes_open(quotes);
	quoter_browse(quotes->quoter, 0);
	return quoter_catalogue(quotes->quoter, 0);
}

/* Appends the first two octets of each quote, or of the last one if it is alone in its page. */
static void append(const struct ask_answer *answer, struct buffer *out)
{
	for (size_t i = 0; i < answer->count; i++) {
		const struct quote *quote = &answer->quotes[i];
		bool fruit = quote->text[0] == 'f';
		buffer_append(out, fruit ? "f" : "b", 1);
		buffer_append(out, quote->text + (fruit ? 5 : 1), 1);
	}
}

Test(ask_list, lists_what_is_wanted)
{
	const struct {
		struct ask ask;
		enum ask_outcome outcome;
		const char *quotes;
		size_t total;
		bool more;
	} rows[] = {
		{{0}, ASK_OUTCOME_FOUND, "f0f1f2f3f4b0b1b2b3b4", 10, false},
		{{.limit = 3}, ASK_OUTCOME_FOUND, "f0f1f2", 10, true},
		{{.limit = 3, .offset = 4}, ASK_OUTCOME_FOUND, "f4b0b1", 10, true},
		{{.limit = 3, .offset = 7}, ASK_OUTCOME_FOUND, "b2b3b4", 10, false},
		{{.offset = 10}, ASK_OUTCOME_FOUND, "", 10, false},
		{{.collection = "fruit", .limit = 4}, ASK_OUTCOME_FOUND, "f0f1f2f3", 5, true},
		{{.collection = "BIRDS"}, ASK_OUTCOME_FOUND, "f1b0b1b2b3b4", 6, false},
		{{.author = "jim roe"}, ASK_OUTCOME_FOUND, "b2b4", 2, false},
		{{.author = "jim roe", .limit = 1}, ASK_OUTCOME_FOUND, "b2", 2, true},
		{{.author = "jim roe", .collection = "birds", .offset = 1}, ASK_OUTCOME_FOUND, "b4",
			2, false},
		{{.author = "jim roe", .collection = "fruit"}, ASK_OUTCOME_NONE, "", 0, false},
		{{.filter.max_lines = 1}, ASK_OUTCOME_FOUND, "f0f1f2f3f4", 5, false},
		{{.filter.max_lines = 1, .limit = 5}, ASK_OUTCOME_FOUND, "f0f1f2f3f4", 5, false},
		{{.filter.min_characters = 50}, ASK_OUTCOME_NONE, "", 0, false},
		{{.collection = "tree"}, ASK_OUTCOME_UNKNOWN, "", 0, false},
		{{.author = "Nobody"}, ASK_OUTCOME_UNKNOWN, "", 0, false},
		{{.after = "x"}, ASK_OUTCOME_MALFORMED, "", 0, false},
	};
	struct quotes quotes = {0};
	const struct catalogue *catalogue = open_sample(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ask_answer answer;
		struct buffer text = {0};
		buffer_append(&text, "", 0);
		ask_list_fill(&rows[i].ask, catalogue, &answer);
		append(&answer, &text);
		cr_expect_eq(answer.outcome, rows[i].outcome, "row %zu", i);
		cr_expect_str_eq(text.data, rows[i].quotes, "row %zu: %s", i, text.data);
		cr_expect_eq(answer.total, rows[i].total, "row %zu", i);
		cr_expect_eq(answer.next[0] != '\0', rows[i].more, "row %zu", i);
		free(answer.quotes);
		buffer_finish(&text);
	}
	quotes_finish(&quotes);
}

/* Reads all pages of two, and loads \p changed after the first. */
static void expect_pages(const char *const *before, const char *const *changed, const char *author,
	const char *expected)
{
	struct quotes quotes[2] = {{.quoter = NULL}};
	struct buffer seen = {0};
	struct ask ask = {.kind = ASK_KIND_LIST, .limit = 2, .author = author};
	char after[CURSOR_TEXT_SIZE] = "";
	for (int i = 0; i < 2; i++) {
		for (const char *const *spec = i == 0 ? before : changed; *spec != NULL; spec++)
			quotes_add(&quotes[i], "a", *spec);
		quotes_open(&quotes[i]);
		quoter_browse(quotes[i].quoter, 0);
	}
	for (int page = 0; page == 0 || after[0] != '\0'; page++) {
		struct ask_answer answer;
		ask.after = page > 0 ? after : NULL;
		ask_list_fill(&ask, quoter_catalogue(quotes[page > 0].quoter, 0), &answer);
		for (size_t i = 0; i < answer.count; i++)
			buffer_append(&seen, answer.quotes[i].text, 1);
		strcpy(after, answer.next);
		free(answer.quotes);
	}
	cr_expect_str_eq(seen.data, expected, "%s", seen.data);
	buffer_finish(&seen);
	quotes_finish(&quotes[0]);
	quotes_finish(&quotes[1]);
}

#define BY "\n\t-- Jane"

Test(ask_list, goes_on_where_it_was_after_a_reload)
{
	static const char *const five[] = {
		"static:1" BY, "static:2" BY, "static:3" BY, "static:4" BY, "static:5" BY, NULL};
	static const char *const added[] = {"static:8" BY, "static:1" BY, "static:9" BY,
		"static:2" BY, "static:3" BY, "static:4" BY, "static:5" BY, NULL};
	static const char *const less[] = {
		"static:2" BY, "static:3" BY, "static:4" BY, "static:5" BY, NULL};
	static const char *const last_gone[] = {
		"static:1" BY, "static:3" BY, "static:4" BY, "static:5" BY, NULL};
	static const char *const nothing[] = {"static:1" BY, NULL};
	for (int i = 0; i < 2; i++) {
		const char *author = i == 0 ? NULL : "jane";
		expect_pages(five, five, author, "12345");
		expect_pages(five, added, author, "12345");
		expect_pages(five, less, author, "12345");
		/* The corner that cursor.h names: one is passed over. */
		expect_pages(five, last_gone, author, "1245");
		expect_pages(five, nothing, author, "12");
	}
}

Test(ask_list, explains_an_unknown_name)
{
	static const struct {
		const char *collection, *author, *reason;
	} rows[] = {
		{"friut", NULL, "There is no collection 'friut'; did you mean 'fruit'?"},
		{"x", NULL, "There is no collection 'x'; there are 'fruit' and 'birds'."},
		{"x", "Nobody", "There is no collection 'x'; there are 'fruit' and 'birds'."},
		{NULL, "Nobody", "No quote is by 'Nobody'."},
		{"birds", "jane rowe", "No quote is by 'jane rowe'; did you mean 'Jane Roe'?"},
		{NULL, "roe", "No quote is by 'roe'; did you mean 'Jim Roe'?"},
		{NULL, "reo", "No quote is by 'reo'; did you mean 'Jim Roe'?"},
		{NULL, "", "No quote is by ''."},
		{NULL, "\x01", "No quote is by '?'."},
	};
	struct quotes quotes = {0};
	const struct catalogue *catalogue = open_sample(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ask ask = {.kind = ASK_KIND_LIST,
			.collection = rows[i].collection,
			.author = rows[i].author};
		struct catalogue_wish wish;
		struct error reason;
		cr_expect_eq(ask_list_wish(&ask, catalogue, &wish), ASK_OUTCOME_UNKNOWN);
		ask_list_explain(&ask, catalogue, &reason);
		cr_expect_str_eq(reason.text, rows[i].reason, "%s", reason.text);
	}
	quotes_finish(&quotes);
}

Test(ask_list, finds_the_only_author_with_the_words)
{
	static const struct {
		const char *author, *name; /* NULL: none, or several */
	} rows[] = {
		{"jim", "Jim Roe"},
		{"ROE, Jane", NULL},
		{"roe jane", "Jane Roe"},
		{"roe", NULL},
		{"ji", NULL},
		{"jim jane", NULL},
		{"", NULL},
	};
	struct quotes quotes = {0};
	const struct catalogue *catalogue = open_sample(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ask ask = {
			.kind = ASK_KIND_LIST, .author = rows[i].author, .author_words = true};
		struct catalogue_wish wish;
		enum ask_outcome outcome = ask_list_wish(&ask, catalogue, &wish);
		cr_expect_eq(outcome,
			rows[i].name != NULL ? ASK_OUTCOME_FOUND : ASK_OUTCOME_UNKNOWN, "%s",
			rows[i].author);
		if (rows[i].name != NULL)
			cr_expect_eq(wish.author, catalogue_find_author(catalogue, rows[i].name));
	}
	quotes_finish(&quotes);
}

Test(ask_list, lists_collections_and_authors)
{
	struct quotes quotes = {0};
	struct ask_group groups[4];
	const struct catalogue *catalogue = open_sample(&quotes);
	cr_expect_eq(ask_list_collections(catalogue, 1, 4, groups), 2);
	cr_expect_eq(groups[0].count, 6);
	cr_expect_eq(strncmp(groups[0].name, "birds", groups[0].length), 0);
	cr_expect_eq(ask_list_collections(catalogue, 9, 4, groups), 2);
	cr_assert_eq(ask_list_authors(catalogue, "", 0, 4, groups), 4);
	for (size_t i = 0; i < 4; i++)
		cr_expect_eq(strncmp(groups[i].name, authors[i], groups[i].length), 0);
	cr_expect_eq(groups[2].count, 2);
	cr_expect_eq(ask_list_authors(catalogue, "j", 1, 1, groups), 2);
	cr_expect_eq(strncmp(groups[0].name, "Jim Roe", groups[0].length), 0);
	cr_expect_eq(ask_list_authors(catalogue, "x", 0, 4, groups), 0);
	quotes_finish(&quotes);
}

Test(ask_list, knows_what_stands_before_and_after)
{
	struct quotes quotes = {0};
	struct ask_place place;
	const struct catalogue *catalogue = open_sample(&quotes);
	ask_list_place(catalogue, 0, &place);
	cr_expect_eq(place.number, 1);
	cr_expect_not(place.has_previous);
	cr_expect(place.has_next);
	cr_expect_eq(place.author.count, 0);
	cr_expect_eq(place.next, quote_store_get(&catalogue->library->store, 1).id);
	ask_list_place(catalogue, 4, &place);
	cr_expect_eq(place.number, 5);
	cr_expect(place.has_previous);
	cr_expect_not(place.has_next);
	cr_expect_eq(place.previous, quote_store_get(&catalogue->library->store, 3).id);
	ask_list_place(catalogue, catalogue->row_count - 1, &place);
	cr_expect_eq(place.number, 6);
	cr_expect_eq(place.author.count, 2);
	cr_expect_eq(place.collection.count, 6);
	cr_expect_eq(strncmp(place.author.name, "Jim Roe", place.author.length), 0);
	quotes_finish(&quotes);
}

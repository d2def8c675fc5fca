#include "core/search/search_marks.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/search/search_query.h"
#include "core/search/search_words.h"

/* A term of the query. */
struct wanted {
	struct search_query_term term;
	struct search_words words;
};

static bool begins_at(const struct search_words *text, size_t at, const struct wanted *wanted)
{
	const struct search_words *words = &wanted->words;
	if (words->count == 0 || words->count > text->count - at)
		return false;
	for (size_t i = 0; i < words->count; i++) {
		bool prefix = wanted->term.prefix && i + 1 == words->count;
		if (!search_words_match(text, at + i, words, i, prefix))
			return false;
	}
	return true;
}

static bool is_in_author(const struct quote *quote, size_t start, size_t end)
{
	size_t author = quote->author != NULL ? (size_t)(quote->author - quote->text) : 0;
	return quote->author != NULL && start >= author && end <= author + quote->author_length;
}

/* Returns the octet at which the longest term that begins at a word ends, or 0. */
static size_t find_end(const struct quote *quote, const struct search_words *text, size_t at,
	const struct wanted *wanted, size_t count)
{
	size_t longest = 0;
	for (size_t i = 0; i < count; i++) {
		if (!begins_at(text, at, &wanted[i]))
			continue;
		size_t end = text->items[at + wanted[i].words.count - 1].end;
		if (wanted[i].term.of_author && !is_in_author(quote, text->items[at].start, end))
			continue;
		longest = end > longest ? end : longest;
	}
	return longest;
}

static void add(struct search_marks *marks, size_t start, size_t end)
{
	struct search_mark *last = marks->count > 0 ? &marks->items[marks->count - 1] : NULL;
	if (last != NULL && start < last->start + last->length) {
		size_t length = end - last->start;
		last->length = length > last->length ? length : last->length;
		return;
	}
	marks->items = mem_grow(marks->items, marks->count, sizeof *marks->items);
	marks->items[marks->count++] = (struct search_mark){start, end - start};
}

static size_t read_terms(const char *query, struct wanted wanted[SEARCH_QUERY_TERMS_MAX])
{
	size_t count = 0;
	struct search_query_term term;
	while (count < SEARCH_QUERY_TERMS_MAX && search_query_next_term(&query, &term)) {
		wanted[count] = (struct wanted){.term = term};
		search_words_find(term.text, term.length, &wanted[count++].words);
	}
	return count;
}

void search_marks_find(const char *query, const struct quote *quote, struct search_marks *ret_marks)
{
	struct wanted wanted[SEARCH_QUERY_TERMS_MAX];
	struct search_words text = {0};
	size_t count = read_terms(query, wanted);
	*ret_marks = (struct search_marks){0};
	search_words_find(quote->text, quote->length, &text);
	for (size_t i = 0; i < text.count; i++) {
		size_t end = find_end(quote, &text, i, wanted, count);
		if (end > 0)
			add(ret_marks, text.items[i].start, end);
	}
	for (size_t i = 0; i < count; i++)
		search_words_finish(&wanted[i].words);
	search_words_finish(&text);
}

void search_marks_finish(struct search_marks *marks)
{
	free(marks->items);
	*marks = (struct search_marks){0};
}

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/web/api/api_views.h"
#include "frontends/web/query_field.h"

enum { LIMIT_DEFAULT = 20, LIMIT_MAX = 100, PAGE_MAX = 1000 };

/* Reads the fields of the query; returns false if the words are not UTF-8. */
static bool read_query(
	const struct visit *visit, struct buffer *ret_words, struct page_results *ret_results)
{
	const char *query = visit->request.query;
	buffer_add(ret_words, "");
	bool valid = query_field_find(query, "q", ret_words);
	*ret_results = (struct page_results){
		.words = ret_words->data,
		.page = query_field_number(query, "page", PAGE_MAX, 1),
		.limit = query_field_number(query, "limit", LIMIT_MAX, LIMIT_DEFAULT),
	};
	return valid;
}

static void write_results(struct visit *visit, struct page_results *results)
{
	struct buffer *out = &visit->reply->content;
	if (visit->route.form == NEGOTIATE_FORM_HTML)
		page_write_results(visit->visits->page, results, out);
	for (size_t i = 0; visit->route.form == NEGOTIATE_FORM_TEXT && i < results->count; i++)
		buffer_format(out, "%s%s\n", i > 0 ? "%\n" : "", results->quotes[i].text);
}

/* A comment to programs that take each line for a quote. */
static void write_nothing(struct visit *visit, const char *reason)
{
	visit->route.status = 404;
	buffer_format(&visit->reply->content, "# %s\n", reason);
}

static void write_answer(struct visit *visit, const struct ask_answer *answer)
{
	if (visit->route.form == NEGOTIATE_FORM_TEXT && answer->outcome == ASK_OUTCOME_NONE) {
		write_nothing(visit, answer->reason);
		return;
	}
	struct buffer words = {0};
	struct page_results results;
	read_query(visit, &words, &results);
	results.quotes = answer->quotes;
	results.count = answer->count;
	results.total = answer->total;
	results.id_lengths = mem_alloc((answer->count + 1) * sizeof *results.id_lengths);
	for (size_t i = 0; i < answer->count; i++)
		results.id_lengths[i] = asker_id_length(visit->visits->asker, answer->quotes[i].id);
	write_results(visit, &results);
	free(results.id_lengths);
	buffer_finish(&words);
}

static void answer_words(struct visit *visit)
{
	struct buffer words = {0};
	struct page_results form;
	if (!read_query(visit, &words, &form))
		visit_fail(visit, 400, "The value of q is not UTF-8.");
	else if (words.length > 0)
		visit_ask(visit,
			&(struct ask){.kind = ASK_KIND_SEARCH,
				.text = words.data,
				.offset = (size_t)((form.page - 1) * form.limit),
				.limit = (size_t)form.limit},
			write_answer);
	else if (visit->route.form == NEGOTIATE_FORM_HTML)
		write_results(visit, &form);
	else
		visit_fail(visit, 400, "There are no search words; add ?q=words to the address.");
	buffer_finish(&words);
}

static void answer_search(struct visit *visit)
{
	if (visit->route.form == NEGOTIATE_FORM_JSON)
		api_views_search(visit);
	else
		answer_words(visit);
}

const struct view search_views[] = {
	{"/search", VIEW_ALL, answer_search},
	{0},
};

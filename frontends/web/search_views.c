#include "frontends/web/api/api_views.h"
#include "frontends/web/page/results_page.h"
#include "frontends/web/query_field.h"
#include "frontends/web/quote_text.h"

enum { LIMIT_MAX = 100, PAGE_MAX = 1000 };

/* Reads the fields of the query; returns false if the words are not UTF-8. */
static bool read_query(
	const struct visit *visit, struct buffer *ret_words, struct results_page *ret_results)
{
	const char *query = visit->request.query;
	buffer_add(ret_words, "");
	bool valid = query_field_find(query, "q", ret_words);
	long page = 1;
	long limit = RESULTS_PAGE_LIMIT;
	query_field_number(query, "page", PAGE_MAX, &page);
	query_field_number(query, "limit", LIMIT_MAX, &limit);
	*ret_results = (struct results_page){
		.words = ret_words->data,
		.pager.page = (size_t)page,
		.pager.limit = (size_t)limit,
	};
	return valid;
}

static void write_page(struct visit *visit, const struct ask_answer *answer)
{
	struct buffer words = {0};
	struct results_page results;
	read_query(visit, &words, &results);
	results.answer = answer;
	if (answer != NULL && answer->outcome == ASK_OUTCOME_MALFORMED)
		visit->route.status = 400;
	else if (results.pager.page > 1 && answer != NULL && answer->count == 0)
		visit->route.status = 404;
	results_page_write(visit, &results);
	buffer_finish(&words);
}

/* A comment to programs that take each line for a quote. */
static void write_nothing(struct visit *visit, const struct ask_answer *answer)
{
	visit->route.status = 404;
	buffer_format(&visit->reply->content, "# %s\n",
		answer->total > 0 ? "There are no quotes on this page." : answer->reason);
}

static void write_text(struct visit *visit, const struct ask_answer *answer)
{
	quote_text_write_all(answer->quotes, answer->count, &visit->reply->content);
	if (answer->count == 0)
		write_nothing(visit, answer);
}

static void answer_words(struct visit *visit)
{
	struct buffer words = {0};
	struct results_page form;
	bool is_page = visit->route.form == NEGOTIATE_FORM_HTML;
	if (!read_query(visit, &words, &form))
		visit_fail(visit, 400, "The value of q is not UTF-8.");
	else if (words.length > 0)
		visit_ask(visit,
			&(struct ask){.kind = ASK_KIND_SEARCH,
				.text = words.data,
				.offset = pager_offset(&form.pager),
				.limit = form.pager.limit},
			is_page ? write_page : write_text);
	else if (is_page)
		write_page(visit, NULL);
	else
		visit_fail(visit, 400, "There are no search words; add ?q=words to the address.");
	buffer_finish(&words);
}

/* Returns false if the visit has failed: only pages ignore unknown parameters. */
static bool takes(struct visit *visit)
{
	return visit->route.form == NEGOTIATE_FORM_HTML
		       ? api_views_takes_number(visit, "page", PAGE_MAX) &&
				 api_views_takes_number(visit, "limit", LIMIT_MAX)
		       : api_views_takes(visit, api_views_search_rows);
}

static void answer_search(struct visit *visit)
{
	if (visit->route.form == NEGOTIATE_FORM_JSON)
		api_views_search(visit);
	else if (takes(visit))
		answer_words(visit);
}

const struct view search_views[] = {
	{"/search", VIEW_ALL | VIEW_QUERY, answer_search},
	{0},
};

#include "frontends/web/web_search.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/web/query_field.h"

enum { LIMIT_USUAL = 20, LIMIT_MAX = 100, PAGE_MAX = 1000 };

struct web_search {
	struct web_searches *searches;
	struct web_search *next;
	struct httpd_ticket *ticket;
	struct librarian_search *search;
	struct route route;
	struct buffer words;
	long page;
	long limit;
};

static void free_search(struct web_search *search)
{
	struct web_search **link = &search->searches->first;
	while (*link != search)
		link = &(*link)->next;
	*link = search->next;
	buffer_finish(&search->words);
	free(search);
}

static unsigned status_of(enum librarian_state state)
{
	switch (state) {
	case LIBRARIAN_STATE_DONE:
		return 200;
	case LIBRARIAN_STATE_BAD_QUERY:
		return 400;
	case LIBRARIAN_STATE_INDEXING:
	case LIBRARIAN_STATE_TOO_LONG:
	case LIBRARIAN_STATE_BUSY:
		return 503;
	case LIBRARIAN_STATE_FAILED:
		break;
	}
	return 500;
}

static void fail(struct route *route, unsigned status, const char *detail)
{
	route->answer = ROUTE_ANSWER_ERROR;
	route->status = status;
	route->detail = detail;
}

static void collect(const struct web_search *search, const struct librarian_answer *answer,
	struct page_results *ret_results)
{
	const struct frontend_context *context = search->searches->context;
	ret_results->quotes = mem_alloc((answer->count + 1) * sizeof *ret_results->quotes);
	ret_results->id_lengths = mem_alloc((answer->count + 1) * sizeof *ret_results->id_lengths);
	for (size_t i = 0; i < answer->count; i++) {
		size_t at = ret_results->count;
		ret_results->id_lengths[at] = quoter_id_length(context->quoter, answer->ids[i]);
		ret_results->count += quoter_get(
			context->quoter, context->wire, answer->ids[i], &ret_results->quotes[at]);
	}
}

static void on_answer(void *data, const struct librarian_answer *answer)
{
	struct web_search *search = data;
	struct web_reply reply = {0};
	struct page_results results = {
		.words = search->words.data,
		.total = answer->total,
		.page = search->page,
		.limit = search->limit,
	};
	if (answer->state == LIBRARIAN_STATE_DONE)
		collect(search, answer, &results);
	else
		fail(&search->route, status_of(answer->state), answer->reason);
	web_reply_fill_results(&reply, &search->route, search->searches->page, &results);
	httpd_answer(search->ticket, &reply);
	free(results.quotes);
	free(results.id_lengths);
	free_search(search);
}

bool web_search_begin(struct web_searches *searches, const struct route_request *request,
	struct route *route, struct httpd_ticket *ticket, struct web_reply *reply)
{
	struct buffer words = {0};
	buffer_reserve(&words, 1);
	bool valid = query_field_find(request->query, "q", &words);
	struct page_results form = {.words = ""};
	if (!valid)
		fail(route, 400, "The words to look for are not UTF-8.");
	else if (words.length == 0 && route->form != NEGOTIATE_FORM_HTML)
		fail(route, 400, "Say what to look for: ?q=words");
	if (!valid || words.length == 0) {
		web_reply_fill_results(reply, route, searches->page, &form);
		buffer_finish(&words);
		return true;
	}
	struct web_search *search = mem_alloc(sizeof *search);
	search->searches = searches;
	search->next = searches->first;
	searches->first = search;
	search->ticket = ticket;
	search->route = *route;
	search->words = words;
	search->page = query_field_number(request->query, "page", PAGE_MAX, 1);
	search->limit = query_field_number(request->query, "limit", LIMIT_MAX, LIMIT_USUAL);
	search->search = librarian_search(searches->context->librarian, searches->context->wire,
		words.data, (size_t)((search->page - 1) * search->limit), (size_t)search->limit,
		on_answer, search);
	return false;
}

void web_search_abandon(struct web_searches *searches)
{
	while (searches->first != NULL) {
		struct web_search *search = searches->first;
		struct web_reply reply = {0};
		struct page_results none = {.words = ""};
		librarian_cancel(search->search);
		fail(&search->route, 503, "The server is stopping.");
		web_reply_fill_results(&reply, &search->route, searches->page, &none);
		httpd_answer(search->ticket, &reply);
		free_search(search);
	}
}

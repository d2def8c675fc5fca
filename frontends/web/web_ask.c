#include "frontends/web/web_ask.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/web/query_field.h"

enum { LIMIT_DEFAULT = 20, LIMIT_MAX = 100, PAGE_MAX = 1000 };

struct web_ask {
	struct web_asks *asks;
	struct web_ask *next;
	struct ask_ticket *question; /* NULL: no answer is pending */
	struct httpd_ticket *ticket;
	struct http_reply *reply; /* to fill; NULL: answer the ticket instead */
	struct route route;
	const char *host; /* borrowed from the request */
	struct buffer words;
	long page;
	long limit;
};

static void free_ask(struct web_ask *ask)
{
	struct web_ask **link = &ask->asks->first;
	while (*link != ask)
		link = &(*link)->next;
	*link = ask->next;
	buffer_finish(&ask->words);
	free(ask);
}

/* A search that finds nothing is answered with an empty list. */
static unsigned status_of(enum ask_kind kind, enum ask_outcome outcome)
{
	switch (outcome) {
	case ASK_OUTCOME_FOUND:
		return 200;
	case ASK_OUTCOME_NONE:
		if (kind == ASK_KIND_SEARCH)
			return 200;
		return kind == ASK_KIND_ID ? 404 : 503;
	case ASK_OUTCOME_MALFORMED:
		return kind == ASK_KIND_ID ? 404 : 400;
	case ASK_OUTCOME_MANY:
	case ASK_OUTCOME_TOO_LONG:
	case ASK_OUTCOME_UNKNOWN:
	case ASK_OUTCOME_EARLY:
		return 404;
	case ASK_OUTCOME_LATER:
	case ASK_OUTCOME_TOO_SLOW:
		return 503;
	case ASK_OUTCOME_FAILED:
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

static void fill_results(
	const struct web_ask *ask, const struct ask_answer *answer, struct http_reply *reply)
{
	struct page_results results = {
		.words = ask->words.data,
		.quotes = answer->quotes,
		.count = answer->count,
		.total = answer->total,
		.page = ask->page,
		.limit = ask->limit,
	};
	results.id_lengths = mem_alloc((answer->count + 1) * sizeof *results.id_lengths);
	for (size_t i = 0; i < answer->count; i++)
		results.id_lengths[i] = asker_id_length(ask->asks->asker, answer->quotes[i].id);
	web_reply_fill_results(reply, &ask->route, ask->asks->page, &results);
	free(results.id_lengths);
}

static void fill(struct web_ask *ask, const struct ask_answer *answer, struct http_reply *reply)
{
	unsigned status = status_of(ask->route.kind, answer->outcome);
	if (status != 200)
		fail(&ask->route, status, answer->reason);
	if (status == 200 && ask->route.kind == ASK_KIND_SEARCH)
		fill_results(ask, answer, reply);
	else
		web_reply_fill(reply, &ask->route, ask->asks->page, answer->quotes, ask->host);
}

static void on_answer(void *data, const struct ask_answer *answer)
{
	struct web_ask *ask = data;
	struct http_reply reply = {0};
	if (ask->reply != NULL) {
		fill(ask, answer, ask->reply);
	} else {
		fill(ask, answer, &reply);
		httpd_answer(ask->ticket, &reply);
	}
	free_ask(ask);
}

/* Returns whether there are words to search for; else fills the reply with the form or an error. */
static bool read_query(struct web_ask *ask, const char *query)
{
	const struct page_results form = {.words = ""};
	const struct page *page = ask->asks->page;
	buffer_add(&ask->words, "");
	bool valid = query_field_find(query, "q", &ask->words);
	ask->page = query_field_number(query, "page", PAGE_MAX, 1);
	ask->limit = query_field_number(query, "limit", LIMIT_MAX, LIMIT_DEFAULT);
	if (valid && ask->words.length > 0)
		return true;
	if (valid && ask->route.form == NEGOTIATE_FORM_HTML) {
		web_reply_fill_results(ask->reply, &ask->route, page, &form);
		return false;
	}
	fail(&ask->route, 400,
		valid ? "There are no search words; add ?q=words to the address."
		      : "The value of q is not UTF-8.");
	web_reply_fill(ask->reply, &ask->route, page, NULL, NULL);
	return false;
}

static struct web_ask *create_ask(
	struct web_asks *asks, const struct http_request *request, const struct route *route)
{
	struct web_ask *ask = mem_alloc(sizeof *ask);
	ask->asks = asks;
	ask->next = asks->first;
	asks->first = ask;
	ask->route = *route;
	ask->host = request->host;
	return ask;
}

bool web_ask_begin(struct web_asks *asks, const struct http_request *request,
	const struct route *route, struct httpd_ticket *ticket, struct http_reply *reply)
{
	struct web_ask *ask = create_ask(asks, request, route);
	struct ask wanted = {.kind = route->kind, .text = ask->route.id};
	ask->reply = reply;
	if (wanted.kind == ASK_KIND_SEARCH) {
		if (!read_query(ask, request->query)) {
			free_ask(ask);
			return true;
		}
		wanted.text = ask->words.data;
		wanted.offset = (size_t)((ask->page - 1) * ask->limit);
		wanted.limit = (size_t)ask->limit;
	}
	struct ask_ticket *question = asker_ask(asks->asker, &wanted, on_answer, ask);
	if (question == NULL)
		return true;
	ask->question = question;
	ask->ticket = ticket;
	ask->reply = NULL;
	return false;
}

void web_ask_abandon(struct web_asks *asks)
{
	while (asks->first != NULL) {
		struct web_ask *ask = asks->first;
		struct http_reply reply = {0};
		asker_cancel(ask->question);
		fail(&ask->route, 503, ask_reason_stopping);
		web_reply_fill(&reply, &ask->route, asks->page, NULL, NULL);
		httpd_answer(ask->ticket, &reply);
		free_ask(ask);
	}
}

#include "frontends/web/visit.h"

#include <stdlib.h>

#include <utlist.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "frontends/web/api/api_views.h"
#include "frontends/web/web_reply.h"

static void destroy(struct visit *visit)
{
	LL_DELETE(visit->visits->first, visit);
	free(visit);
}

void visit_fail(struct visit *visit, unsigned status, const char *detail)
{
	route_fail(&visit->route, status, detail);
	web_reply_fail(visit->reply, &visit->route, visit->visits->page, &visit->request);
}

void visit_refuse(struct visit *visit, const char *parameter, const char *detail)
{
	visit->route.parameter = parameter;
	visit_fail(visit, 400, detail);
}

void visit_keep_today(struct visit *visit)
{
	visit->max_age = day_seconds_left(time(NULL));
}

bool visit_has(struct visit *visit, uint64_t hash)
{
	if ((visit->cache == NULL && visit->max_age == 0) ||
		!http_reply_has(visit->reply, &visit->request, hash))
		return false;
	visit->route.status = visit->reply->status;
	return true;
}

static unsigned status_of(enum ask_kind kind, enum ask_outcome outcome)
{
	switch (outcome) {
	case ASK_OUTCOME_FOUND:
		return 200;
	case ASK_OUTCOME_NONE:
		return kind == ASK_KIND_ID || kind == ASK_KIND_RANDOM ? 404 : 503;
	case ASK_OUTCOME_MALFORMED:
		return kind == ASK_KIND_ID ? 404 : 400;
	case ASK_OUTCOME_MANY:
	case ASK_OUTCOME_UNKNOWN:
	case ASK_OUTCOME_EARLY:
	case ASK_OUTCOME_TOO_LONG:
		return 404;
	case ASK_OUTCOME_LATER:
	case ASK_OUTCOME_TOO_SLOW:
		return 503;
	case ASK_OUTCOME_FAILED:
		break;
	}
	return 500;
}

static void fail(struct visit *visit, unsigned status, const struct ask_answer *answer)
{
	visit->route.retry_after = answer->retry_after;
	if (status == 400 && visit->kind == ASK_KIND_SEARCH)
		visit->route.parameter = "q";
	visit_fail(visit, status, answer->reason);
}

/* Of what was answered later. */
static void finish_late(struct visit *visit)
{
	web_reply_finish(visit);
	httpd_answer(visit->connection, visit->reply);
	destroy(visit);
}

/* Returns whether the view itself says that there is nothing: the page of a search also explains
 * what is wrong with the words. */
static bool is_told(const struct visit *visit, enum ask_outcome outcome)
{
	bool is_search = visit->kind == ASK_KIND_SEARCH;
	if (outcome == ASK_OUTCOME_MALFORMED)
		return is_search && visit->route.form == NEGOTIATE_FORM_HTML;
	return outcome == ASK_OUTCOME_NONE && (is_search || visit->kind == ASK_KIND_LIST);
}

static void on_answer(void *data, const struct ask_answer *answer)
{
	struct visit *visit = data;
	unsigned status = status_of(visit->kind, answer->outcome);
	if (status == 200 || is_told(visit, answer->outcome))
		visit->callback(visit, answer);
	else
		fail(visit, status, answer);
	if (visit->question != NULL)
		finish_late(visit);
}

void visit_ask(struct visit *visit, const struct ask *ask, visit_callback *callback)
{
	visit->kind = ask->kind;
	visit->callback = callback;
	visit->question = asker_ask(visit->visits->asker, ask, on_answer, visit);
}

bool visit_find_day(
	const struct visit *visit, int64_t day, const char *collection, struct quote *ret_quote)
{
	char text[DAY_TEXT_SIZE];
	struct ask ask = {.kind = ASK_KIND_DAY, .text = text, .collection = collection};
	day_format(day, text);
	return asker_find(visit->visits->asker, &ask, ret_quote) == ASK_OUTCOME_FOUND;
}

void visit_begin_page(const struct visit *visit, const char *title, const char *path)
{
	struct page_head head = {.title = title, .path = path};
	struct buffer *out = &visit->reply->content;
	page_begin(visit->visits->page, &visit->request, &head, out);
	buffer_format(out, "<section class=e><h1>%s</h1>", title);
}

void visit_end_page(const struct visit *visit)
{
	buffer_add(&visit->reply->content, "</section>");
	page_end(&visit->reply->content);
}

const char *visit_daily(const struct visit *visit)
{
	const struct frontend_context *context = visit->visits->context;
	struct frontend_state state = {0};
	if (context == NULL || context->subscribe == NULL)
		return NULL;
	for (size_t i = 0; state.daily == NULL && context->find_state(context, i, &state);)
		i++;
	return state.daily;
}

static void on_outcome(void *data, enum frontend_outcome outcome, const char *text)
{
	struct visit *visit = data;
	visit_wish_callback *callback = visit->wish_callback;
	visit->wish_callback = NULL;
	if (visit->visits == NULL) {
		free(visit);
		return;
	}
	callback(visit, outcome, text);
	if (visit->reply == &visit->late_reply)
		finish_late(visit);
}

void visit_subscribe(
	struct visit *visit, const struct frontend_wish *wish, visit_wish_callback *callback)
{
	const struct frontend_context *context = visit->visits->context;
	visit->wish_callback = callback;
	context->subscribe(context, wish, on_outcome, visit);
}

/* Returns false if the visit has failed. */
static bool takes_query(struct visit *visit)
{
	unsigned forms = visit->route.view->forms;
	bool is_page = visit->route.form == NEGOTIATE_FORM_HTML;
	bool is_checked = (forms & VIEW_HTML) != 0 && (forms & VIEW_QUERY) == 0 && !is_page;
	return !is_checked || api_views_read_none(visit);
}

/* A site can have a base whose path is that of a page here, so that comes first. */
static struct route find_route(struct http_request *request, struct http_reply *reply)
{
	struct route route = route_find(request);
	if (route.status != 404)
		return route;
	reply->location = http_request_entrance(request);
	if (reply->location != NULL)
		route.status = 301;
	return http_request_enter(request) ? route_find(request) : route;
}

bool visit_begin(struct visits *visits, const struct http_request *request,
	struct httpd_connection *connection, struct http_reply *reply)
{
	struct http_request own = *request;
	struct route route = find_route(&own, reply);
	if (route.view == NULL) {
		web_reply_fail(reply, &route, visits->page, &own);
		return true;
	}
	struct visit *visit = mem_alloc(sizeof *visit);
	*visit = (struct visit){.visits = visits,
		.request = own,
		.route = route,
		.reply = reply,
		.connection = connection};
	LL_PREPEND(visits->first, visit);
	if (takes_query(visit))
		route.view->answer(visit);
	if (visit->question != NULL || visit->wish_callback != NULL) {
		visit->reply = &visit->late_reply;
		return false;
	}
	web_reply_finish(visit);
	destroy(visit);
	return true;
}

/* Its outcome comes all the same. */
static void let_go(struct visit *visit)
{
	visit->visits->first = visit->next;
	visit->visits = NULL;
}

void visit_abandon_all(struct visits *visits)
{
	while (visits->first != NULL) {
		struct visit *visit = visits->first;
		asker_cancel(visit->question);
		visit_fail(visit, 503, ask_reason_stopping);
		httpd_answer(visit->connection, visit->reply);
		if (visit->wish_callback != NULL)
			let_go(visit);
		else
			destroy(visit);
	}
}

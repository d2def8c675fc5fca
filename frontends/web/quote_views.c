#include <string.h>

#include "core/library/quote_id.h"
#include "frontends/web/api/api_json.h"
#include "frontends/web/page/quote_page.h"
#include "frontends/web/quote_text.h"
#include "frontends/web/web_reply.h"

static void write_neighbours(
	const struct visit *visit, const struct quote *quote, struct quote_page *page)
{
	struct ask_place place;
	if (!asker_place(visit->visits->asker, quote->id, &place))
		return;
	page->previous_name = "Previous";
	page->next_name = "Next";
	if (place.has_previous)
		quote_text_path(place.previous, "", page->previous);
	if (place.has_next)
		quote_text_path(place.next, "", page->next);
}

static void write_page(struct visit *visit, const struct quote *quote)
{
	char path[QUOTE_TEXT_PATH_SIZE];
	quote_text_path(quote->id, "", path);
	struct quote_page page = {.path = path};
	write_neighbours(visit, quote, &page);
	quote_page_write(visit, quote, &page);
}

static void write_quote(struct visit *visit, const struct quote *quote)
{
	if (visit->route.form == NEGOTIATE_FORM_HTML)
		write_page(visit, quote);
	else
		api_json_answer(visit, quote, NULL);
}

/* A quote of a command is soon forgotten, so its address does not hold. */
static bool has_address(const struct visit *visit, const struct quote *quote)
{
	struct ask_place place;
	return asker_place(visit->visits->asker, quote->id, &place);
}

/* A random page redirects to its quote, so that Back and Forward show what was there. */
static void write_random(struct visit *visit, const struct ask_answer *answer)
{
	const struct quote *quote = answer->quotes;
	bool is_page = visit->route.form == NEGOTIATE_FORM_HTML;
	char path[QUOTE_TEXT_PATH_SIZE];
	quote_text_path(quote->id, is_page ? "" : route_suffix(visit->route.form), path);
	if (is_page && has_address(visit, quote)) {
		web_reply_move(visit, path);
	} else if (is_page) {
		quote_page_write(visit, quote, &(struct quote_page){0});
	} else {
		api_json_answer(visit, quote, NULL);
		if (has_address(visit, quote))
			web_reply_locate(visit, path);
	}
}

/* Keeps a suffix that the request has. */
static void write_found(struct visit *visit, const struct ask_answer *answer)
{
	const struct quote *quote = answer->quotes;
	char path[QUOTE_TEXT_PATH_SIZE];
	char id[QUOTE_ID_LENGTH + 1];
	quote_id_format(quote->id, id);
	if (strcmp(visit->route.name, id) == 0) {
		visit->cache = VISIT_KEEP_A_DAY;
		write_quote(visit, quote);
		return;
	}
	quote_text_path(
		quote->id, visit->route.varies ? "" : route_suffix(visit->route.form), path);
	web_reply_move(visit, path);
}

static void answer_random(struct visit *visit)
{
	visit_ask(visit, &(struct ask){.kind = ASK_KIND_RANDOM}, write_random);
}

static void answer_id(struct visit *visit)
{
	visit_ask(
		visit, &(struct ask){.kind = ASK_KIND_ID, .text = visit->route.name}, write_found);
}

const struct view quote_views[] = {
	{"/random", VIEW_ALL, answer_random},
	{"/q/", VIEW_ALL, answer_id},
	{0},
};

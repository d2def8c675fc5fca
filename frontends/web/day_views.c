#include <string.h>

#include "core/base/day.h"
#include "frontends/web/api/api_json.h"
#include "frontends/web/page/page_date.h"
#include "frontends/web/page/quote_page.h"

static void add_path(int64_t day, char ret_path[QUOTE_PAGE_LINK_SIZE])
{
	day_format(day, stpcpy(ret_path, "day/"));
}

static void write_heading(int64_t day, bool is_today, struct buffer *out)
{
	char date[DAY_TEXT_SIZE];
	day_format(day, date);
	buffer_format(out, "%s<time datetime=%s>", is_today ? "Today, " : "", date);
	page_date_add(day, out);
	buffer_add(out, "</time>");
}

/* \p path is that of a page which always has today's quote; NULL: it is that of the day. */
static void write_page(
	struct visit *visit, const struct quote *quote, int64_t day, const char *path)
{
	char own[QUOTE_PAGE_LINK_SIZE];
	struct buffer heading = {0};
	int64_t today = day_today();
	bool is_today = day == today;
	write_heading(day, is_today, &heading);
	if (path == NULL)
		add_path(day, own);
	struct quote_page page = {.path = path != NULL ? path : own,
		.heading = heading.data,
		.previous_name = is_today ? "Yesterday" : "The day before",
		.next_name = day + 1 < today ? "The day after" : "Today",
		.hints = path != NULL && path[0] == '\0'};
	if (page_date_has_link(day - 1, today))
		add_path(day - 1, page.previous);
	if (page_date_has_link(day + 1, today))
		add_path(day + 1, page.next);
	quote_page_write(visit, quote, &page);
	buffer_finish(&heading);
}

static void write_quote(
	struct visit *visit, const struct quote *quote, int64_t day, const char *path)
{
	if (visit->route.form == NEGOTIATE_FORM_HTML)
		write_page(visit, quote, day, path);
	else
		api_json_answer(visit, quote, &day);
}

static void write_today(struct visit *visit, const struct ask_answer *answer)
{
	visit->cache = VISIT_ASK_AGAIN;
	write_quote(visit, answer->quotes, day_today(), visit->route.view->path + 1);
}

/* What changes when the day ends may be kept until then. */
static void keep(struct visit *visit, bool until_midnight)
{
	if (until_midnight)
		visit_keep_today(visit);
	else
		visit->cache = VISIT_KEEP_A_DAY;
}

static void write_day(struct visit *visit, const struct ask_answer *answer)
{
	int64_t day = 0;
	day_parse(visit->route.name, &day);
	keep(visit, day == day_today());
	write_quote(visit, answer->quotes, day, NULL);
}

static void write_any(struct visit *visit, const struct ask_answer *answer)
{
	const struct quote *quote = answer->quotes;
	if (visit->route.form == NEGOTIATE_FORM_HTML)
		quote_page_write(visit, quote, &(struct quote_page){.path = "", .hints = true});
	else
		api_json_answer(visit, quote, NULL);
}

/* If all quotes are of commands, no day has one. */
static void answer_first(struct visit *visit)
{
	struct quote quote;
	struct ask ask = {.kind = ASK_KIND_TODAY};
	if (asker_find(visit->visits->asker, &ask, &quote) == ASK_OUTCOME_FOUND) {
		visit->cache = VISIT_ASK_AGAIN;
		write_quote(visit, &quote, day_today(), "");
	} else {
		visit_ask(visit, &(struct ask){.kind = ASK_KIND_RANDOM}, write_any);
	}
}

static void answer_today(struct visit *visit)
{
	visit_ask(visit, &(struct ask){.kind = ASK_KIND_TODAY}, write_today);
}

static void answer_day(struct visit *visit)
{
	visit_ask(visit,
		&(struct ask){.kind = ASK_KIND_DAY, .text = visit->route.name, .until_today = true},
		write_day);
}

const struct view day_views[] = {
	{"/", VIEW_ALL, answer_first},
	{"/index", VIEW_ALL, answer_first},
	{"/today", VIEW_ALL, answer_today},
	{"/day/", VIEW_ALL, answer_day},
	{0},
};

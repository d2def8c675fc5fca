#include "core/base/day.h"
#include "frontends/web/api/api_views.h"
#include "frontends/web/feed/feed.h"

enum { DAYS = 30 };

/* Fails if the last day has no quote; if that has one, the others do. */
static void write_feed(struct visit *visit, const struct ask_answer *answer)
{
	const char *collection = visit->route.name[0] != '\0' ? visit->route.name : NULL;
	struct feed feed = {
		&visit->request, visit->visits->title, collection, &visit->reply->content};
	int64_t today = day_today();
	struct quote quote;
	feed_begin(&feed, today);
	feed_add(&feed, today, answer->quotes);
	for (int64_t day = today - 1; day > today - DAYS; day--) {
		if (visit_find_day(visit, day, collection, &quote))
			feed_add(&feed, day, &quote);
	}
	feed_end(&feed);
	visit->type = "application/atom+xml; charset=utf-8";
	visit->reply->compress = true;
	visit_keep_today(visit);
}

static void answer_feed(struct visit *visit)
{
	char text[DAY_TEXT_SIZE];
	struct ask ask = {.kind = ASK_KIND_DAY, .text = text};
	if (!api_views_read_none(visit))
		return;
	if (visit->route.name[0] != '\0')
		ask.collection = visit->route.name;
	day_format(day_today(), text);
	visit_ask(visit, &ask, write_feed);
}

const struct view feed_views[] = {
	{"/feed", VIEW_TEXT, answer_feed},
	{"/feed/", VIEW_TEXT, answer_feed},
	{0},
};

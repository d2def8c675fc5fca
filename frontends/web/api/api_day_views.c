#include "core/base/day.h"
#include "frontends/web/api/api_json.h"
#include "frontends/web/api/api_views.h"

enum {
	DAYS = 30, /* of a range, if the query does not say where it begins */
	DAYS_MAX = 366,
};

static const struct api_query_row days_rows[] = {
	{"from", API_QUERY_TYPE_DAY, 0, 0},
	{"to", API_QUERY_TYPE_DAY, 0, 0},
	{0},
};

static void write_of(struct visit *visit, const struct ask_answer *answer, int64_t day)
{
	api_json_answer(visit, answer->quotes, &day);
}

static void write_today(struct visit *visit, const struct ask_answer *answer)
{
	write_of(visit, answer, day_today());
}

static void write_day(struct visit *visit, const struct ask_answer *answer)
{
	int64_t day = 0;
	day_parse(visit->route.name, &day);
	write_of(visit, answer, day);
}

static void answer_today(struct visit *visit)
{
	if (!api_views_read_none(visit))
		return;
	visit->cache = VISIT_ASK_AGAIN;
	visit_ask(visit, &(struct ask){.kind = ASK_KIND_TODAY}, write_today);
}

static void answer_day(struct visit *visit)
{
	if (!api_views_read_none(visit))
		return;
	/* A day keeps its quote only as long as the quotes are the same. */
	visit->cache = VISIT_ASK_AGAIN;
	visit_ask(visit,
		&(struct ask){.kind = ASK_KIND_DAY, .text = visit->route.name, .until_today = true},
		write_day);
}

/* Returns false if the visit has failed. */
static bool read_range(struct visit *visit, int64_t *ret_from, int64_t *ret_to)
{
	struct api_query query;
	int64_t today = day_today();
	if (!api_views_read(visit, days_rows, &query))
		return false;
	*ret_to = api_query_day(&query, "to", today);
	*ret_from = api_query_day(&query, "from", *ret_to - (DAYS - 1));
	api_query_finish(&query);
	if (*ret_to > today)
		visit_refuse(visit, "to", "to must not be after today.");
	else if (*ret_from > *ret_to)
		visit_refuse(visit, "from", "from must not be after to, nor after today.");
	else if (*ret_to - *ret_from >= DAYS_MAX)
		visit_refuse(visit, "from", "from must be at most 365 days before to.");
	return visit->route.view != NULL;
}

/* Returns false if a day has no quote; then none has. */
static bool add_days(const struct visit *visit, int64_t from, int64_t to, struct json_writer *array)
{
	struct quote quote;
	for (int64_t day = from; day <= to; day++) {
		if (!visit_find_day(visit, day, NULL, &quote))
			return false;
		json_writer_element(array, api_json_quote_of_day(visit, &quote, day));
	}
	return true;
}

static void answer_days(struct visit *visit)
{
	int64_t from, to;
	struct buffer unused = {0};
	if (!read_range(visit, &from, &to))
		return;
	visit->cache = VISIT_ASK_AGAIN;
	struct json_writer *object = json_writer_object();
	struct json_writer *array = json_writer_array();
	bool all = add_days(visit, from, to, array);
	json_writer_member(object, "quotes", array);
	json_writer_line(object, all ? &visit->reply->content : &unused);
	buffer_finish(&unused);
	if (!all)
		visit_fail(visit, 503, "There is no quote of the day.");
}

const struct view api_day_views[] = {
	{"/api/v1/quotes/today", VIEW_JSON, answer_today},
	{"/api/v1/days", VIEW_JSON, answer_days},
	{"/api/v1/days/", VIEW_JSON, answer_day},
	{0},
};

#include "frontends/web/api/api_json.h"

#include "core/base/day.h"
#include "core/base/hash.h"
#include "core/choice/quote_filter.h"
#include "frontends/web/quote_tag.h"
#include "frontends/web/quote_text.h"

static void add_url(struct json_writer *object, const struct quote *quote, const char *base)
{
	char path[QUOTE_TEXT_PATH_SIZE];
	struct buffer url = {0};
	quote_text_path(quote->id, "", path);
	buffer_format(&url, "%s/%s", base != NULL ? base : "", path);
	json_writer_text(object, "url", url.data);
	buffer_finish(&url);
}

/* \p place is NULL if the quote has none. */
static struct json_writer *placed_quote(
	const struct visit *visit, const struct quote *quote, const struct ask_place *place)
{
	struct json_writer *object = json_writer_quote(quote);
	if (place != NULL)
		json_writer_span(
			object, "collection", place->collection.name, place->collection.length);
	else
		json_writer_text(object, "collection", NULL);
	json_writer_count(object, "length", quote_filter_characters(quote));
	add_url(object, quote, visit->request.base);
	return object;
}

struct json_writer *api_json_quote(const struct visit *visit, const struct quote *quote)
{
	struct ask_place place;
	bool placed = asker_place(visit->visits->asker, quote->id, &place);
	return placed_quote(visit, quote, placed ? &place : NULL);
}

static void add_date(struct json_writer *object, int64_t day)
{
	char text[DAY_TEXT_SIZE];
	day_format(day, text);
	json_writer_text(object, "date", text);
}

struct json_writer *api_json_quote_of_day(
	const struct visit *visit, const struct quote *quote, int64_t day)
{
	struct json_writer *object = api_json_quote(visit, quote);
	add_date(object, day);
	return object;
}

void api_json_answer(struct visit *visit, const struct quote *quote, const int64_t *day)
{
	struct ask_place place;
	if (visit->route.form == NEGOTIATE_FORM_TEXT) {
		quote_text_write(quote, &visit->reply->content);
		return;
	}
	bool placed = asker_place(visit->visits->asker, quote->id, &place);
	uint64_t hash = quote_tag(quote, placed ? &place : NULL, visit->request.base);
	if (visit_has(visit, day != NULL ? hash_mix((uint64_t)*day, hash) : hash))
		return;
	struct json_writer *object = placed_quote(visit, quote, placed ? &place : NULL);
	if (day != NULL)
		add_date(object, *day);
	json_writer_line(object, &visit->reply->content);
}

struct json_writer *api_json_quotes(const struct visit *visit, const struct ask_answer *answer)
{
	struct json_writer *array = json_writer_array();
	for (size_t i = 0; i < answer->count; i++)
		json_writer_element(array, api_json_quote(visit, &answer->quotes[i]));
	return array;
}

struct json_writer *api_json_groups(const struct ask_group *groups, size_t count)
{
	struct json_writer *array = json_writer_array();
	for (size_t i = 0; i < count; i++) {
		struct json_writer *object = json_writer_object();
		json_writer_span(object, "name", groups[i].name, groups[i].length);
		json_writer_count(object, "count", groups[i].count);
		json_writer_element(array, object);
	}
	return array;
}

#include "frontends/web/api/api_views.h"

#include <string.h>

#include "core/search/search_query.h"
#include "frontends/web/api/api_json.h"
#include "frontends/web/assets.h"
#include "frontends/web/query_field.h"

enum {
	LIMIT = 20, /* quotes, if the query has none */
	LIMIT_MAX = 100,
	SIZE_LIMIT = 1000000, /* characters or lines that can be asked for */
};

/* Which quotes are wanted. */
#define WISH_ROWS                                                                                  \
	{"collection", API_QUERY_TYPE_TEXT, 1, API_QUERY_TEXT_MAX},                                \
		{"author", API_QUERY_TYPE_TEXT, 1, API_QUERY_TEXT_MAX},                            \
		{"lang", API_QUERY_TYPE_LANGUAGE, 0, 0},                                           \
		{"minLength", API_QUERY_TYPE_NUMBER, 0, SIZE_LIMIT},                               \
		{"maxLength", API_QUERY_TYPE_NUMBER, 1, SIZE_LIMIT},                               \
	{                                                                                          \
		"maxLines", API_QUERY_TYPE_NUMBER, 1, SIZE_LIMIT                                   \
	}

static const struct api_query_row random_rows[] = {
	WISH_ROWS,
	{"count", API_QUERY_TYPE_NUMBER, 1, ASK_RANDOM_MAX},
	{0},
};
static const struct api_query_row list_rows[] = {
	WISH_ROWS,
	{"limit", API_QUERY_TYPE_NUMBER, 1, LIMIT_MAX},
	{"cursor", API_QUERY_TYPE_CURSOR, 0, 0},
	{0},
};
const struct api_query_row api_views_search_rows[] = {
	{"q", API_QUERY_TYPE_TEXT, 1, SEARCH_QUERY_BYTES_MAX},
	{"page", API_QUERY_TYPE_NUMBER, 1, API_QUERY_PAGE_MAX},
	{"limit", API_QUERY_TYPE_NUMBER, 1, LIMIT_MAX},
	{0},
};

bool api_views_read(
	struct visit *visit, const struct api_query_row *rows, struct api_query *ret_query)
{
	struct api_query_fault fault;
	if (api_query_read(visit->request.query, rows, ret_query, &fault))
		return true;
	visit_refuse(visit, fault.parameter, fault.detail.text);
	return false;
}

bool api_views_takes(struct visit *visit, const struct api_query_row *rows)
{
	struct api_query query;
	if (!api_views_read(visit, rows, &query))
		return false;
	api_query_finish(&query);
	return true;
}

bool api_views_takes_number(struct visit *visit, const char *name, long maximum)
{
	long number = 1;
	struct error detail = {0};
	if (query_field_number(visit->request.query, name, maximum, &number))
		return true;
	error_set(&detail, "%s must be a whole number from 1 to %ld.", name, maximum);
	visit_refuse(visit, name, detail.text);
	return false;
}

bool api_views_read_none(struct visit *visit)
{
	static const struct api_query_row none[] = {{0}};
	return api_views_takes(visit, none);
}

/* Reads WISH_ROWS; the texts are valid as long as the query. Returns false if the visit has failed.
 */
static bool read_wish(struct visit *visit, const struct api_query *query, struct ask *ask)
{
	ask->collection = api_query_text(query, "collection");
	ask->author = api_query_text(query, "author");
	ask->language = api_query_text(query, "lang");
	ask->filter = (struct quote_filter){
		.min_characters = api_query_number(query, "minLength", 0),
		.max_characters = api_query_number(query, "maxLength", 0),
		.max_lines = api_query_number(query, "maxLines", 0),
	};
	bool none = ask->filter.max_characters > 0 &&
		    ask->filter.min_characters > ask->filter.max_characters;
	if (none)
		visit_refuse(visit, "minLength", "minLength must be at most maxLength.");
	return !none;
}

static void write_one(struct visit *visit, const struct ask_answer *answer)
{
	api_json_answer(visit, answer->quotes, NULL);
}

static void write_some(struct visit *visit, const struct ask_answer *answer)
{
	struct json_writer *object = json_writer_object();
	json_writer_member(object, "quotes", api_json_quotes(visit, answer));
	json_writer_line(object, &visit->reply->content);
}

static void answer_random(struct visit *visit)
{
	struct api_query query;
	struct ask ask = {.kind = ASK_KIND_RANDOM};
	if (!api_views_read(visit, random_rows, &query))
		return;
	ask.limit = api_query_number(&query, "count", 0);
	if (read_wish(visit, &query, &ask))
		visit_ask(visit, &ask, ask.limit > 0 ? write_some : write_one);
	api_query_finish(&query);
}

static void answer_id(struct visit *visit)
{
	if (!api_views_read_none(visit))
		return;
	visit->cache = VISIT_KEEP_A_DAY;
	visit_ask(visit, &(struct ask){.kind = ASK_KIND_ID, .text = visit->route.name}, write_one);
}

static void write_found(struct visit *visit, const struct ask_answer *answer)
{
	struct api_query query;
	if (!api_views_read(visit, api_views_search_rows, &query))
		return;
	struct json_writer *object = json_writer_object();
	json_writer_text(object, "query", api_query_text(&query, "q"));
	json_writer_text(object, "doubt", answer->doubt);
	json_writer_count(object, "total", answer->total);
	json_writer_count(object, "page", api_query_number(&query, "page", 1));
	json_writer_count(object, "limit", api_query_number(&query, "limit", LIMIT));
	json_writer_member(object, "quotes", api_json_quotes(visit, answer));
	json_writer_line(object, &visit->reply->content);
	api_query_finish(&query);
}

void api_views_search(struct visit *visit)
{
	struct api_query query;
	struct ask ask = {.kind = ASK_KIND_SEARCH};
	if (!api_views_read(visit, api_views_search_rows, &query))
		return;
	ask.text = api_query_text(&query, "q");
	ask.limit = api_query_number(&query, "limit", LIMIT);
	ask.offset = (api_query_number(&query, "page", 1) - 1) * ask.limit;
	if (ask.text != NULL)
		visit_ask(visit, &ask, write_found);
	else
		visit_refuse(visit, "q", "There are no search words; add ?q=words to the address.");
	api_query_finish(&query);
}

static void write_list(struct visit *visit, const struct ask_answer *answer)
{
	struct json_writer *object = json_writer_object();
	json_writer_count(object, "total", answer->total);
	json_writer_text(object, "next", answer->next[0] != '\0' ? answer->next : NULL);
	json_writer_member(object, "quotes", api_json_quotes(visit, answer));
	json_writer_line(object, &visit->reply->content);
}

static void answer_list(struct visit *visit)
{
	struct api_query query;
	struct ask ask = {.kind = ASK_KIND_LIST};
	if (!api_views_read(visit, list_rows, &query))
		return;
	ask.limit = api_query_number(&query, "limit", LIMIT);
	ask.after = api_query_text(&query, "cursor");
	if (read_wish(visit, &query, &ask))
		visit_ask(visit, &ask, write_list);
	api_query_finish(&query);
}

static bool has_words(const char *query)
{
	struct buffer name = {0};
	struct buffer value = {0};
	bool has = false;
	while (!has && *query != '\0') {
		query_field_next(&query, &name, &value);
		has = strcmp(name.data, "q") == 0;
	}
	buffer_finish(&name);
	buffer_finish(&value);
	return has;
}

static void answer_quotes(struct visit *visit)
{
	if (has_words(visit->request.query))
		api_views_search(visit);
	else
		answer_list(visit);
}

static void answer_openapi(struct visit *visit)
{
	if (!api_views_read_none(visit))
		return;
	visit->cache = VISIT_KEEP_A_DAY;
	buffer_append(&visit->reply->content, assets_openapi, assets_openapi_length);
	buffer_append(&visit->reply->content, "\n", 1);
}

const struct view api_views[] = {
	{"/api/v1/openapi.json", VIEW_JSON, answer_openapi},
	{"/api/v1/quotes", VIEW_JSON, answer_quotes},
	{"/api/v1/quotes/random", VIEW_JSON, answer_random},
	{"/api/v1/quotes/", VIEW_JSON, answer_id},
	{0},
};

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/web/api/api_json.h"
#include "frontends/web/api/api_views.h"

enum {
	LIMIT = 100, /* if the query has none */
	LIMIT_MAX = 1000,
};

#define PAGE_ROWS                                                                                  \
	{"page", API_QUERY_TYPE_NUMBER, 1, API_QUERY_PAGE_MAX},                                    \
	{                                                                                          \
		"limit", API_QUERY_TYPE_NUMBER, 1, LIMIT_MAX                                       \
	}

static const struct api_query_row collections_rows[] = {PAGE_ROWS, {0}};
static const struct api_query_row authors_rows[] = {
	PAGE_ROWS,
	{"prefix", API_QUERY_TYPE_TEXT, 1, API_QUERY_TEXT_MAX},
	{0},
};

/* A page of collections or of authors. */
static void answer_groups(struct visit *visit, const struct api_query_row *rows, bool are_authors)
{
	struct api_query query;
	const struct asker *asker = visit->visits->asker;
	if (!api_views_read(visit, rows, &query))
		return;
	const char *prefix = api_query_text(&query, "prefix");
	size_t page = api_query_number(&query, "page", 1);
	size_t limit = api_query_number(&query, "limit", LIMIT);
	size_t offset = (page - 1) * limit;
	struct ask_group *groups = mem_alloc(limit * sizeof *groups);
	size_t total = are_authors ? asker_authors(asker, prefix != NULL ? prefix : "", offset,
					     limit, groups)
				   : asker_collections(asker, offset, limit, groups);
	size_t count = total > offset ? total - offset : 0;
	struct json_writer *object = json_writer_object();
	json_writer_count(object, "total", total);
	json_writer_count(object, "page", page);
	json_writer_count(object, "limit", limit);
	json_writer_member(object, are_authors ? "authors" : "collections",
		api_json_groups(groups, count < limit ? count : limit));
	json_writer_line(object, &visit->reply->content);
	free(groups);
	api_query_finish(&query);
}

static void answer_collections(struct visit *visit)
{
	answer_groups(visit, collections_rows, false);
}

static void answer_authors(struct visit *visit)
{
	answer_groups(visit, authors_rows, true);
}

const struct view api_group_views[] = {
	{"/api/v1/collections", VIEW_JSON, answer_collections},
	{"/api/v1/authors", VIEW_JSON, answer_authors},
	{0},
};

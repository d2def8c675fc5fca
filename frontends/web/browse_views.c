#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/web/api/api_json.h"
#include "frontends/web/api/api_views.h"
#include "frontends/web/page/html.h"
#include "frontends/web/page/list_page.h"
#include "frontends/web/page/page_link.h"
#include "frontends/web/query_field.h"
#include "frontends/web/quote_text.h"

enum {
	QUOTES_LIMIT = 20,  /* on a page */
	GROUPS_LIMIT = 100, /* the same of collections and authors */
	PAGE_MAX = 10000000,
};

static const struct api_query_row list_rows[] = {
	{"page", API_QUERY_TYPE_NUMBER, 1, PAGE_MAX},
	{0},
};
static const struct api_query_row authors_rows[] = {
	{"page", API_QUERY_TYPE_NUMBER, 1, PAGE_MAX},
	{"prefix", API_QUERY_TYPE_TEXT, 1, API_QUERY_TEXT_MAX},
	{0},
};

static struct pager read_pager(const struct visit *visit, size_t limit)
{
	long page = 1;
	query_field_number(visit->request.query, "page", PAGE_MAX, &page);
	return (struct pager){.limit = limit, .page = (size_t)page};
}

/* Returns false if the visit has failed: only pages ignore unknown parameters. */
static bool takes(struct visit *visit, const struct api_query_row *rows)
{
	return visit->route.form == NEGOTIATE_FORM_HTML
		       ? api_views_takes_number(visit, "page", PAGE_MAX)
		       : api_views_takes(visit, rows);
}

/* Returns false if the visit has failed, for there is no such page. */
static bool is_page(struct visit *visit, const struct pager *pager)
{
	if (pager->page <= pager_pages(pager))
		return true;
	visit_fail(visit, 404, "The list has fewer pages.");
	return false;
}

static void write_json(
	struct visit *visit, const struct pager *pager, const char *name, struct json_writer *items)
{
	struct json_writer *object = json_writer_object();
	json_writer_count(object, "total", pager->total);
	json_writer_count(object, "page", pager->page);
	json_writer_count(object, "limit", pager->limit);
	json_writer_member(object, name, items);
	json_writer_line(object, &visit->reply->content);
}

/* A list of collections or authors. */
struct group_list {
	struct list_page page;
	const char *name;   /* of the list in JSON */
	const char *folder; /* of their pages */
	struct ask_group *groups;
	size_t count;
};

static void write_letters(struct buffer *out)
{
	buffer_add(out, "<nav class=i aria-label=Letters><ul>");
	for (int letter = 'A'; letter <= 'Z'; letter++)
		buffer_format(out, "<li><a href=\"authors?prefix=%c\">%c</a> ", letter, letter);
	buffer_add(out, "</ul></nav>");
}

/* A file has no page of its own: a search finds its quotes. */
static void write_file(const char *collection, const struct ask_group *file, struct buffer *out)
{
	buffer_add(out, "<li><a href=\"search?q=in:%22");
	html_encode(out, collection, strlen(collection));
	buffer_add(out, "/");
	html_encode(out, file->name, file->length);
	buffer_add(out, "%22\">");
	html_escape(out, file->name, file->length);
	buffer_add(out, " <small>");
	buffer_add_number(out, file->count);
	buffer_add(out, "</small></a>");
}

/* Folded, since a list of quotes comes behind them, or open. */
static void write_files(struct visit *visit, const char *collection, bool open)
{
	struct buffer *out = &visit->reply->content;
	struct ask_group *files = mem_alloc(GROUPS_LIMIT * sizeof *files);
	size_t count = asker_files(visit->visits->asker, collection, GROUPS_LIMIT, files);
	if (count > 1) {
		buffer_add(out, open ? "<nav class=i aria-label=Files><details open><summary>"
				     : "<nav class=i aria-label=Files><details><summary>");
		buffer_add_count(out, count, "file");
		buffer_add(out, "</summary><ul>");
		for (size_t i = 0; i < count && i < GROUPS_LIMIT; i++)
			write_file(collection, &files[i], out);
		if (count > GROUPS_LIMIT) {
			buffer_add(out, "<li>and ");
			buffer_add_number(out, count - GROUPS_LIMIT);
			buffer_add(out, " more");
		}
		buffer_add(out, "</ul></details></nav>");
	}
	free(files);
}

/* What else there is to browse; if there is one collection, all of it is its files. */
static void write_other_ways(struct visit *visit, const struct group_list *list)
{
	buffer_add(&visit->reply->content,
		"<nav class=i aria-label=\"Other ways\"><ul><li><a href=authors>By author</a> "
		"<li><a href=days>By day</a> </ul></nav>");
	if (list->page.pager.total != 1 || list->count != 1)
		return;
	char *name = mem_strndup(list->groups[0].name, list->groups[0].length);
	write_files(visit, name, true);
	free(name);
}

static void write_groups_page(struct visit *visit, const struct group_list *list)
{
	struct buffer *out = &visit->reply->content;
	list_page_begin(visit, &list->page);
	bool of_authors = strcmp(list->name, "authors") == 0;
	if (of_authors && (list->count > 0 || list->page.prefix != NULL))
		write_letters(out);
	if (list->count == 0)
		buffer_add(out, "<p>There are none.</p>");
	list_page_add_groups(visit, list->folder, list->groups, list->count);
	if (!of_authors)
		write_other_ways(visit, list);
	list_page_end(visit, &list->page);
}

/* As the text of a search, it says that it is empty in a comment. */
static void write_groups_text(struct visit *visit, const struct group_list *list)
{
	struct buffer *out = &visit->reply->content;
	for (size_t i = 0; i < list->count; i++)
		buffer_format(out, "%zu %.*s\n", list->groups[i].count, (int)list->groups[i].length,
			list->groups[i].name);
	if (list->count > 0)
		return;
	visit->route.status = 404;
	visit->cache = NULL;
	buffer_add(out, "# There are none.\n");
}

static void write_groups(struct visit *visit, const struct group_list *list)
{
	switch (visit->route.form) {
	case NEGOTIATE_FORM_HTML:
		write_groups_page(visit, list);
		break;
	case NEGOTIATE_FORM_TEXT:
		write_groups_text(visit, list);
		break;
	case NEGOTIATE_FORM_JSON:
		write_json(visit, &list->page.pager, list->name,
			api_json_groups(list->groups, list->count));
		break;
	}
}

static void finish_groups(struct visit *visit, struct group_list *list, size_t total)
{
	struct pager *pager = &list->page.pager;
	size_t offset = pager_offset(pager);
	size_t rest = total > offset ? total - offset : 0;
	pager->total = total;
	list->count = rest < pager->limit ? rest : pager->limit;
	visit->cache = VISIT_ASK_AGAIN;
	if (is_page(visit, pager))
		write_groups(visit, list);
	free(list->groups);
}

static void answer_collections(struct visit *visit)
{
	struct group_list list = {
		.page = {.title = "Browse",
			.description = "All collections of quotes.",
			.path = "browse",
			.pager = read_pager(visit, GROUPS_LIMIT)},
		.name = "collections",
		.folder = "browse/",
	};
	struct pager *pager = &list.page.pager;
	if (!takes(visit, list_rows))
		return;
	list.groups = mem_alloc(pager->limit * sizeof *list.groups);
	finish_groups(visit, &list,
		asker_collections(
			visit->visits->asker, pager_offset(pager), pager->limit, list.groups));
}

static void answer_authors(struct visit *visit)
{
	struct buffer prefix = {0};
	struct group_list list = {
		.page = {.title = "Authors",
			.description = "All authors of quotes.",
			.path = "authors",
			.pager = read_pager(visit, GROUPS_LIMIT)},
		.name = "authors",
		.folder = "author/",
	};
	struct pager *pager = &list.page.pager;
	if (!takes(visit, authors_rows))
		return;
	buffer_add(&prefix, "");
	if (query_field_find(visit->request.query, "prefix", &prefix)) {
		list.page.prefix = prefix.length > 0 ? prefix.data : NULL;
		list.groups = mem_alloc(pager->limit * sizeof *list.groups);
		finish_groups(visit, &list,
			asker_authors(visit->visits->asker, prefix.data, pager_offset(pager),
				pager->limit, list.groups));
	} else {
		visit_fail(visit, 400, "The value of prefix is not UTF-8.");
	}
	buffer_finish(&prefix);
}

static struct ask list_of(const struct pager *pager)
{
	return (struct ask){
		.kind = ASK_KIND_LIST, .offset = pager_offset(pager), .limit = pager->limit};
}

static void write_quotes_page(struct visit *visit, const struct ask_answer *answer,
	const struct pager *pager, const char *folder, const struct ask_group *group)
{
	struct buffer path = {0};
	struct buffer title = {0};
	bool by_author = strcmp(folder, "author/") == 0;
	buffer_format(
		&title, "%s%.*s", by_author ? "Quotes by " : "", (int)group->length, group->name);
	page_link_add_path(folder, group, &path);
	struct list_page list = {.title = title.data,
		.description = "All quotes of an author or a collection.",
		.path = path.data,
		.pager = *pager};
	list_page_begin(visit, &list);
	buffer_add(&visit->reply->content, "<p>");
	buffer_add_count(&visit->reply->content, pager->total, "quote");
	buffer_add(&visit->reply->content, "</p>");
	if (!by_author && pager->page == 1)
		write_files(visit, visit->route.name, false);
	list_page_add_quotes(visit, pager, NULL, answer);
	list_page_end(visit, &list);
	buffer_finish(&path);
	buffer_finish(&title);
}

static void write_quotes(struct visit *visit, const struct ask_answer *answer, const char *folder,
	const struct ask_group *group)
{
	struct pager pager = read_pager(visit, QUOTES_LIMIT);
	pager.total = answer->total;
	visit->cache = VISIT_ASK_AGAIN;
	if (!is_page(visit, &pager))
		return;
	switch (visit->route.form) {
	case NEGOTIATE_FORM_HTML:
		write_quotes_page(visit, answer, &pager, folder, group);
		break;
	case NEGOTIATE_FORM_TEXT:
		quote_text_write_all(answer->quotes, answer->count, &visit->reply->content);
		break;
	case NEGOTIATE_FORM_JSON:
		write_json(visit, &pager, "quotes", api_json_quotes(visit, answer));
		break;
	}
}

static struct ask_group group_named(const char *name)
{
	return (struct ask_group){.name = name, .length = strlen(name)};
}

static void write_collection(struct visit *visit, const struct ask_answer *answer)
{
	struct ask_group group = group_named(visit->route.name);
	write_quotes(visit, answer, "browse/", &group);
}

/* By the name as the first quote has it. */
static void write_author(struct visit *visit, const struct ask_answer *answer)
{
	struct ask_place place = {.author = group_named(visit->route.name)};
	if (answer->count > 0)
		asker_place(visit->visits->asker, answer->quotes[0].id, &place);
	write_quotes(visit, answer, "author/", &place.author);
}

static void answer_collection(struct visit *visit)
{
	struct pager pager = read_pager(visit, QUOTES_LIMIT);
	struct ask ask = list_of(&pager);
	ask.collection = visit->route.name;
	if (takes(visit, list_rows))
		visit_ask(visit, &ask, write_collection);
}

static void answer_author(struct visit *visit)
{
	struct pager pager = read_pager(visit, QUOTES_LIMIT);
	struct ask ask = list_of(&pager);
	ask.author = visit->route.name;
	if (takes(visit, list_rows))
		visit_ask(visit, &ask, write_author);
}

const struct view browse_views[] = {
	{"/browse", VIEW_ALL | VIEW_QUERY, answer_collections},
	{"/browse/", VIEW_ALL | VIEW_QUERY, answer_collection},
	{"/authors", VIEW_ALL | VIEW_QUERY, answer_authors},
	{"/author/", VIEW_ALL | VIEW_QUERY, answer_author},
	{0},
};

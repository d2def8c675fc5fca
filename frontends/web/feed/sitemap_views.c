/* sitemaps.org, version 0.9. */
#include <stdlib.h>
#include <string.h>

#include "core/library/quote_id.h"
#include "frontends/web/page/html.h"
#include "frontends/web/visit.h"

/* The protocol allows 50,000 of each. The loop writes a thousand addresses in about a millisecond.
 */
enum { ADDRESSES_MAX = ASK_LIST_MAX, MAPS_MAX = 50000 };

static const char head[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

#define SPACE "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""

/* Besides the quotes, in the first map. */
static const char *const pages[] = {"", "browse", "authors", "days", "about"};

static void add_address(const struct visit *visit, const char *path, const char *name)
{
	struct buffer *out = &visit->reply->content;
	buffer_add(out, "<url><loc>");
	html_escape(out, visit->request.base, strlen(visit->request.base));
	buffer_add(out, "/");
	buffer_add(out, path);
	buffer_add(out, name);
	buffer_add(out, "</loc></url>\n");
}

static void add_map(struct visit *visit, const struct ask_answer *answer, bool first)
{
	struct buffer *out = &visit->reply->content;
	buffer_add(out, head);
	buffer_add(out, "<urlset " SPACE ">\n");
	for (size_t i = 0; first && i < sizeof pages / sizeof pages[0]; i++)
		add_address(visit, pages[i], "");
	for (size_t i = 0; i < answer->count; i++) {
		char id[QUOTE_ID_LENGTH + 1];
		quote_id_format(answer->quotes[i].id, id);
		add_address(visit, "q/", id);
	}
	buffer_add(out, "</urlset>\n");
}

static void add_index(struct visit *visit, size_t total)
{
	struct buffer *out = &visit->reply->content;
	size_t count = (total + ADDRESSES_MAX - 1) / ADDRESSES_MAX;
	buffer_add(out, head);
	buffer_add(out, "<sitemapindex " SPACE ">\n");
	for (size_t i = 1; i <= count && i <= MAPS_MAX; i++) {
		buffer_add(out, "<sitemap><loc>");
		html_escape(out, visit->request.base, strlen(visit->request.base));
		buffer_format(out, "/sitemap/%zu</loc></sitemap>\n", i);
	}
	buffer_add(out, "</sitemapindex>\n");
}

static void describe(struct visit *visit)
{
	visit->type = "application/xml; charset=utf-8";
	visit->cache = VISIT_KEEP_A_DAY;
	visit->reply->compress = true;
}

static void write_first(struct visit *visit, const struct ask_answer *answer)
{
	if (answer->total > answer->count)
		add_index(visit, answer->total);
	else
		add_map(visit, answer, true);
	describe(visit);
}

static void write_map(struct visit *visit, const struct ask_answer *answer)
{
	if (answer->count == 0) {
		visit_fail(visit, 404, "There are fewer sitemaps; /sitemap.xml names them.");
		return;
	}
	add_map(visit, answer, strcmp(visit->route.name, "1") == 0);
	describe(visit);
}

static void ask_for(struct visit *visit, size_t offset, visit_callback *callback)
{
	struct ask ask = {.kind = ASK_KIND_LIST, .offset = offset, .limit = ADDRESSES_MAX};
	if (visit->request.base != NULL)
		visit_ask(visit, &ask, callback);
	else
		visit_fail(visit, 404,
			"There is no sitemap, since it needs absolute addresses: set base_url.");
}

static void answer_first(struct visit *visit)
{
	ask_for(visit, 0, write_first);
}

static void answer_map(struct visit *visit)
{
	const char *name = visit->route.name;
	size_t digits = strspn(name, "0123456789");
	unsigned long number = digits < 6 && name[digits] == '\0' ? strtoul(name, NULL, 10) : 0;
	if (number >= 1 && number <= MAPS_MAX && name[0] != '0')
		ask_for(visit, (number - 1) * ADDRESSES_MAX, write_map);
	else
		visit_fail(visit, 404, "There is no such sitemap; /sitemap.xml names them.");
}

const struct view sitemap_views[] = {
	{"/sitemap.xml", VIEW_TEXT, answer_first},
	{"/sitemap/", VIEW_TEXT, answer_map},
	{0},
};

/* How to have the quotes of this site, and what it is. */
#include <string.h>

#include "frontends/kit/json_writer.h"
#include "frontends/web/about/about_way.h"
#include "frontends/web/assets.h"
#include "frontends/web/page/html.h"
#include "frontends/web/visit.h"

static void write_item(const struct about_way *way, struct buffer *out)
{
	buffer_format(out, "<li>%s ", way->before);
	if (way->href != NULL) {
		buffer_add(out, "<a href=\"");
		html_escape(out, way->href, strlen(way->href));
		buffer_add(out, "\">");
	}
	buffer_add(out, way->href != NULL ? "" : "<code>");
	html_escape(out, way->what.data, way->what.length);
	buffer_add(out, way->href != NULL ? "</a>" : "</code>");
	buffer_add(out, way->after);
}

static void write_way(const struct visit *visit, struct about_way *way)
{
	struct buffer *out = &visit->reply->content;
	if (visit->route.form == NEGOTIATE_FORM_HTML)
		write_item(way, out);
	else
		buffer_format(out, "- %s %s%s\n", way->before, way->what.data, way->after);
	buffer_finish(&way->what);
}

/* As people or, if that is not known, as this machine finds us. */
static void write_curl(const struct visit *visit)
{
	struct about_way way = {.before = "In a terminal:", .after = ""};
	if (visit->request.base != NULL)
		buffer_format(&way.what, "curl %s", visit->request.base);
	else if (visit->visits->own == NULL || !about_way_find(visit->visits->own, &way))
		return;
	write_way(visit, &way);
}

static void write_wires(const struct visit *visit)
{
	const struct frontend_context *context = visit->visits->context;
	struct frontend_state state;
	struct about_way way = {.before = "In a terminal:", .after = ""};
	bool has_port = page_add_nc(visit->visits->page, visit->request.base, &way.what);
	if (has_port)
		write_way(visit, &way);
	for (size_t i = 0; context->find_state(context, i, &state); i++) {
		bool is_other = state.url != NULL && strncmp(state.url, "http", 4) != 0 &&
				!(has_port && strncmp(state.url, "qotd:", 5) == 0);
		if (is_other && about_way_find(state.url, &way))
			write_way(visit, &way);
	}
}

/* Links of a page are relative; those of a text need what is before them. */
static void write_parts(const struct visit *visit)
{
	struct buffer *out = &visit->reply->content;
	const char *base = visit->request.base != NULL ? visit->request.base : "";
	bool daily = visit_daily(visit) != NULL;
	if (daily && visit->route.form == NEGOTIATE_FORM_HTML)
		buffer_add(out, "<li>Each day by mail: <a href=subscribe>subscribe</a>");
	else if (daily)
		buffer_format(out, "- Each day by mail: %s/subscribe\n", base);
	if (visit->route.form == NEGOTIATE_FORM_HTML)
		buffer_add(out,
			"<li>As <a href=random.txt>plain text</a> or <a href=random.json>JSON</a>: "
			"add <code>.txt</code> or <code>.json</code> to the address of a page; "
			"curl gets text anyway"
			"<li>In a feed reader: <a href=feed>the quote of each day</a>, or "
			"<code>feed/NAME</code> for one collection"
			"<li>In programs: <a href=api>the API</a>");
	else
		buffer_format(out,
			"- As plain text or JSON: add .txt or .json to the address of a page; "
			"curl gets text anyway\n"
			"- In a feed reader: %s/feed, or feed/NAME for one collection\n"
			"- In programs: %s/api\n",
			base, base);
}

static void write_ways(const struct visit *visit)
{
	write_curl(visit);
	write_wires(visit);
	write_parts(visit);
}

static const char no_cookies[] = "These pages set no cookies and load nothing from other hosts. ";
static const char log_of_requests[] = "Each request is noted in a log of this server, with its "
				      "time and the address that it came from. ";
static const char no_log[] = "This program keeps no log of requests; its log names an address if "
			     "a limit refuses something. ";
static const char counts[] = "To keep to its limits, it counts the requests of each network in "
			     "memory, and forgets them soon.";

static const char subscribers[] =
	" It keeps the addresses of those who subscribe to the daily quote "
	"until they unsubscribe.";

static void write_privacy(const struct visit *visit, struct buffer *out)
{
	buffer_add(out, no_cookies);
	buffer_add(out, visit->visits->logs_requests ? log_of_requests : no_log);
	buffer_add(out, counts);
	if (visit_daily(visit) != NULL)
		buffer_add(out, subscribers);
}

static void write_page(const struct visit *visit)
{
	struct buffer *out = &visit->reply->content;
	visit_begin_page(visit, "About", "about");
	buffer_format(out, "<p>%s<h2>Ways to get a quote</h2><ul>", page_description);
	write_ways(visit);
	buffer_add(out, "</ul><h2>Privacy</h2><p>");
	write_privacy(visit, out);
	buffer_add(out, "<p>This is quoted " QUOTED_VERSION ".");
	visit_end_page(visit);
}

static void write_text(const struct visit *visit)
{
	struct buffer *out = &visit->reply->content;
	buffer_format(
		out, "%s\n\n%s\n\nWays to get a quote:\n", visit->visits->title, page_description);
	write_ways(visit);
	buffer_add(out, "\n");
	write_privacy(visit, out);
	buffer_add(out, "\n\nThis is quoted " QUOTED_VERSION ".\n");
}

static struct json_writer *make_wires(const struct visit *visit)
{
	const struct frontend_context *context = visit->visits->context;
	struct json_writer *wires = json_writer_array();
	struct frontend_state state;
	for (size_t i = 0; context->find_state(context, i, &state); i++) {
		struct json_writer *wire = json_writer_object();
		json_writer_text(wire, "name", state.name);
		json_writer_text(wire, "url", state.url);
		json_writer_element(wires, wire);
	}
	return wires;
}

static void write_json(const struct visit *visit)
{
	struct json_writer *object = json_writer_object();
	struct buffer privacy = {0};
	write_privacy(visit, &privacy);
	json_writer_text(object, "title", visit->visits->title);
	json_writer_text(object, "url", visit->request.base);
	json_writer_member(object, "wires", make_wires(visit));
	json_writer_text(object, "privacy", privacy.data);
	json_writer_text(object, "version", QUOTED_VERSION);
	json_writer_line(object, &visit->reply->content);
	buffer_finish(&privacy);
}

static void answer_about(struct visit *visit)
{
	visit->cache = VISIT_ASK_AGAIN;
	switch (visit->route.form) {
	case NEGOTIATE_FORM_HTML:
		write_page(visit);
		break;
	case NEGOTIATE_FORM_TEXT:
		write_text(visit);
		break;
	case NEGOTIATE_FORM_JSON:
		write_json(visit);
		break;
	}
}

static void answer_api(struct visit *visit)
{
	visit_begin_page(visit, "API", "api");
	buffer_append(&visit->reply->content, assets_api, assets_api_length);
	visit_end_page(visit);
	visit->cache = VISIT_KEEP_A_DAY;
}

const struct view about_views[] = {
	{"/about", VIEW_ALL, answer_about},
	{"/api", VIEW_HTML, answer_api},
	{0},
};

/* How to have the quotes of this site, and what it is. */
#include <string.h>

#include "frontends/web/assets.h"
#include "frontends/web/page/html.h"
#include "frontends/web/visit.h"

static void begin(const struct visit *visit, const char *title, const char *path)
{
	struct page_head head = {.title = title, .path = path};
	struct buffer *out = &visit->reply->content;
	page_begin(visit->visits->page, &visit->request, &head, out);
	buffer_format(out, "<section class=e><h1>%s</h1>", title);
}

static void end(const struct visit *visit)
{
	struct buffer *out = &visit->reply->content;
	buffer_add(out, "</section>");
	page_end(out);
	visit->reply->front = page_front(visit->visits->page);
}

/* Another front end, by the scheme of its address. */
static void write_wire(const char *url, struct buffer *out)
{
	bool is_mail = strncmp(url, "mailto:", 7) == 0;
	const char *shown = is_mail ? url + 7 : url;
	buffer_add(out, is_mail ? "<li>By mail: write to <a href=\"" : "<li>In IRC: <a href=\"");
	html_escape(out, url, strlen(url));
	buffer_add(out, "\">");
	html_escape(out, shown, strlen(shown));
	buffer_add(out, is_mail ? "</a>, with the subject <code>help</code> to learn more"
				: "</a>, where a bot obeys <code>!quote</code>");
}

static void write_wires(const struct visit *visit, struct buffer *out)
{
	const struct frontend_context *context = visit->visits->context;
	struct frontend_state state;
	for (size_t i = 0; context->find_state(context, i, &state); i++)
		if (state.url != NULL && strncmp(state.url, "http", 4) != 0)
			write_wire(state.url, out);
}

static void write_ways(const struct visit *visit, struct buffer *out)
{
	buffer_add(out, "<h2>Ways to a quote</h2>");
	page_write_hints(visit->visits->page, visit->request.base, out);
	buffer_add(out,
		"<ul><li>As <a href=random.txt>plain text</a> or <a href=random.json>JSON</a>, "
		"which curl and the like get at any address of a quote"
		"<li>In a feed reader: <a href=feed>the quote of each day</a>, and "
		"<code>feed/NAME</code> for one of a collection"
		"<li>In programs: <a href=api>the API</a>");
	write_wires(visit, out);
	buffer_add(out, "</ul>");
}

static void write_privacy(const struct visit *visit, struct buffer *out)
{
	buffer_add(out, "<h2>Privacy</h2><p>These pages set no cookies and load nothing from other "
			"hosts. ");
	buffer_add(out,
		visit->visits->logs_requests
			? "Each request is noted in a log of this server, with its time and "
			  "the address that it came from. "
			: "This program keeps no log of requests; its log names an address if a "
			  "limit refuses something. ");
	buffer_add(out, "To keep to its limits, it counts the requests of each network in memory, "
			"and forgets them soon.");
}

static void answer_about(struct visit *visit)
{
	struct buffer *out = &visit->reply->content;
	begin(visit, "About", "about");
	write_ways(visit, out);
	write_privacy(visit, out);
	buffer_add(out, "<p>This is quoted " QUOTED_VERSION ".");
	end(visit);
	visit->cache = VISIT_ASK_AGAIN;
}

static void answer_api(struct visit *visit)
{
	begin(visit, "API", "api");
	buffer_append(&visit->reply->content, assets_api, assets_api_length);
	end(visit);
	visit->cache = VISIT_KEEP_A_DAY;
}

const struct view about_views[] = {
	{"/about", VIEW_HTML, answer_about},
	{"/api", VIEW_HTML, answer_api},
	{0},
};

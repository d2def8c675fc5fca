#include <string.h>
#include <time.h>

#include "core/base/utf8.h"
#include "frontends/kit/json_writer.h"
#include "frontends/web/about/security_txt.h"
#include "frontends/web/assets.h"
#include "frontends/web/feed/xml.h"
#include "frontends/web/page/html.h"
#include "frontends/web/visit.h"

/* Characters that the name of a search engine may have. */
enum { SHORT_NAME_MAX = 16 };

static void answer_health(struct visit *visit)
{
	buffer_add(&visit->reply->content, "ok\n");
}

static void answer_readiness(struct visit *visit)
{
	const struct frontend_context *context = visit->visits->context;
	struct json_writer *object = json_writer_object();
	struct json_writer *wires = json_writer_array();
	struct frontend_state state;
	bool ready = asker_has_quotes(visit->visits->asker);
	for (size_t i = 0; context->find_state(context, i, &state); i++) {
		struct json_writer *wire = json_writer_object();
		json_writer_text(wire, "name", state.name);
		json_writer_text(wire, "state", state.state != NULL ? state.state : "serving");
		json_writer_element(wires, wire);
	}
	json_writer_flag(object, "ready", ready);
	json_writer_flag(object, "quotes", ready);
	json_writer_member(object, "wires", wires);
	json_writer_line(object, &visit->reply->content);
	visit->route.status = ready ? 200 : 503;
}

static void answer_file(struct visit *visit, const char *type, const void *data, size_t length)
{
	visit->type = type;
	visit->cache = VISIT_KEEP_A_DAY;
	http_reply_add(visit->reply, "Content-Security-Policy", "default-src 'none'");
	buffer_append(&visit->reply->content, data, length);
}

static void answer_icon(struct visit *visit)
{
	answer_file(visit, "image/svg+xml", assets_icon, assets_icon_length);
}

static void answer_favicon(struct visit *visit)
{
	answer_file(visit, "image/vnd.microsoft.icon", assets_favicon, assets_favicon_length);
}

static void answer_touch_icon(struct visit *visit)
{
	answer_file(visit, "image/png", assets_touch_icon, assets_touch_icon_length);
}

/* Robots know paths from the top of the host alone (RFC 9309). */
static void answer_robots(struct visit *visit)
{
	struct buffer *out = &visit->reply->content;
	const char *base = visit->request.base;
	const char *top = base != NULL ? strstr(base, "://") + 3 : "";
	top += strcspn(top, "/");
	buffer_add(out, "# Searches and random quotes differ each time; quotes stay at /q/.\n");
	buffer_format(out, "User-agent: *\nDisallow: %s/search\nDisallow: %s/random\n", top, top);
	if (base != NULL)
		buffer_format(out, "Sitemap: %s/sitemap.xml\n", base);
	visit->cache = VISIT_KEEP_A_DAY;
}

static void add_name(const char *title, struct buffer *out)
{
	bool fits = title[0] != '\0' && utf8_columns(title, strlen(title)) <= SHORT_NAME_MAX;
	buffer_add(out, "<ShortName>");
	html_escape(out, fits ? title : "Quotes", strlen(fits ? title : "Quotes"));
	buffer_add(out, "</ShortName><Description>");
	html_escape(out, title, strlen(title));
	buffer_add(out, "</Description>");
}

/* OpenSearch 1.1. Without a base, the addresses are relative to this one. */
static void answer_opensearch(struct visit *visit)
{
	struct buffer *out = &visit->reply->content;
	struct buffer top = {0};
	if (visit->request.base != NULL) {
		html_escape(&top, visit->request.base, strlen(visit->request.base));
		buffer_add(&top, "/");
	} else {
		buffer_add(&top, "");
	}
	buffer_add(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription "
			"xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">");
	add_name(visit->visits->title, out);
	buffer_format(out,
		"<InputEncoding>UTF-8</InputEncoding>"
		"<Image width=\"32\" height=\"32\" type=\"image/vnd.microsoft.icon\">"
		"%sfavicon.ico</Image>"
		"<Url type=\"text/html\" template=\"%ssearch?q={searchTerms}\"/>"
		"<Url type=\"application/opensearchdescription+xml\" rel=\"self\" "
		"template=\"%sopensearch.xml\"/></OpenSearchDescription>\n",
		top.data, top.data, top.data);
	xml_mend(out);
	visit->type = "application/opensearchdescription+xml; charset=utf-8";
	visit->cache = VISIT_KEEP_A_DAY;
	buffer_finish(&top);
}

static void answer_security(struct visit *visit)
{
	const char *contact = visit->visits->security_contact;
	if (contact[0] == '\0') {
		visit_fail(visit, 404, "No contact is set for security problems.");
		return;
	}
	security_txt_write(contact, time(NULL), &visit->reply->content);
	visit->cache = VISIT_KEEP_A_DAY;
}

const struct view site_views[] = {
	{"/healthz", VIEW_TEXT, answer_health},
	{"/readyz", VIEW_JSON, answer_readiness},
	{"/favicon.svg", VIEW_TEXT, answer_icon},
	{"/favicon.ico", VIEW_TEXT, answer_favicon},
	{"/apple-touch-icon.png", VIEW_TEXT, answer_touch_icon},
	{"/robots.txt", VIEW_TEXT, answer_robots},
	{"/opensearch.xml", VIEW_TEXT, answer_opensearch},
	{"/.well-known/security.txt", VIEW_TEXT, answer_security},
	{0},
};

#include "frontends/web/page/page.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/mem.h"
#include "frontends/web/assets.h"
#include "frontends/web/page/html.h"
#include "frontends/web/query_field.h"

/* A page this deep has no links that lead anywhere. */
enum { DEPTH_MAX = 16 };

/* Octets of a page besides its first part, for most pages. */
enum { PAGE_REST = 6000 };

const char page_description[] =
	"A quote for every day, and all others to browse, to search and to share.";

struct page {
	struct buffer front;         /* the same in every page */
	struct gzip_part compressed; /* the front */
	struct buffer middle;        /* from the end of what differs in the head to the links */
	char *title;                 /* HTML */
	char *policy;
	uint64_t looks;
	char *port; /* " 1717", or NULL */
};

/* No address stands in it, so that it is the same in folders of any depth. */
static void prepare_front(struct page *page)
{
	struct gzip *gzip = gzip_create();
	struct buffer *front = &page->front;
	buffer_add(front, "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport "
			  "content=\"width=device-width,initial-scale=1\"><style>");
	buffer_append(front, assets_style, assets_style_length);
	buffer_add(front, "</style><script type=module>");
	buffer_append(front, assets_script, assets_script_length);
	buffer_add(front, "</script>");
	gzip_prepare(gzip, front->data, front->length, &page->compressed);
	gzip_destroy(gzip);
}

static void prepare_middle(struct page *page)
{
	buffer_format(&page->middle,
		"<meta property=og:type content=website>"
		"<meta property=og:site_name content=\"%s\">"
		"<link rel=icon href=favicon.ico sizes=32x32>"
		"<link rel=icon href=favicon.svg type=image/svg+xml>"
		"<link rel=apple-touch-icon href=apple-touch-icon.png>"
		"<link rel=alternate type=application/atom+xml title=\"%s\" href=feed>"
		"<link rel=search type=application/opensearchdescription+xml title=\"%s\" "
		"href=opensearch.xml>"
		"<header><a class=b href=\"./\">%s</a> <nav aria-label=Site><ul>",
		page->title, page->title, page->title, page->title);
}

/* Lighthouse and the like fetch robots.txt from within the page. */
static const char policy_format[] =
	"default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; img-src 'self'; "
	"connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

struct page *page_create(const char *title, long qotd_port)
{
	struct page *page = mem_alloc(sizeof *page);
	page->port = qotd_port > 0 ? mem_format(" %ld", qotd_port) : NULL;
	struct buffer escaped = {0};
	html_escape(&escaped, title, strlen(title));
	page->title = escaped.data;
	prepare_front(page);
	prepare_middle(page);
	page->policy = mem_format(policy_format, assets_style_hash, assets_script_hash);
	page->looks = hash_octets(page->middle.data, page->middle.length,
		hash_mix(page->compressed.crc, (uint64_t)qotd_port));
	return page;
}

uint64_t page_looks(const struct page *page)
{
	return page->looks;
}

const char *page_policy(const struct page *page)
{
	return page->policy;
}

const struct gzip_part *page_front(const struct page *page)
{
	return &page->compressed;
}

/* All links are relative to the top of the site, so that a proxy can put it below any path. */
static void write_base(size_t depth, struct buffer *out)
{
	if (depth == 0)
		return;
	buffer_add(out, "<base href=\"");
	for (size_t i = 0; i < depth && i < DEPTH_MAX; i++)
		buffer_add(out, "../");
	buffer_add(out, "\">");
}

static void write_address(const char *base, const char *path, struct buffer *out)
{
	static const char *const starts[] = {
		"<link rel=canonical href=\"", "<meta property=og:url content=\""};
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
		buffer_add(out, starts[i]);
		html_escape(out, base, strlen(base));
		buffer_add(out, "/");
		html_escape(out, path, strlen(path));
		buffer_add(out, "\">");
	}
}

/* Sites on which people paste the address of a quote look for this, to show the quote (oEmbed
 * 1.0). */
static void write_oembed(const char *base, const char *path, struct buffer *out)
{
	if (strncmp(path, "q/", 2) != 0)
		return;
	buffer_add(out, "<link rel=alternate type=application/json+oembed href=\"");
	html_escape(out, base, strlen(base));
	buffer_add(out, "/api/v1/oembed?url=");
	html_encode(out, base, strlen(base));
	buffer_add(out, "/");
	buffer_add(out, path);
	buffer_add(out, "\">");
}

static void write_texts(const struct page *page, const struct page_head *head, struct buffer *out)
{
	const char *about = head->description != NULL ? head->description : page_description;
	struct buffer title = {0};
	struct buffer description = {0};
	html_escape(&title, head->title, strlen(head->title));
	html_escape(&description, about, strlen(about));
	buffer_format(out,
		"<title>%s | %s</title><meta property=og:title content=\"%s\">"
		"<meta name=description content=\"%s\">"
		"<meta property=og:description content=\"%s\">",
		title.data, page->title, title.data, description.data, description.data);
	buffer_finish(&title);
	buffer_finish(&description);
}

static bool leads_to(const char *link, const char *path)
{
	size_t length = strlen(link);
	return strncmp(path, link, length) == 0 && (path[length] == '\0' || path[length] == '?');
}

/* The front door has today's quote; authors are a way to browse. */
static const char *current_of(const char *link, const char *path)
{
	if (path == NULL)
		return "";
	if (leads_to(link, path) || (path[0] == '\0' && strcmp(link, "today") == 0))
		return " aria-current=page";
	bool within = strncmp(path, "browse/", 7) == 0 || strncmp(path, "author", 6) == 0;
	return within && strcmp(link, "browse") == 0 ? " aria-current=true" : "";
}

static void write_links(const char *path, struct buffer *out)
{
	static const char *const links[][2] = {{"today", "Today"}, {"random", "Random"},
		{"search", "Search"}, {"browse", "Browse"}, {"about", "About"}};
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
		buffer_add(out, "<li><a href=");
		buffer_add(out, links[i][0]);
		buffer_add(out, current_of(links[i][0], path));
		buffer_add(out, ">");
		buffer_add(out, links[i][1]);
		buffer_add(out, "</a> ");
	}
}

void page_begin(const struct page *page, const struct http_request *request,
	const struct page_head *head, struct buffer *out)
{
	buffer_reserve(out, page->front.length + PAGE_REST);
	buffer_append(out, page->front.data, page->front.length);
	write_base(request->depth, out);
	write_texts(page, head, out);
	if (request->base != NULL && head->path != NULL) {
		write_address(request->base, head->path, out);
		write_oembed(request->base, head->path, out);
	}
	buffer_append(out, page->middle.data, page->middle.length);
	write_links(head->path, out);
	buffer_add(out, "</ul></nav></header><main>");
}

void page_end(struct buffer *out)
{
	buffer_add(out, "</main><footer><nav aria-label=More><ul>"
			"<li><a href=days>Days</a> <li><a href=authors>Authors</a> "
			"<li><a href=feed>Feed</a> <li><a href=api>API</a>"
			"</ul></nav></footer>\n");
}

void page_write_form(const char *words, bool focused, struct buffer *out)
{
	buffer_add(out, "<form action=search role=search><input type=search name=q maxlength=250 "
			"aria-label=\"Search words\" value=\"");
	html_escape(out, words, strlen(words));
	buffer_add(out, focused ? "\" autofocus> <button>Search</button></form>"
				: "\"> <button>Search</button></form>");
}

void page_write_grammar(struct buffer *out)
{
	static const char *const rows[][2] = {
		{"light tunnel", "both words, in any order"},
		{"&quot;end of the tunnel&quot;", "these words together"},
		{"tun*", "words that begin with tun"},
		{"-train", "without this word"},
		{"author:twain", "by an author"},
		{"in:NAME", "from a collection"},
		{"lang:de", "in a language"},
		{"tag:humor", "with a tag"},
	};
	buffer_add(out, "<section class=h><h2>How to search</h2><dl>");
	/* Without </dd>, w3m indents the rest of the page. */
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		buffer_format(out, "<dt><code>%s</code> <dd>%s</dd>", rows[i][0], rows[i][1]);
	buffer_add(out, "</dl></section>");
}

/* As nc takes it, without port and brackets. */
static void add_host(const char *base, struct buffer *out)
{
	const char *host = strstr(base, "://") + 3;
	if (host[0] == '[')
		buffer_append(out, host + 1, strcspn(host + 1, "]"));
	else
		buffer_append(out, host, strcspn(host, ":/"));
}

bool page_add_nc(const struct page *page, const char *base, struct buffer *out)
{
	if (page->port == NULL || base == NULL)
		return false;
	buffer_add(out, "nc ");
	add_host(base, out);
	buffer_add(out, page->port);
	return true;
}

void page_write_hints(const struct page *page, const char *base, struct buffer *out)
{
	struct buffer command = {0};
	if (base == NULL)
		return;
	buffer_add(out, "<p class=h><code>curl ");
	buffer_add(out, base);
	buffer_add(out, "</code>");
	if (page_add_nc(page, base, &command))
		buffer_format(out, " <code>%s</code>", command.data);
	buffer_finish(&command);
}

void page_write_error(const struct page *page, const struct http_request *request, unsigned status,
	const char *title, const char *detail, struct buffer *out)
{
	struct page_head head = {.title = title};
	struct buffer words = {0};
	buffer_add(&words, "");
	query_field_find(request->query != NULL ? request->query : "", "q", &words);
	page_begin(page, request, &head, out);
	buffer_format(out, "<section class=e><h1>%u %s</h1><p>", status, title);
	html_escape(out, detail, strlen(detail));
	buffer_add(out, "</p>");
	page_write_form(words.data, false, out);
	buffer_finish(&words);
	buffer_add(out,
		"</section><nav class=n aria-label=Quotes><ul><li class=p><a href=random>Read a "
		"quote</a> <li><a href=\"./\">Today's quote</a> "
		"<li><a href=browse>Browse</a> </ul></nav>");
	page_end(out);
}

void page_destroy(struct page *page)
{
	if (page == NULL)
		return;
	buffer_finish(&page->front);
	gzip_finish_part(&page->compressed);
	buffer_finish(&page->middle);
	free(page->title);
	free(page->policy);
	free(page->port);
	free(page);
}

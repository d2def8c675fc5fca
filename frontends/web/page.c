#include "frontends/web/page.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"
#include "core/search/search.h"
#include "core/search/search_marks.h"
#include "frontends/web/assets.h"
#include "frontends/web/html.h"
#include "frontends/web/page_text.h"

/* Octets of a page besides its first part and the quote, unless much is escaped. */
enum { PAGE_REST = 1000 };

/* A page this deep has no links that lead anywhere. */
enum { DEPTH_MAX = 16 };

static const char start[] = "<!doctype html><html lang=en><meta charset=utf-8>"
			    "<meta name=viewport content=\"width=device-width,initial-scale=1\">";
static const char head[] = "<link rel=icon href=favicon.svg type=image/svg+xml><title>";

struct page {
	struct buffer front;  /* of a page with a quote at the top of the site, up to the content */
	struct buffer middle; /* from the end of the title to the content of main */
	struct gzip_part compressed; /* the front */
	char *title;
	char *policy;
	char *port; /* " 1717", or NULL */
};

static struct gzip_part compress(const struct buffer *text)
{
	struct gzip *gzip = gzip_create();
	struct gzip_part part;
	gzip_prepare(gzip, text->data, text->length, &part);
	gzip_destroy(gzip);
	return part;
}

struct page *page_create(const char *title, long qotd_port)
{
	struct page *page = mem_alloc(sizeof *page);
	page->port = qotd_port > 0 ? mem_format(" %ld", qotd_port) : NULL;
	struct buffer escaped = {0};
	html_escape(&escaped, title, strlen(title));
	page->title = escaped.data;
	buffer_add(&page->middle, "</title><style>");
	buffer_append(&page->middle, assets_style, assets_style_length);
	buffer_format(&page->middle, "</style><header><h1>%s</h1></header><main>", page->title);
	buffer_format(&page->front, "%s%s%s", start, head, page->title);
	buffer_append(&page->front, page->middle.data, page->middle.length);
	page->compressed = compress(&page->front);
	page->policy = mem_format("default-src 'none'; style-src 'sha256-%s'; img-src 'self'; "
				  "base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
		assets_style_hash);
	return page;
}

const char *page_policy(const struct page *page)
{
	return page->policy;
}

/* All links are relative to the top of the site, so that a proxy can put it below any path. */
static void write_head(const struct page *page, size_t depth, const char *name, struct buffer *out)
{
	buffer_add(out, start);
	if (depth > 0)
		buffer_add(out, "<base href=");
	for (size_t i = 0; i < depth && i < DEPTH_MAX; i++)
		buffer_add(out, "../");
	buffer_add(out, depth > 0 ? ">" : "");
	buffer_add(out, head);
	if (name[0] != '\0')
		buffer_format(out, "%s \xe2\x80\x93 ", name);
	buffer_add(out, page->title);
	buffer_append(out, page->middle.data, page->middle.length);
}

static void write_front(const struct page *page, size_t depth, struct buffer *out)
{
	if (depth == 0)
		buffer_append(out, page->front.data, page->front.length);
	else
		write_head(page, depth, "", out);
}

/* Long quotes get smaller type; drawings get type in which all their columns fit. */
static const char *choose_class(const char *text, size_t length, bool art)
{
	if (art) {
		size_t columns = page_text_columns(text, length);
		if (columns <= 48)
			return "a c48";
		if (columns <= 64)
			return "a c64";
		return columns <= 80 ? "a c80" : "a c99";
	}
	if (length <= 90)
		return "s";
	if (length <= 280)
		return "m";
	return length <= 700 ? "l" : "x";
}

/* An empty language is one that is not known. */
static void open_text(struct buffer *out, const struct quote *quote)
{
	buffer_format(out, "<blockquote lang=\"%s\" dir=auto>",
		quote->language != NULL ? quote->language : "");
}

static void write_text(struct buffer *out, const struct quote *quote, size_t length, bool art)
{
	const char *text = quote->text;
	if (!art) {
		open_text(out, quote);
		page_text_write(out, text, length);
	} else {
		buffer_add(out, "<blockquote tabindex=0><pre role=img aria-label=\"ASCII art\">");
		/* HTML drops a line end right after <pre>. */
		buffer_append(out, "\n", 1);
		html_escape(out, text, length);
		buffer_add(out, "</pre>");
	}
	buffer_add(out, "</blockquote>");
}

/* As nc takes it, without port and brackets. */
static void write_host(struct buffer *out, const char *base)
{
	const char *host = strstr(base, "://") + 3;
	if (host[0] == '[')
		buffer_append(out, host + 1, strcspn(host + 1, "]"));
	else
		buffer_append(out, host, strcspn(host, ":/"));
}

static void write_hints(const struct page *page, const char *base, struct buffer *out)
{
	if (base == NULL)
		return;
	buffer_add(out, "<li><code>curl ");
	buffer_add(out, base);
	buffer_add(out, "</code>");
	if (page->port == NULL)
		return;
	buffer_add(out, "<li><code>nc ");
	write_host(out, base);
	buffer_add(out, page->port);
	buffer_add(out, "</code>");
}

static void write_footer(
	const struct page *page, const char *base, const char *id, struct buffer *out)
{
	buffer_add(out, "<footer><ul>");
	write_hints(page, base, out);
	buffer_add(out, "<li><a href=q/");
	buffer_add(out, id);
	buffer_add(out, ">Link to this quote</a><li><a href=today>Today's quote</a><li><a "
			"href=search>Search</a><li><a href=q/");
	buffer_add(out, id);
	buffer_add(out, ".txt>Plain text</a><li><a href=q/");
	buffer_add(out, id);
	buffer_add(out, ".json>JSON</a></ul></footer>\n");
}

const struct gzip_part *page_front(const struct page *page, const struct http_request *request)
{
	return request->depth == 0 ? &page->compressed : NULL;
}

void page_write_quote(const struct page *page, const struct http_request *request,
	const struct quote *quote, struct buffer *out)
{
	char id[QUOTE_ID_LENGTH + 1];
	size_t length = quote->body_length > 0 ? quote->body_length : quote->length;
	bool art = page_text_is_art(quote->text, length);
	buffer_reserve(out, page->front.length + 2 * quote->length + PAGE_REST);
	write_front(page, request->depth, out);
	buffer_add(out, "<figure class=\"");
	buffer_add(out, choose_class(quote->text, length, art));
	buffer_add(out, "\">");
	write_text(out, quote, length, art);
	if (quote->author != NULL && quote->body_length > 0) {
		buffer_add(out, "<figcaption dir=auto>");
		page_text_write_line(out, quote->author, quote->author_length);
		buffer_add(out, "</figcaption>");
	}
	buffer_add(
		out, "</figure><nav aria-label=Quotes><a href=random>Another one</a></nav></main>");
	quote_id_format(quote->id, id);
	write_footer(page, request->base, id, out);
}

void page_write_error(const struct page *page, size_t depth, unsigned status, const char *title,
	const char *detail, struct buffer *out)
{
	write_head(page, depth, title, out);
	buffer_format(out, "<figure class=m><h2>%u %s</h2><p>", status, title);
	html_escape(out, detail, strlen(detail));
	buffer_add(
		out, "</figure><nav aria-label=Quotes><a href=./>Read a quote</a></nav></main>\n");
}

static void write_form(const struct page_results *results, struct buffer *out)
{
	buffer_add(out, "<form action=search role=search><input type=search name=q maxlength=250 "
			"aria-label=\"Search words\" value=\"");
	html_escape(out, results->words, strlen(results->words));
	buffer_add(out, "\"><button>Search</button></form>");
}

/* With the words that were found marked. */
static void write_found(
	const char *query, const struct quote *quote, size_t length, struct buffer *out)
{
	struct search_marks marks;
	size_t at = 0;
	search_marks_find(query, quote, &marks);
	for (size_t i = 0; i < marks.count; i++) {
		const struct search_mark *mark = &marks.items[i];
		if (mark->start + mark->length > length)
			break;
		html_escape(out, quote->text + at, mark->start - at);
		buffer_add(out, "<mark>");
		html_escape(out, quote->text + mark->start, mark->length);
		buffer_add(out, "</mark>");
		at = mark->start + mark->length;
	}
	html_escape(out, quote->text + at, length - at);
	search_marks_finish(&marks);
}

static void write_result(
	const char *query, const struct quote *quote, int id_length, struct buffer *out)
{
	char id[QUOTE_ID_LENGTH + 1];
	size_t length = quote->body_length > 0 ? quote->body_length : quote->length;
	quote_id_format(quote->id, id);
	buffer_add(out, "<li>");
	open_text(out, quote);
	buffer_add(out, "<pre>\n");
	write_found(query, quote, length, out);
	buffer_add(out, "</pre></blockquote>");
	if (quote->author != NULL && quote->body_length > 0) {
		buffer_add(out, "<cite dir=auto>");
		page_text_write_line(out, quote->author, quote->author_length);
		buffer_add(out, "</cite> ");
	}
	buffer_format(out, "<a href=q/%s>%.*s</a>", id, id_length, id);
}

static void write_link(
	const struct page_results *results, long page, const char *text, struct buffer *out)
{
	buffer_add(out, "<a href=\"search?q=");
	for (const char *at = results->words; *at != '\0'; at++)
		buffer_format(out, "%%%02x", (unsigned)(unsigned char)*at);
	buffer_format(out, "&amp;limit=%ld&amp;page=%ld\">%s</a>", results->limit, page, text);
}

void page_write_results(
	const struct page *page, const struct page_results *results, struct buffer *out)
{
	write_head(page, 0, "Search", out);
	buffer_add(out, "<section class=r>");
	write_form(results, out);
	if (results->words[0] != '\0')
		buffer_format(out, "<p role=status>%zu%s found</p><ol>", results->total,
			results->total == SEARCH_HITS_MAX ? " or more" : "");
	for (size_t i = 0; i < results->count; i++)
		write_result(results->words, &results->quotes[i], results->id_lengths[i], out);
	buffer_add(out, results->words[0] != '\0' ? "</ol></section><nav aria-label=Pages>"
						  : "</section><nav aria-label=Pages>");
	if (results->page > 1)
		write_link(results, results->page - 1, "Previous", out);
	if ((size_t)(results->page * results->limit) < results->total)
		write_link(results, results->page + 1, "Next", out);
	buffer_add(out, "<a href=random>A random quote</a></nav></main>\n");
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

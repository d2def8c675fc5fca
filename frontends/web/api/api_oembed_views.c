/* oEmbed 1.0: a quote for another page. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"
#include "frontends/kit/json_writer.h"
#include "frontends/web/api/api_oembed_url.h"
#include "frontends/web/api/api_views.h"
#include "frontends/web/page/html.h"
#include "frontends/web/page/quote_card.h"
#include "frontends/web/page/quote_markup.h"

enum {
	PIXELS_MAX = 10000,
	WIDTH = 600,      /* pixels, if the query allows them */
	LINE_HEIGHT = 28, /* pixels, as many pages have it */
	LETTER_WIDTH = 9,
	LINES_MORE = 3, /* for the author and margins */
	CACHE_SECONDS = 86400,
};

static const struct api_query_row rows[] = {
	{"url", API_QUERY_TYPE_TEXT, 1, API_QUERY_TEXT_MAX},
	{"format", API_QUERY_TYPE_TEXT, 1, 20},
	{"maxwidth", API_QUERY_TYPE_NUMBER, 1, PIXELS_MAX},
	{"maxheight", API_QUERY_TYPE_NUMBER, 1, PIXELS_MAX},
	{"dnt", API_QUERY_TYPE_TEXT, 1, 10},
	{0},
};

static size_t at_most(size_t number, size_t maximum)
{
	return number < maximum ? number : maximum;
}

static size_t height_of(const struct quote *quote, size_t width)
{
	size_t columns = width / LETTER_WIDTH + 1;
	size_t lines = LINES_MORE;
	const char *end = quote->text + quote_card_body(quote);
	for (const char *at = quote->text; at < end; lines++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((stop != NULL ? stop : end) - at);
		lines += length / columns;
		at += length + 1;
	}
	return lines * LINE_HEIGHT;
}

static void add_title(struct json_writer *object, const struct quote *quote)
{
	struct buffer title = {0};
	quote_card_add_title(quote, &title);
	json_writer_text(object, "title", title.data);
	buffer_finish(&title);
}

static void add_html(
	struct json_writer *object, const struct visit *visit, const struct quote *quote)
{
	char id[QUOTE_ID_LENGTH + 1];
	struct buffer html = {0};
	quote_id_format(quote->id, id);
	buffer_add(&html, "<blockquote cite=\"");
	html_escape(&html, visit->request.base, strlen(visit->request.base));
	buffer_format(&html, "/q/%s\">", id);
	quote_markup_write(quote, &html);
	buffer_add(&html, "</blockquote>");
	json_writer_text(object, "html", html.data);
	buffer_finish(&html);
}

static void write_embedded(struct visit *visit, const struct ask_answer *answer)
{
	const struct quote *quote = answer->quotes;
	struct api_query query;
	if (!api_views_read(visit, rows, &query))
		return;
	size_t width = at_most(WIDTH, api_query_number(&query, "maxwidth", WIDTH));
	size_t highest = api_query_number(&query, "maxheight", PIXELS_MAX);
	struct json_writer *object = json_writer_object();
	json_writer_text(object, "type", "rich");
	json_writer_text(object, "version", "1.0");
	add_title(object, quote);
	add_html(object, visit, quote);
	json_writer_count(object, "width", width);
	json_writer_count(object, "height", at_most(height_of(quote, width), highest));
	if (quote_card_has_author(quote)) {
		char *author = mem_strndup(quote->author, quote->author_length);
		json_writer_text(object, "author_name", author);
		free(author);
	}
	json_writer_text(object, "provider_name", visit->visits->title);
	json_writer_text(object, "provider_url", visit->request.base);
	json_writer_count(object, "cache_age", CACHE_SECONDS);
	json_writer_line(object, &visit->reply->content);
	api_query_finish(&query);
}

static void answer_url(struct visit *visit, const char *url)
{
	char *id = api_oembed_url_id(url, visit->request.base);
	visit->cache = VISIT_KEEP_A_DAY;
	if (visit->request.base == NULL)
		visit_fail(visit, 404, "This server does not know its address; set base_url.");
	else if (id == NULL)
		visit_fail(visit, 404, "The url is not that of a quote here.");
	else
		visit_ask(visit, &(struct ask){.kind = ASK_KIND_ID, .text = id}, write_embedded);
	free(id);
}

static void answer_oembed(struct visit *visit)
{
	struct api_query query;
	if (!api_views_read(visit, rows, &query))
		return;
	const char *url = api_query_text(&query, "url");
	const char *format = api_query_text(&query, "format");
	if (url == NULL)
		visit_refuse(visit, "url", "url must be the address of a quote here.");
	else if (format != NULL && strcmp(format, "json") != 0)
		visit_fail(visit, 501, "The only format is json; leave format out.");
	else
		answer_url(visit, url);
	api_query_finish(&query);
}

const struct view api_oembed_views[] = {
	{"/api/v1/oembed", VIEW_JSON, answer_oembed},
	{0},
};

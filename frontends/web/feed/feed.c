#include "frontends/web/feed/feed.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

#include "core/base/day.h"
#include "core/base/utf8.h"
#include "core/library/quote_id.h"
#include "frontends/web/feed/xml.h"
#include "frontends/web/page/html.h"
#include "frontends/web/page/page_text.h"

/* Octets of the title of an entry, of the first words of its quote. */
enum { TITLE_MAX = 80 };

static size_t body_of(const struct quote *quote)
{
	return quote->body_length > 0 ? quote->body_length : quote->length;
}

static bool has_author(const struct quote *quote)
{
	return quote->author != NULL && quote->body_length > 0;
}

static void add_escaped(struct buffer *out, const char *text)
{
	html_escape(out, text, strlen(text));
}

/* The top of the site, for links. */
static void add_top(const struct feed *feed)
{
	if (feed->request->base != NULL) {
		add_escaped(feed->out, feed->request->base);
		buffer_add(feed->out, "/");
		return;
	}
	for (size_t i = 0; i < feed->request->depth; i++)
		buffer_add(feed->out, "../");
}

static void add_name(const struct feed *feed)
{
	buffer_add(feed->out, "feed");
	if (feed->collection == NULL)
		return;
	buffer_add(feed->out, "/");
	html_encode(feed->out, feed->collection, strlen(feed->collection));
}

/* The case of a host does not matter, but in ids it does; an IPv6 address becomes dashes. */
static void add_authority(struct buffer *out, const char *host, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char octet = (char)tolower((unsigned char)host[i]);
		bool allowed = isalnum((unsigned char)octet) || octet == '.';
		buffer_append(out, allowed ? &octet : "-", 1);
	}
}

static void add_id(const struct feed *feed, const char *date)
{
	const char *base = feed->request->base != NULL ? feed->request->base : "http://localhost";
	const char *host = strstr(base, "://") + 3;
	size_t length = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/");
	buffer_add(feed->out, "<id>tag:");
	add_authority(feed->out, host, length);
	buffer_format(feed->out, ",%s:", date);
	add_escaped(feed->out, host + length);
	buffer_add(feed->out, "/");
	add_name(feed);
	buffer_add(feed->out, "</id>");
}

static void add_updated(struct buffer *out, int64_t day)
{
	char text[sizeof "-2147483648-01-01T00:00:00Z"];
	time_t begin = day_begin(day);
	struct tm parts = {0};
	gmtime_r(&begin, &parts);
	strftime(text, sizeof text, "%FT%TZ", &parts);
	buffer_format(out, "<updated>%s</updated>", text);
}

void feed_begin(const struct feed *feed, int64_t day)
{
	struct buffer *out = feed->out;
	buffer_add(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
			"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>");
	add_escaped(out, feed->title);
	if (feed->collection != NULL) {
		buffer_add(out, ": ");
		add_escaped(out, feed->collection);
	}
	buffer_add(out, "</title>");
	add_id(feed, "2026");
	add_updated(out, day);
	buffer_add(out, "<author><name>");
	add_escaped(out, feed->title[0] != '\0' ? feed->title : "quoted");
	buffer_add(out, "</name></author><generator version=\"" QUOTED_VERSION
			"\">quoted</generator><link type=\"text/html\" href=\"");
	add_top(feed);
	buffer_add(
		out, feed->request->base == NULL && feed->request->depth == 0 ? "./\"/>" : "\"/>");
	if (feed->request->base != NULL) {
		buffer_add(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"");
		add_top(feed);
		add_name(feed);
		buffer_add(out, "\"/>");
	}
	buffer_add(out, "\n");
}

/* Returns the octets of the first words. */
static size_t cut(const char *text, size_t length)
{
	if (length <= TITLE_MAX)
		return length;
	size_t end = TITLE_MAX;
	while (end > TITLE_MAX / 2 && text[end] != ' ' && text[end] != '\n')
		end--;
	return end > TITLE_MAX / 2 ? end : utf8_valid_prefix(text, TITLE_MAX);
}

static void add_title(struct buffer *out, const struct quote *quote)
{
	size_t length = body_of(quote);
	size_t shown = cut(quote->text, length);
	buffer_add(out, "<title>");
	if (page_text_is_art(quote->text, length))
		buffer_add(out, "ASCII art");
	else
		page_text_write_line(out, quote->text, shown);
	buffer_add(out, shown < length ? "\xE2\x80\xA6</title>" : "</title>");
}

/* Feed readers have no style sheet of ours, so line ends and indentation become markup. */
static void add_paragraphs(struct buffer *html, const char *text, size_t length)
{
	struct buffer paragraphs = {0};
	page_text_write(&paragraphs, text, length);
	for (size_t i = 0; i < paragraphs.length; i++) {
		bool again =
			i > 0 && (paragraphs.data[i - 1] == ' ' || paragraphs.data[i - 1] == '\n');
		if (paragraphs.data[i] == '\n')
			buffer_add(html, "<br>\n");
		else if (paragraphs.data[i] == ' ' && again)
			buffer_add(html, "&nbsp;");
		else
			buffer_append(html, paragraphs.data + i, 1);
	}
	buffer_finish(&paragraphs);
}

static void write_html(struct buffer *html, const struct quote *quote)
{
	size_t length = body_of(quote);
	if (page_text_is_art(quote->text, length)) {
		buffer_add(html, "<pre>\n");
		html_escape(html, quote->text, length);
		buffer_add(html, "</pre>");
	} else {
		add_paragraphs(html, quote->text, length);
	}
	if (!has_author(quote))
		return;
	buffer_add(html, "<p>\xE2\x80\x94 ");
	page_text_write_line(html, quote->author, quote->author_length);
}

static void add_content(struct buffer *out, const struct quote *quote)
{
	struct buffer html = {0};
	write_html(&html, quote);
	buffer_add(out, "<content type=\"html\"");
	if (quote->language != NULL)
		buffer_format(out, " xml:lang=\"%s\"", quote->language);
	buffer_add(out, ">");
	html_escape(out, html.data, html.length);
	buffer_add(out, "</content>");
	buffer_finish(&html);
}

void feed_add(const struct feed *feed, int64_t day, const struct quote *quote)
{
	struct buffer *out = feed->out;
	char date[DAY_TEXT_SIZE];
	char id[QUOTE_ID_LENGTH + 1];
	day_format(day, date);
	quote_id_format(quote->id, id);
	buffer_add(out, "<entry>");
	add_title(out, quote);
	add_id(feed, date);
	add_updated(out, day);
	buffer_add(out, "<link type=\"text/html\" href=\"");
	add_top(feed);
	buffer_format(out, "q/%s\"/>", id);
	if (has_author(quote)) {
		buffer_add(out, "<author><name>");
		page_text_write_line(out, quote->author, quote->author_length);
		buffer_add(out, "</name></author>");
	}
	add_content(out, quote);
	buffer_add(out, "</entry>\n");
}

void feed_end(const struct feed *feed)
{
	buffer_add(feed->out, "</feed>\n");
	xml_mend(feed->out, 0);
}

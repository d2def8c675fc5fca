#include "frontends/web/feed/feed.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

#include "core/base/day.h"
#include "core/library/quote_id.h"
#include "frontends/web/feed/xml.h"
#include "frontends/web/page/html.h"
#include "frontends/web/page/page_text.h"
#include "frontends/web/page/quote_card.h"
#include "frontends/web/page/quote_markup.h"

/* Octets of the title of an entry, of the first words of its quote. */
enum { TITLE_MAX = 80 };

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

static void add_title(struct buffer *out, const struct quote *quote)
{
	struct buffer words = {0};
	quote_card_add_words(quote, TITLE_MAX, &words);
	buffer_add(out, "<title>");
	html_escape(out, words.data, words.length);
	buffer_add(out, "</title>");
	buffer_finish(&words);
}

static void add_content(struct buffer *out, const struct quote *quote)
{
	struct buffer html = {0};
	quote_markup_write(quote, &html);
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
	if (quote_card_has_author(quote)) {
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
	xml_mend(feed->out);
}

#include "frontends/web/feed/feed.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/library/quote_id.h"

enum { DAY = 20781 }; /* 2026-11-24 */

static struct quote quote_of(const char *text, size_t body)
{
	return (struct quote){.id = quote_id_of(text, strlen(text)),
		.text = text,
		.length = strlen(text),
		.body_length = body,
		.author = body > 0 ? strstr(text, "-- ") + 3 : NULL,
		.author_length = body > 0 ? strlen(strstr(text, "-- ") + 3) : 0};
}

/* Returns a feed of one entry, the caller's to finish. */
static struct buffer write_feed(
	const char *base, size_t depth, const char *collection, const struct quote *quote)
{
	struct buffer out = {0};
	struct http_request request = {.base = base, .depth = depth};
	struct feed feed = {&request, "T & co", collection, &out};
	setenv("TZ", "Europe/Berlin", 1);
	feed_begin(&feed, DAY);
	feed_add(&feed, DAY, quote);
	feed_end(&feed);
	return out;
}

static void expect_part(const struct buffer *feed, const char *part)
{
	cr_expect_not_null(strstr(feed->data, part), "%s: %s", part, feed->data);
}

Test(feed, has_ids_of_host_path_collection_and_day)
{
	static const struct {
		const char *base, *collection, *id;
	} rows[] = {
		{"https://Example.org/quotes", NULL,
			"<id>tag:example.org,2026-11-24:/quotes/feed</id>"},
		{"http://example.org:8017", NULL, "<id>tag:example.org,2026-11-24::8017/feed</id>"},
		{"https://example.org", "a b/c",
			"<id>tag:example.org,2026-11-24:/feed/a%20b%2Fc</id>"},
		{"http://[2001:db8::1]:80/x", NULL,
			"<id>tag:-2001-db8--1-,2026-11-24::80/x/feed</id>"},
		{NULL, NULL, "<id>tag:localhost,2026-11-24:/feed</id>"},
	};
	struct quote quote = quote_of("A", 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = write_feed(rows[i].base, 0, rows[i].collection, &quote);
		expect_part(&out, rows[i].id);
		buffer_finish(&out);
	}
}

Test(feed, links_from_its_base_or_else_from_its_own_address)
{
	static const struct {
		const char *base;
		size_t depth;
		const char *site, *self, *entry;
	} rows[] = {
		{"https://example.org/quotes", 1, "href=\"https://example.org/quotes/\"",
			"<link rel=\"self\" type=\"application/atom+xml\" "
			"href=\"https://example.org/quotes/feed\"/>",
			"href=\"https://example.org/quotes/q/"},
		{NULL, 0, "href=\"./\"", NULL, "href=\"q/"},
		{NULL, 1, "href=\"../\"", NULL, "href=\"../q/"},
	};
	struct quote quote = quote_of("A", 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = write_feed(rows[i].base, rows[i].depth, NULL, &quote);
		expect_part(&out, rows[i].site);
		expect_part(&out, rows[i].entry);
		if (rows[i].self != NULL)
			expect_part(&out, rows[i].self);
		else
			cr_expect_null(strstr(out.data, "rel=\"self\""));
		buffer_finish(&out);
	}
}

Test(feed, shows_a_quote_as_markup_within_markup)
{
	static const char long_text[] = "One two three four five six seven eight nine ten eleven "
					"twelve thirteen fourteen fifteen sixteen";
	static const struct {
		const char *text;
		size_t body;
		const char *title, *part;
	} rows[] = {
		{"1 < 2 & \"so\"", 0, "<title>1 &lt; 2 &amp; &quot;so&quot;</title>",
			"&lt;p&gt;1 &amp;lt; 2 &amp;amp; &amp;quot;so&amp;quot;</content>"},
		{"Well\n-- Jane & John", 4, "<title>Well</title>",
			"<author><name>Jane &amp; John</name></author>"},
		{"Well\n-- Jane & John", 4, "<title>Well</title>",
			"&lt;p&gt;\xE2\x80\x94 Jane &amp;amp; John</content>"},
		{"Roses\n  are red\nViolets", 0, "<title>Roses are red Violets</title>",
			"Roses&lt;/span&gt;&lt;br&gt;&lt;span&gt;&amp;nbsp;&amp;nbsp;are "
			"red&lt;/span&gt;"},
		{long_text, 0,
			"<title>One two three four five six seven eight nine ten eleven twelve "
			"thirteen fourteen\xE2\x80\xA6</title>",
			"sixteen</content>"},
		{"\xEF\xBF\xBF", 0, "<title>\xEF\xBF\xBD</title>", "<content type=\"html\">"},
		{"  /\\_/\\\n ( o.o )\n  > ^ <", 0, "<title>ASCII art</title>",
			"&lt;pre&gt;\n  /\\_/\\\n ( o.o )\n  &amp;gt; ^ &amp;lt;&lt;/pre&gt;"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct quote quote = quote_of(rows[i].text, rows[i].body);
		struct buffer out = write_feed(NULL, 0, NULL, &quote);
		expect_part(&out, rows[i].title);
		expect_part(&out, rows[i].part);
		buffer_finish(&out);
	}
}

Test(feed, begins_its_days_at_local_midnight)
{
	struct quote quote = quote_of("A", 0);
	quote.language = "de";
	struct buffer out = write_feed(NULL, 0, "art", &quote);
	expect_part(&out, "<updated>2026-11-23T23:00:00Z</updated>");
	expect_part(&out, "<title>T &amp; co: art</title>");
	expect_part(&out, "<content type=\"html\" xml:lang=\"de\">");
	buffer_finish(&out);
}

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

/* "quote 451" and "quote 1267": their ids begin with 870c. */
static const struct {
	const char *path;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{"/random.txt", 200, "quote "},
	{"/random.json", 200, "\"text\":\"quote "},
	{"/q/870ctwss9317.txt", 200, "quote 1267\n"},
	{"/q/870ctwss9317.html", 200, "<p>quote 1267</blockquote>"},
	{"/q/870ctwss9317", 200, "<title>quote 1267 | Title</title>"},
	{"/q/870ctwss9317", 200, "<li>2 of 2 in <a href=browse/quotes>quotes</a>"},
	{"/q/0000.txt", 404, "404 Not Found: No quote has this id.\n"},
	{"/q/abc.txt", 404, "404 Not Found: An id has 4 to 12 letters and digits.\n"},
	{"/q/870c.txt", 404, "More than one quote has an id that begins with '870c'"},
	{"/q/870ctwss9317.json", 200, "\"url\":\"/q/870ctwss9317\""},
};

Test(quote_views, table)
{
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		site_check(&site, rows[i].path, "", rows[i].status, rows[i].content);
	site_close(&site);
}

Test(quote_views, refuse_parameters_but_in_pages)
{
	static const struct {
		const char *path, *query;
		unsigned status;
		const char *content;
	} refused[] = {
		{"/random.json", "count=3", 400, "\"parameter\":\"count\""},
		{"/random.txt", "count=3", 400,
			"There is no parameter 'count'; this address takes none."},
		{"/today.json", "x", 400, "\"parameter\":\"x\""},
		{"/q/870ctwss9317.txt", "utm_source=x", 400, "no parameter 'utm_source'"},
		{"/q/870ctwss9317", "utm_source=x", 200, "<blockquote"},
		{"/random.json", "&", 200, "\"text\""},
	};
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		site_check(&site, refused[i].path, refused[i].query, refused[i].status,
			refused[i].content);
	site_close(&site);
}

Test(quote_views, a_page_leads_to_the_quotes_before_and_after)
{
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	struct http_reply last = site_get(&site, "/q/870ctwss9317", "");
	cr_expect_not_null(strstr(last.content.data, "rel=prev>Previous</a>"));
	cr_expect_null(strstr(last.content.data, "rel=next"));
	http_reply_finish(&last);
	site_close(&site);
}

Test(quote_views, a_part_of_an_id_leads_to_the_whole)
{
	static const struct {
		const char *path;
		size_t depth;
		const char *location;
	} parts[] = {
		{"/q/870C", 1, "../q/870ctwss9317"},
		{"/q/870ctwss9", 0, "./q/870ctwss9317"},
		{"/q/870CTWSS9317.txt", 1, "../q/870ctwss9317.txt"},
		{"/q/870ctw.json", 1, "../q/870ctwss9317.json"},
		{"/q/870ctw.html", 1, "../q/870ctwss9317.html"},
	};
	struct site site;
	site_open(&site, "static:quote 1267", NULL);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		struct http_request request = {.method = "GET",
			.path = parts[i].path,
			.query = "",
			.depth = parts[i].depth,
			.accept = "text/html"};
		struct http_reply reply = site_request(&site, &request);
		cr_expect_eq(reply.status, 302);
		cr_expect_str_eq(reply.location, parts[i].location);
		cr_expect_str_eq(site_field(&reply, "Cache-Control"), "no-store");
		http_reply_finish(&reply);
	}
	site_close(&site);
}

Test(quote_views, a_page_by_chance_is_that_of_its_quote)
{
	struct site site;
	site_open(&site, "static:quote 1267", NULL);
	struct http_reply page = site_get(&site, "/random", "");
	cr_expect_eq(page.status, 302);
	cr_expect_str_eq(page.location, "./q/870ctwss9317");
	cr_expect_str_eq(site_field(&page, "Cache-Control"), "no-store");
	cr_expect(page.varies);
	struct http_reply text = site_get(&site, "/random.txt", "");
	cr_expect_eq(text.status, 200);
	cr_expect_str_eq(text.location, "./q/870ctwss9317.txt");
	struct http_reply json = site_get(&site, "/random.json", "");
	cr_expect_str_eq(json.location, "./q/870ctwss9317.json");
	http_reply_finish(&page);
	http_reply_finish(&text);
	http_reply_finish(&json);
	site_close(&site);
}

/* Returns the tag of a reply, which has no content if the client has it. */
static void ask(struct site *site, struct http_request *request, const char *has, char *ret_tag)
{
	request->method = "GET";
	request->if_none_match = has;
	struct http_reply reply = site_request(site, request);
	http_tag_format(reply.hash, 7, ret_tag);
	cr_assert_eq(reply.status, has != NULL ? 304 : 200, "%s", request->path);
	cr_assert_eq(reply.content.length == 0, has != NULL, "%s", request->path);
	cr_expect_eq(site_field(&reply, "Content-Type")[0] == '\0', has != NULL);
	cr_expect_str_neq(site_field(&reply, "Cache-Control"), "");
	http_reply_finish(&reply);
}

Test(quote_views, are_not_written_for_a_client_that_has_them)
{
	struct http_request requests[] = {
		{.path = "/q/870ctwss9317.html"},
		{.path = "/q/870ctwss9317.html", .depth = 1},
		{.path = "/q/870ctwss9317.html", .base = "https://example.org"},
		{.path = "/q/870ctwss9317.json"},
		{.path = "/q/870ctwss9317.json", .base = "https://example.org"},
		{.path = "/index.html"},
		{.path = "/today.html"},
		{.path = "/today.json"},
		{.path = "/day/2026-01-31.html"},
		{.path = "/day/2026-01-30.html"},
		{.path = "/day/2026-01-31.json"},
		{.path = "/day/2026-01-30.json"},
	};
	enum { COUNT = sizeof requests / sizeof requests[0] };
	char tags[COUNT][HTTP_TAG_SIZE];
	char again[HTTP_TAG_SIZE];
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < COUNT; i++) {
		ask(&site, &requests[i], NULL, tags[i]);
		ask(&site, &requests[i], tags[i], again);
		cr_expect_str_eq(again, tags[i]);
		for (size_t j = 0; j < i; j++)
			cr_expect_str_neq(
				tags[i], tags[j], "%s %s", requests[i].path, requests[j].path);
	}
	site_close(&site);
}

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

#define BASE "https://example.org/quotes"
/* "quote 1267" */
#define URL "url=https://example.org/quotes/q/870ctwss9317"

static const struct {
	const char *base, *query;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{BASE, URL, 200,
		"{\"type\":\"rich\",\"version\":\"1.0\",\"title\":\"quote "
		"1267\",\"html\":\"<blockquote cite=\\\"" BASE
		"/q/870ctwss9317\\\"><p>quote 1267</blockquote>\",\"width\":600,\"height\":112,"
		"\"provider_name\":\"Title\",\"provider_url\":\"" BASE "\",\"cache_age\":86400}"},
	{BASE, "format=json&maxwidth=300&maxheight=50&dnt=1&" URL, 200,
		"\"width\":300,\"height\":50,"},
	{BASE, URL ".html?utm_source=x", 200, "quote 1267"},
	{BASE, "url=http://EXAMPLE.org/quotes/q/870ctwss9317", 200, "quote 1267"},
	{BASE, "url=https%3A%2F%2Fexample.org%2Fquotes%2Fq%2F870ctwss9317%23top", 200,
		"quote 1267"},
	{BASE, "url=" BASE "/q/0000", 404, "No quote has this id."},
	{BASE, "url=" BASE "/today", 404, "The url is not that of a quote here."},
	{BASE, "url=https://example.com/quotes/q/870ctwss9317", 404, "not that of a quote here"},
	{BASE, "url=https://example.org/quotesx/q/870ctwss9317", 404, "not that of a quote here"},
	{BASE, "url=ftp://example.org/quotes/q/870ctwss9317", 404, "not that of a quote here"},
	{BASE, "url=x", 404, "not that of a quote here"},
	{NULL, URL, 404, "set base_url"},
	{BASE, "", 400, "\"parameter\":\"url\""},
	{BASE, "format=xml&" URL, 501, "The only format is json; leave format out."},
	{BASE, "maxwidth=0&" URL, 400, "maxwidth must be a whole number from 1 to 10000."},
	{BASE, "callback=x&" URL, 400, "\"parameter\":\"callback\""},
};

Test(api_oembed_views, table)
{
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_request request = {.method = "GET",
			.path = "/api/v1/oembed",
			.query = rows[i].query,
			.base = rows[i].base};
		struct http_reply reply = site_request(&site, &request);
		cr_expect_eq(reply.status, rows[i].status, "%s: %u", rows[i].query, reply.status);
		cr_expect_not_null(
			strstr(reply.content.data, rows[i].content), "%s", reply.content.data);
		http_reply_finish(&reply);
	}
	site_close(&site);
}

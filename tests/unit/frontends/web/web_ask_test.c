#include "frontends/web/web_ask.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/askers.h"
#include "tests/support/quotes.h"

/* "quote 451" and "quote 1267": their ids begin with 870c. */
static const struct {
	const char *path, *query;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{"/random.txt", "", 200, "quote "},
	{"/today.json", "", 200, "\"text\":\"quote "},
	{"/q/870ctwss9317.txt", "", 200, "quote 1267\n"},
	{"/q/0000.txt", "", 404, "404 Not Found: No quote has this id.\n"},
	{"/q/abc.txt", "", 404, "404 Not Found: An id has 4 to 12 letters and digits.\n"},
	{"/q/870c.txt", "", 404, "More than one quote has an id that begins with '870c'"},
	{"/search.txt", "q=451", 200, "quote 451\n"},
	{"/search.json", "q=quote&limit=1&page=3", 200, "\"total\":2,\"page\":3,\"limit\":1"},
	{"/search.json", "q=apple", 200, "\"total\":0,\"page\":1,\"limit\":20,\"quotes\":[]"},
	{"/search.txt", "q=in:", 400, "Write the name of a collection right after \"in:\".\n"},
	{"/search.txt", "q=lang:", 400,
		"Write a language right after \"lang:\", as in \"lang:de\".\n"},
	{"/search.txt", "q=%FF", 400, "The value of q is not UTF-8.\n"},
	{"/search.txt", "", 400, "There are no search words; add ?q=words to the address.\n"},
	{"/search", "", 200, "<form action=/search"},
	{"/search", "q=%3Cb%3E%26%22", 200, "value=\"&lt;b&gt;&amp;&quot;\""},
	{"/search", "q=author:%3Cb%3E%26%22", 200, "value=\"author:&lt;b&gt;&amp;&quot;\""},
};

static void check(struct web_asks *asks, const char *path, const char *query, unsigned status,
	const char *content)
{
	struct http_request request = {
		.method = "GET", .path = path, .query = query, .accept = "text/html"};
	struct route route = route_find(&request);
	struct http_reply reply = {0};
	cr_assert(web_ask_begin(asks, &request, &route, NULL, &reply));
	cr_assert_eq(reply.status, status, "%s?%s: %u", path, query, reply.status);
	cr_assert_not_null(
		strstr(reply.content.data, content), "%s?%s: %s", path, query, reply.content.data);
	cr_assert_null(strstr(reply.content.data, "<b>"));
	buffer_finish(&reply.content);
}

/* Without a loop every answer comes at once. */
Test(web_ask, answers_each_kind)
{
	struct quotes quotes = {0};
	quotes_add(&quotes, "quotes", "static:quote 451");
	quotes_add(&quotes, "quotes", "static:quote 1267");
	struct page *page = page_create("Title", 0);
	struct web_asks asks = {
		.asker = askers_open(quotes_open(&quotes), NULL, "web.test"), .page = page};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check(&asks, rows[i].path, rows[i].query, rows[i].status, rows[i].content);
	cr_assert_null(asks.first);
	asker_destroy(asks.asker);
	page_destroy(page);
	quotes_finish(&quotes);
}

Test(web_ask, says_that_there_is_no_quote_now)
{
	struct quotes quotes = {0};
	struct page *page = page_create("Title", 0);
	struct web_asks asks = {
		.asker = askers_open(quotes_open_one(&quotes, "command:true"), NULL, "web.test"),
		.page = page};
	check(&asks, "/random.txt", "", 503,
		"503 Service Unavailable: No quote is available now; try again in a moment.\n");
	check(&asks, "/", "", 503, "<p>No quote is available now; try again in a moment.</figure>");
	check(&asks, "/today.txt", "", 503, "There is no quote of the day.\n");
	asker_destroy(asks.asker);
	page_destroy(page);
	quotes_finish(&quotes);
}

#include "frontends/web/api/api_views.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "tests/support/site.h"

#define RANDOM "/api/v1/quotes/random"
#define QUOTES "/api/v1/quotes"
#define OF_QUOTE "\"language\":null,\"tags\":[],\"collection\":\"quotes\",\"length\":"

/* "quote 451" by nobody, and one by Ann of 29 characters with her name, in two lines. */
static const struct {
	const char *path, *query;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{RANDOM, "maxLength=9", 200,
		"\"text\":\"quote 451\",\"author\":null," OF_QUOTE "9,\"url\":\"/q/"},
	{RANDOM, "author=ANN", 200,
		"\"text\":\"An apple a day\",\"author\":\"Ann\"," OF_QUOTE "29"},
	{RANDOM, "minLength=29&maxLength=29&maxLines=2", 200, "{\"id\":\""},
	{RANDOM, "maxLines=1&collection=quotes&count=50", 200, "{\"quotes\":[{\"id\":\""},
	{RANDOM, "minLength=30", 404, "\"detail\":\"No quote has the length asked for.\""},
	{RANDOM, "lang=de", 404, "No quote in that language matches."},
	{RANDOM, "lang=x_y", 400, "\"parameter\":\"lang\""},
	{QUOTES, "lang=de", 200, "{\"total\":0,"},
	{RANDOM, "author=Bob", 404, "\"detail\":\"No quote is by 'Bob'."},
	{RANDOM, "collection=none", 404, "There is no collection 'none'; there is 'quotes'."},
	{RANDOM, "minLength=5&maxLength=4", 400, "\"parameter\":\"minLength\""},
	{RANDOM, "count=51", 400,
		"\"status\":400,\"detail\":\"count must be a whole number from 1 to 50.\","
		"\"parameter\":\"count\"}"},
	{QUOTES "/abcd", "count=3", 400, "There is no parameter 'count'; this address takes none."},
	{QUOTES "/qqqq", "", 404, "No quote has this id."},
	{QUOTES "/abc", "", 404, "An id has 4 to 12 letters and digits."},
	{"/api/v1/openapi.json", "", 200, "{\"openapi\": \"3.1.0\","},
	{"/api/v1/openapi.json", "x=1", 400, "\"parameter\":\"x\""},
	{QUOTES, "q=apple", 200,
		"{\"query\":\"apple\",\"doubt\":null,\"total\":1,\"page\":1,\"limit\":20,"
		"\"quotes\":"
		"[{"},
	{QUOTES, "q=none", 200, "\"total\":0,\"page\":1,\"limit\":20,\"quotes\":[]"},
	{QUOTES, "q=%22none", 200, "\"doubt\":\""},
	{QUOTES, "q=in:", 400, "Write the name of a collection right after"},
	{QUOTES, "q=in:", 400, "\"parameter\":\"q\""},
	{QUOTES, "q=", 400, "\"parameter\":\"q\""},
	{QUOTES, "q=apple&author=Ann", 400, "\"parameter\":\"author\""},
	{QUOTES, "q=apple&page=99999999999", 400, "\"parameter\":\"page\""},
	{QUOTES, "q=apple&page=-1", 400, "\"parameter\":\"page\""},
	{QUOTES, "limit=abc", 400, "\"parameter\":\"limit\""},
	{QUOTES, "limit=101", 400, "limit must be a whole number from 1 to 100."},
	{QUOTES, "page=1", 400, "\"parameter\":\"page\""},
	{QUOTES, "cursor=x", 400, "\"parameter\":\"cursor\""},
	{QUOTES, "", 200, "{\"total\":2,\"next\":null,\"quotes\":[{"},
	{QUOTES, "limit=1", 200, "{\"total\":2,\"next\":\""},
	{QUOTES, "minLength=99", 200, "{\"total\":0,\"next\":null,\"quotes\":[]}"},
	{QUOTES, "author=ann", 200, "{\"total\":1,"},
};

static void open_two(struct site *site)
{
	site_open(site, "static:quote 451", "static:An apple a day\n\t-- Ann");
}

Test(api_views, table)
{
	struct site site;
	open_two(&site);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		site_check(&site, rows[i].path, rows[i].query, rows[i].status, rows[i].content);
	site_close(&site);
}

/* Returns what follows in the content up to the next quotation mark, the caller's to free. */
static char *value_after(const struct http_reply *reply, const char *before)
{
	const char *at = strstr(reply->content.data, before);
	cr_assert_not_null(at, "%s", reply->content.data);
	at += strlen(before);
	return mem_strndup(at, strcspn(at, "\""));
}

Test(api_views, a_list_goes_on_from_its_cursor)
{
	struct site site;
	open_two(&site);
	struct http_reply first = site_get(&site, QUOTES, "limit=1");
	char *next = value_after(&first, "\"next\":\"");
	char *query = mem_format("cursor=%s&limit=1", next);
	struct http_reply second = site_get(&site, QUOTES, query);
	char *one = value_after(&first, "\"text\":\"");
	char *two = value_after(&second, "\"text\":\"");
	cr_assert_str_eq(one, "quote 451");
	cr_assert_str_eq(two, "An apple a day");
	cr_assert_not_null(strstr(second.content.data, "\"next\":null"));
	free(one);
	free(two);
	free(next);
	free(query);
	buffer_finish(&first.content);
	buffer_finish(&second.content);
	site_close(&site);
}

Test(api_views, an_error_is_a_problem)
{
	struct site site;
	open_two(&site);
	struct http_reply reply = site_get(&site, RANDOM, "count=0");
	cr_assert_str_eq(site_field(&reply, "Content-Type"), "application/problem+json");
	buffer_finish(&reply.content);
	site_close(&site);
}

Test(api_views, says_what_may_be_kept)
{
	static const struct {
		const char *path, *cache;
	} kept[] = {
		{RANDOM, "no-store"},
		{QUOTES, "no-store"},
		{QUOTES "/870ctwss9317", "public, max-age=86400"},
		{QUOTES "/today", "no-cache"},
		{"/api/v1/days", "no-cache"},
		{"/api/v1/days/2026-01-01", "no-cache"},
		{"/api/v1/openapi.json", "public, max-age=86400"},
	};
	struct site site;
	site_open(&site, "static:quote 1267", NULL);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		struct http_reply reply = site_get(&site, kept[i].path, "");
		cr_expect_str_eq(
			site_field(&reply, "Cache-Control"), kept[i].cache, "%s", kept[i].path);
		buffer_finish(&reply.content);
	}
	site_close(&site);
}

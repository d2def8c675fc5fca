#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/scratch.h"
#include "tests/support/site.h"

enum { MANY = ASK_LIST_MAX + 1 };

static size_t count(const char *text, const char *part)
{
	size_t found = 0;
	for (; (text = strstr(text, part)) != NULL; text++)
		found++;
	return found;
}

static struct http_reply get(struct site *site, const char *path)
{
	return site_request(site,
		&(struct http_request){
			.method = "GET", .path = path, .query = "", .base = "https://example.org"});
}

static void check(
	struct site *site, const char *path, unsigned status, const char *part, size_t times)
{
	struct http_reply reply = get(site, path);
	cr_expect_eq(reply.status, status, "%s: %u", path, reply.status);
	cr_expect_eq(count(reply.content.data, part), times, "%s: %s", path, reply.content.data);
	http_reply_finish(&reply);
}

Test(sitemap_views, have_every_quote)
{
	struct site site;
	site_open(&site, "static:A", "static:B");
	check(&site, "/sitemap.xml", 200, "<url><loc>https://example.org/q/", 2);
	check(&site, "/sitemap.xml", 200, "<url><loc>https://example.org/</loc></url>", 1);
	check(&site, "/sitemap.xml", 200, "<url><loc>https://example.org/browse</loc></url>", 1);
	check(&site, "/sitemap.xml", 200, "<url><loc>https://example.org/authors</loc></url>", 1);
	check(&site, "/sitemap.xml", 200, "<url><loc>https://example.org/days</loc></url>", 1);
	check(&site, "/sitemap/1", 200, "<url><loc>https://example.org/q/", 2);
	check(&site, "/sitemap/2", 404, "There are fewer sitemaps; /sitemap.xml names them.", 1);
	check(&site, "/sitemap/0", 404, "There is no such sitemap", 1);
	check(&site, "/sitemap/01", 404, "There is no such sitemap", 1);
	check(&site, "/sitemap/50001", 404, "There is no such sitemap", 1);
	check(&site, "/sitemap/99999999999999999999", 404, "There is no such sitemap", 1);
	site_check(&site, "/sitemap.xml", "", 404, "set base_url");
	site_close(&site);
}

Test(sitemap_views, are_several_if_one_would_be_too_long, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct buffer text = {0};
	struct site site;
	for (int i = 0; i < MANY; i++)
		buffer_format(&text, "Quote %d\n%%\n", i);
	scratch_write("many", text.data, text.length);
	site_open(&site, "fortune:many", NULL);
	check(&site, "/sitemap.xml", 200, "<sitemap><loc>https://example.org/sitemap/", 2);
	check(&site, "/sitemap/1", 200, "<url><loc>https://example.org/q/", ASK_LIST_MAX);
	check(&site, "/sitemap/2", 200, "<url><loc>https://example.org/q/", 1);
	check(&site, "/sitemap/2", 200, "<url><loc>https://example.org/</loc>", 0);
	site_close(&site);
	buffer_finish(&text);
}

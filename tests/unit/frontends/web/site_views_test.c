#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

#define BASE "https://example.org/quotes"

Test(site_views, table)
{
	static const char xml[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
				  "<OpenSearchDescription ";
	static const char robots[] = "User-agent: *\nDisallow: /search\nDisallow: /random\n";
	static const char day[] = "public, max-age=86400";
	static const struct {
		const char *path, *type, *cache, *content;
	} rows[] = {
		{"/healthz", "text/plain; charset=utf-8", "no-store", "ok\n"},
		{"/favicon.svg", "image/svg+xml", day, "<svg "},
		{"/favicon.ico", "image/vnd.microsoft.icon", day, ""},
		{"/apple-touch-icon.png", "image/png", day, "\x89PNG\r\n"},
		{"/robots.txt", "text/plain; charset=utf-8", day, robots},
		{"/opensearch.xml", "application/opensearchdescription+xml; charset=utf-8", day,
			xml},
	};
	struct site site;
	site_open(&site, "static:A", NULL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_reply reply = site_get(&site, rows[i].path, "");
		cr_expect_eq(reply.status, 200);
		cr_expect_str_eq(site_field(&reply, "Content-Type"), rows[i].type);
		cr_expect_str_eq(site_field(&reply, "Cache-Control"), rows[i].cache);
		cr_expect_not_null(strstr(reply.content.data, rows[i].content), "%s: %s",
			rows[i].path, reply.content.data);
		cr_expect_gt(reply.content.length, 2);
		http_reply_finish(&reply);
	}
	site_close(&site);
}

Test(site_views, give_programs_absolute_addresses)
{
	static const struct {
		const char *path, *base, *part;
	} rows[] = {
		{"/robots.txt", BASE, "\nDisallow: /quotes/search\nDisallow: /quotes/random\n"},
		{"/robots.txt", BASE, "\nSitemap: " BASE "/sitemap.xml\n"},
		{"/opensearch.xml", BASE, "template=\"" BASE "/search?q={searchTerms}\""},
		{"/opensearch.xml", BASE, BASE "/favicon.ico</Image>"},
		{"/opensearch.xml", NULL, "template=\"search?q={searchTerms}\""},
		{"/opensearch.xml", NULL, "<ShortName>Title</ShortName>"},
	};
	struct site site;
	site_open(&site, "static:A", NULL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_request request = {
			.method = "GET", .path = rows[i].path, .query = "", .base = rows[i].base};
		struct http_reply reply = site_request(&site, &request);
		cr_expect_not_null(
			strstr(reply.content.data, rows[i].part), "%s", reply.content.data);
		http_reply_finish(&reply);
	}
	site.visits.title = "A title of 22 & \x01 more";
	site_check(&site, "/opensearch.xml", "", 200,
		"<ShortName>Quotes</ShortName><Description>A title of 22 &amp;   "
		"more</Description>");
	site_check(&site, "/robots.txt", "", 200, "/random\n");
	site_close(&site);
}

Test(site_views, name_a_contact_if_there_is_one)
{
	struct site site;
	site_open(&site, "static:A", NULL);
	site_check(&site, "/.well-known/security.txt", "", 404, "No contact is set");
	site.visits.security_contact = "mailto:a@example.org";
	site_check(&site, "/.well-known/security.txt", "", 200,
		"Contact: mailto:a@example.org\nExpires: ");
	site_close(&site);
}

static bool find_state(
	const struct frontend_context *context, size_t index, struct frontend_state *ret_state)
{
	static const struct frontend_state states[] = {
		{.name = "web.default"}, {.name = "irc.libera", .state = "connecting"}};
	(void)context;
	if (index < sizeof states / sizeof *states)
		*ret_state = states[index];
	return index < sizeof states / sizeof *states;
}

Test(site_views, are_ready_as_soon_as_there_are_quotes)
{
	static const struct frontend_context context = {.find_state = find_state};
	static const char wires[] = "\"wires\":[{\"name\":\"web.default\",\"state\":\"serving\"},"
				    "{\"name\":\"irc.libera\",\"state\":\"connecting\"}]}\n";
	struct site site;
	site_open(&site, "static:A", NULL);
	site.visits.context = &context;
	site_check(&site, "/readyz", "", 200, "{\"ready\":true,\"quotes\":true,");
	site_check(&site, "/readyz", "", 200, wires);
	site_close(&site);
	site_open(&site, "command:true", NULL);
	site.visits.context = &context;
	site_check(&site, "/readyz", "", 503, "{\"ready\":false,\"quotes\":false,");
	site_check(&site, "/readyz", "", 503, wires);
	site_close(&site);
}

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

static bool find_state(
	const struct frontend_context *context, size_t index, struct frontend_state *ret_state)
{
	static const struct frontend_state states[] = {
		{.name = "web.default", .url = "https://example.org"},
		{.name = "qotd.default", .url = "qotd://192.0.2.7:17"},
		{.name = "qotd.local"},
		{.name = "mail.default", .url = "mailto:quote@example.org"},
		{.name = "irc.net", .url = "ircs://irc.example.org/a&b"},
	};
	(void)context;
	if (index < sizeof states / sizeof *states)
		*ret_state = states[index];
	return index < sizeof states / sizeof *states;
}

static const struct frontend_context context = {.find_state = find_state};

Test(about_views, lead_to_every_wire)
{
	static const char *const parts[] = {
		"<a href=\"mailto:quote@example.org\">quote@example.org</a>",
		"<a href=\"ircs://irc.example.org/a&amp;b\">ircs://irc.example.org/a&amp;b</a>",
		"<code>nc 192.0.2.7 17</code>", "<a href=feed>", "<a href=api>",
		"<a href=random.txt>", "quoted", QUOTED_VERSION};
	struct site site;
	site_open(&site, "static:A", NULL);
	site.visits.context = &context;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		site_check(&site, "/about", "", 200, parts[i]);
	struct http_request request = {.method = "GET",
		.path = "/about.html",
		.query = "",
		.base = "https://example.org/q"};
	struct http_reply reply = site_request(&site, &request);
	cr_expect_not_null(strstr(reply.content.data, "<code>curl https://example.org/q</code>"));
	http_reply_finish(&reply);
	site_close(&site);
}

Test(about_views, are_text_and_json_too)
{
	struct site site;
	site_open(&site, "static:A", NULL);
	site.visits.context = &context;
	site.visits.own = "http://127.0.0.1:8017";
	site_check(&site, "/about.html", "", 200,
		"<code>curl http://127.0.0.1:8017</code> (on this machine)");
	site_check(&site, "/about.txt", "", 200,
		"Title\n\nA quote for every day, and all others to browse, to search and to "
		"share.\n\n"
		"Ways to get a quote:\n"
		"- In a terminal: curl http://127.0.0.1:8017 (on this machine)\n"
		"- In a terminal: nc 192.0.2.7 17\n"
		"- By mail: write to quote@example.org; with the subject help, you get "
		"instructions\n");
	site_check(&site, "/about.txt", "", 200, "\n- In programs: /api\n\nThese pages set no");
	site_check(&site, "/about.json", "", 200,
		"{\"title\":\"Title\",\"url\":null,\"wires\":[{\"name\":\"web.default\",");
	site_check(&site, "/about.json", "", 200, "{\"name\":\"qotd.local\",\"url\":null}");
	site_check(&site, "/about.json", "", 200, "\"version\":\"" QUOTED_VERSION "\"}");
	site_close(&site);
}

Test(about_views, tell_whether_requests_are_logged)
{
	struct site site;
	site_open(&site, "static:A", NULL);
	site.visits.context = &context;
	site_check(&site, "/about", "", 200, "This program keeps no log of requests;");
	site.visits.logs_requests = true;
	site_check(&site, "/about", "", 200, "Each request is noted in a log of this server");
	site_close(&site);
}

Test(about_views, show_the_api)
{
	static const char *const parts[] = {"<code>/api/v1/quotes/random</code>",
		"<code>/api/v1/quotes/{id}</code>", "<dt><code>maxLength</code><dd>",
		"From 1 to 50.", "<a href=api/v1/openapi.json>"};
	struct site site;
	site_open(&site, "static:A", NULL);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		site_check(&site, "/api", "", 200, parts[i]);
	site_close(&site);
}

#include "frontends/web/web_reply.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

struct row {
	const char *method;
	const char *path;
	const char *accept;
	unsigned status;
	const char *type;
	const char *content; /* its beginning */
};

static const struct row rows[] = {
	{"GET", "/random.txt", "", 200, "text/plain; charset=utf-8",
		"Be \"careful\".\n    -- Mark\n"},
	{"GET", "/random.json", "", 200, "application/json", "{\"id\":\""},
	{"GET", "/", "text/html", 200, "text/html; charset=utf-8", "<!doctype html>"},
	{"GET", "/nope", "text/plain", 404, "text/plain; charset=utf-8", "404 Not Found: "},
	{"PUT", "/", "application/json", 405, "application/problem+json",
		"{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405,"},
	{"OPTIONS", "/", "", 204, "", ""},
};

Test(web_reply, forms)
{
	struct site site;
	site_open(&site, "static:Be \"careful\".\n    -- Mark", NULL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct http_reply reply = site_request(&site,
			&(struct http_request){
				.method = row->method, .path = row->path, .accept = row->accept});
		cr_assert_eq(reply.status, row->status, "%s: %u", row->path, reply.status);
		cr_assert_str_eq(site_field(&reply, "Content-Type"), row->type);
		cr_assert_eq(strncmp(reply.content.data, row->content, strlen(row->content)), 0,
			"%s", reply.content.data);
		cr_assert_eq(strstr(row->type, "html") != NULL,
			strstr(site_field(&reply, "Content-Security-Policy"), "style-src") != NULL);
		cr_assert_eq(row->status == 405 || row->status == 204,
			strcmp(site_field(&reply, "Allow"), "GET, HEAD, OPTIONS") == 0);
		http_reply_finish(&reply);
	}
	site_close(&site);
}

Test(web_reply, says_when_to_try_again)
{
	static const struct {
		unsigned status;
		unsigned known;
		unsigned seconds;
	} cases[] = {{404, 0, 0}, {429, 0, 1}, {503, 0, 60}, {503, 2, 2}};
	struct page *page = page_create("Title", 0);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct route route = {.status = cases[i].status,
			.retry_after = cases[i].known,
			.detail = "",
			.form = NEGOTIATE_FORM_HTML,
			.varies = true};
		struct http_reply reply = {0};
		web_reply_fail(&reply, &route, page, &(struct http_request){.path = "/"});
		cr_assert_eq(reply.retry_after, cases[i].seconds, "row %zu", i);
		http_reply_finish(&reply);
	}
	page_destroy(page);
}

Test(web_reply, every_refusal_closes_and_says_why)
{
	struct page *page = page_create("Title", 0);
	for (int fault = REQUEST_FAULT_TARGET; fault <= REQUEST_FAULT_TOO_MANY; fault++) {
		struct http_request request = {
			.method = "GET", .path = "/random.txt", .fault = (enum request_fault)fault};
		struct route route = route_find(&request);
		struct http_reply reply = {0};
		web_reply_fail(&reply, &route, page, &request);
		cr_assert(reply.close);
		cr_assert_geq(reply.status, 400);
		cr_assert_null(strstr(reply.content.data, "Error:"), "%s", reply.content.data);
		http_reply_finish(&reply);
	}
	page_destroy(page);
}

Test(web_reply, a_moved_path_is_told_and_kept)
{
	struct site site;
	site_open(&site, "static:A", NULL);
	struct http_reply reply = site_request(&site, &(struct http_request){.method = "GET",
							      .target = "/%74oday.json?a=b",
							      .path = "/today.json",
							      .improper = true});
	cr_assert_eq(reply.status, 301);
	cr_assert_str_eq(reply.location, "./today.json?a=b");
	http_reply_finish(&reply);
	site_close(&site);
}

Test(web_reply, only_json_is_open_to_the_scripts_of_others)
{
	static const struct {
		const char *method;
		const char *path;
		const char *origin;
		const char *age;
	} cases[] = {
		{"GET", "/random.json", "*", ""},
		{"GET", "/nope.json", "*", ""},
		{"POST", "/api/v1/quotes/random", "*", ""},
		{"OPTIONS", "/api/v1/quotes/random", "*", "86400"},
		{"OPTIONS", "/random.txt", "", ""},
		{"GET", "/random.txt", "", ""},
		{"GET", "/random.html", "", ""},
	};
	struct site site;
	site_open(&site, "static:A", NULL);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_reply reply = site_request(&site,
			&(struct http_request){.method = cases[i].method, .path = cases[i].path});
		cr_assert_str_eq(site_field(&reply, "Access-Control-Allow-Origin"), cases[i].origin,
			"%s %s", cases[i].method, cases[i].path);
		cr_assert_str_eq(site_field(&reply, "Access-Control-Max-Age"), cases[i].age);
		http_reply_finish(&reply);
	}
	site_close(&site);
}

Test(web_reply, a_page_limits_what_it_may_do)
{
	struct site site;
	site_open(&site, "static:A", NULL);
	struct http_reply reply = site_get(&site, "/", "");
	cr_assert_str_eq(site_field(&reply, "Cross-Origin-Opener-Policy"), "same-origin");
	cr_assert_not_null(strstr(site_field(&reply, "Permissions-Policy"), "camera=()"));
	cr_assert_str_eq(site_field(&reply, "Referrer-Policy"), "no-referrer");
	cr_assert_lt(reply.field_count, HTTP_REPLY_FIELDS_MAX - 4, "those of http have room");
	http_reply_finish(&reply);
	site_close(&site);
}

Test(web_reply, says_how_long_an_answer_may_be_kept)
{
	static const char *const cases[][2] = {
		{"/random", "no-store"},
		{"/search", "no-store"},
		{"/healthz", "no-store"},
		{"/nope", "no-store"},
		{"/today.json", "no-cache"},
		{"/", "no-cache"},
		{"/browse", "no-cache"},
		{"/q/870c", "no-store"},
		{"/day/2026-01-01", "public, max-age=86400"},
		{"/days/2026-01", "public, max-age=86400"},
		{"/day/9999-01-01", "no-store"},
		{"/api/v1/quotes/870c", "public, max-age=86400"},
		{"/favicon.svg", "public, max-age=86400"},
	};
	struct site site;
	site_open(&site, "static:quote 451", NULL);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_reply reply = site_get(&site, cases[i][0], "");
		cr_assert_str_eq(
			site_field(&reply, "Cache-Control"), cases[i][1], "%s", cases[i][0]);
		cr_assert_eq(reply.validate, strcmp(cases[i][1], "no-store") != 0);
		http_reply_finish(&reply);
	}
	site_close(&site);
}

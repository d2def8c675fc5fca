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
			strcmp(site_field(&reply, "Allow"), ROUTE_ALLOW) == 0);
		buffer_finish(&reply.content);
	}
	site_close(&site);
}

Test(web_reply, says_when_to_try_again)
{
	static const struct {
		unsigned status;
		const char *seconds;
	} cases[] = {{404, ""}, {429, "1"}, {503, "60"}};
	struct page *page = page_create("Title", 0);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct route route = {.status = cases[i].status,
			.detail = "",
			.form = NEGOTIATE_FORM_HTML,
			.varies = true};
		struct http_reply reply = {0};
		web_reply_fail(&reply, &route, page);
		cr_assert_str_eq(site_field(&reply, "Retry-After"), cases[i].seconds);
		buffer_finish(&reply.content);
	}
	page_destroy(page);
}

Test(web_reply, every_refusal_closes_and_says_why)
{
	struct page *page = page_create("Title", 0);
	for (int fault = REQUEST_FAULT_TARGET; fault <= REQUEST_FAULT_BODY; fault++) {
		struct http_request request = {
			.method = "GET", .path = "/random.txt", .fault = (enum request_fault)fault};
		struct route route = route_find(&request);
		struct http_reply reply = {0};
		web_reply_fail(&reply, &route, page);
		cr_assert(reply.close);
		cr_assert_geq(reply.status, 400);
		cr_assert_null(strstr(reply.content.data, "Error:"), "%s", reply.content.data);
		buffer_finish(&reply.content);
	}
	page_destroy(page);
}

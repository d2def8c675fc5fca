#include "frontends/web/web_reply.h"

#include <string.h>

#include <criterion/criterion.h>

static const struct quote quote = {.text = "Be \"careful\".\n    -- Mark",
	.length = 25,
	.body_length = 13,
	.author = "Mark",
	.author_length = 4};

static const char *field(const struct http_reply *reply, const char *name)
{
	for (size_t i = 0; i < reply->field_count; i++) {
		if (strcmp(reply->fields[i].name, name) == 0)
			return reply->fields[i].value;
	}
	return "";
}

struct row {
	const char *method;
	const char *path;
	const char *accept;
	bool has_quote;
	unsigned status;
	const char *type;
	const char *content; /* its beginning */
};

static const struct row rows[] = {
	{"GET", "/random.txt", "", true, 200, "text/plain; charset=utf-8",
		"Be \"careful\".\n    -- Mark\n"},
	{"GET", "/random.json", "", true, 200, "application/json",
		"{\"id\":\"000000000000\",\"text\":\"Be "
		"\\\"careful\\\".\",\"author\":\"Mark\",\"language\":null}\n"},
	{"GET", "/", "text/html", true, 200, "text/html; charset=utf-8", "<!doctype html>"},
	{"GET", "/healthz", "", false, 200, "text/plain; charset=utf-8", "ok\n"},
	{"GET", "/favicon.svg", "", false, 200, "image/svg+xml", "<svg "},
	{"GET", "/nope", "text/plain", true, 404, "text/plain; charset=utf-8", "404 Not Found: "},
	{"PUT", "/", "application/json", true, 405, "application/problem+json",
		"{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405,"},
	{"OPTIONS", "/", "", true, 204, "", ""},
};

Test(web_reply, forms)
{
	struct page *page = page_create("Title", 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct http_request request = {
			.method = row->method, .path = row->path, .accept = row->accept};
		struct route route = route_find(&request);
		struct http_reply reply = {0};
		web_reply_fill(&reply, &route, page, row->has_quote ? &quote : NULL, NULL);
		const char *content = reply.content.data != NULL ? reply.content.data : "";
		cr_assert_eq(reply.status, row->status, "%s: %u", row->path, reply.status);
		cr_assert_str_eq(field(&reply, "Content-Type"), row->type);
		cr_assert_eq(
			strncmp(content, row->content, strlen(row->content)), 0, "%s", content);
		cr_assert_eq(strstr(row->type, "html") != NULL,
			strstr(field(&reply, "Content-Security-Policy"), "style-src") != NULL);
		cr_assert_eq(row->status == 405 || row->status == 204,
			strcmp(field(&reply, "Allow"), ROUTE_ALLOW) == 0);
		buffer_finish(&reply.content);
	}
	page_destroy(page);
}

Test(web_reply, says_when_to_try_again)
{
	static const struct {
		unsigned status;
		const char *seconds;
	} cases[] = {{404, ""}, {429, "1"}, {503, "60"}};
	struct page *page = page_create("Title", 0);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct route route = {.answer = ROUTE_ANSWER_ERROR,
			.status = cases[i].status,
			.detail = "",
			.form = NEGOTIATE_FORM_HTML,
			.varies = true};
		struct http_reply reply = {0};
		web_reply_fill(&reply, &route, page, NULL, NULL);
		cr_assert_str_eq(field(&reply, "Retry-After"), cases[i].seconds);
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
		web_reply_fill(&reply, &route, page, NULL, NULL);
		cr_assert(reply.close);
		cr_assert_geq(reply.status, 400);
		cr_assert_null(strstr(reply.content.data, "Error:"), "%s", reply.content.data);
		buffer_finish(&reply.content);
	}
	page_destroy(page);
}

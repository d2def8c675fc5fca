#include "frontends/web/route.h"

#include <stddef.h>

#include <criterion/criterion.h>

struct row {
	const char *method;
	const char *path;
	enum request_fault fault;
	unsigned status;
	const char *view;         /* its path; NULL: none */
	enum negotiate_form form; /* for a browser */
	bool varies;
};

#define OK REQUEST_FAULT_NONE

static const struct row rows[] = {
	{"GET", "/", OK, 200, "/", NEGOTIATE_FORM_HTML, true},
	{"HEAD", "/", OK, 200, "/", NEGOTIATE_FORM_HTML, true},
	{"GET", "/random", OK, 200, "/random", NEGOTIATE_FORM_HTML, true},
	{"GET", "/random.txt", OK, 200, "/random", NEGOTIATE_FORM_TEXT, false},
	{"GET", "/random.json", OK, 200, "/random", NEGOTIATE_FORM_JSON, false},
	{"GET", "/api/v1/quotes/random", OK, 200, "/api/v1/quotes/random", NEGOTIATE_FORM_JSON,
		false},
	{"GET", "/healthz", OK, 200, "/healthz", NEGOTIATE_FORM_TEXT, false},
	{"GET", "/favicon.svg", OK, 200, "/favicon.svg", NEGOTIATE_FORM_TEXT, false},
	{"GET", "/random.html", OK, 200, "/random", NEGOTIATE_FORM_HTML, false},
	{"GET", "/index.txt", OK, 200, "/index", NEGOTIATE_FORM_TEXT, false},
	{"GET", "/day/2026-11-26.txt", OK, 200, "/day/", NEGOTIATE_FORM_TEXT, false},
	{"GET", "/days", OK, 200, "/days", NEGOTIATE_FORM_HTML, true},
	{"GET", "/days/2026-11", OK, 200, "/days/", NEGOTIATE_FORM_HTML, true},
	{"GET", "/browse.json", OK, 200, "/browse", NEGOTIATE_FORM_JSON, false},
	{"GET", "/browse/a b", OK, 200, "/browse/", NEGOTIATE_FORM_HTML, true},
	{"GET", "/authors", OK, 200, "/authors", NEGOTIATE_FORM_HTML, true},
	{"GET", "/author/A/B.txt.html", OK, 200, "/author/", NEGOTIATE_FORM_HTML, false},
	{"GET", "/q/abcd", OK, 200, "/q/", NEGOTIATE_FORM_HTML, true},
	{"GET", "/q/abcd.json", OK, 200, "/q/", NEGOTIATE_FORM_JSON, false},
	{"GET", "/api/v1/quotes/abcd", OK, 200, "/api/v1/quotes/", NEGOTIATE_FORM_JSON, false},
	{"GET", "/q/", OK, 404, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "/.txt", OK, 404, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "/healthz.json", OK, 404, NULL, NEGOTIATE_FORM_JSON, false},
	{"OPTIONS", "/", OK, 204, NULL, NEGOTIATE_FORM_HTML, true},
	{"OPTIONS", "*", OK, 204, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "*", OK, 404, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "", OK, 404, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "/Random", OK, 404, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "/random/", OK, 404, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "/%00", OK, 404, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "/../random", OK, 404, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "/nope.txt", OK, 404, NULL, NEGOTIATE_FORM_TEXT, false},
	{"GET", "/nope.json", OK, 404, NULL, NEGOTIATE_FORM_JSON, false},
	{"GET", "/api/v1/nope", OK, 404, NULL, NEGOTIATE_FORM_JSON, false},
	{"OPTIONS", "/nope", OK, 404, NULL, NEGOTIATE_FORM_HTML, true},
	{"POST", "/", OK, 405, NULL, NEGOTIATE_FORM_HTML, true},
	{"POST", "/api/v1/quotes/random", OK, 405, NULL, NEGOTIATE_FORM_JSON, false},
	{"TRACE", "/", OK, 405, NULL, NEGOTIATE_FORM_HTML, true},
	{"get", "/", OK, 405, NULL, NEGOTIATE_FORM_HTML, true},
	{"POST", "/nope", OK, 404, NULL, NEGOTIATE_FORM_HTML, true},
	{"POST", "/", REQUEST_FAULT_BODY, 405, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "/", REQUEST_FAULT_BODY, 413, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "/subscribe", OK, 200, "/subscribe", NEGOTIATE_FORM_HTML, true},
	{"POST", "/subscribe", OK, 200, "/subscribe", NEGOTIATE_FORM_HTML, true},
	{"POST", "/subscription/c1-x", OK, 200, "/subscription/", NEGOTIATE_FORM_HTML, true},
	{"PUT", "/subscribe", OK, 405, NULL, NEGOTIATE_FORM_HTML, true},
	{"POST", "/subscribe", REQUEST_FAULT_BODY, 413, NULL, NEGOTIATE_FORM_HTML, true},
	{"POST", "/subscribe", REQUEST_FAULT_NO_LENGTH, 411, NULL, NEGOTIATE_FORM_HTML, true},
	{"POST", "/", REQUEST_FAULT_NO_LENGTH, 405, NULL, NEGOTIATE_FORM_HTML, true},
	{"PUT", "/subscribe", REQUEST_FAULT_BODY, 405, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "/", REQUEST_FAULT_HOST, 400, NULL, NEGOTIATE_FORM_HTML, true},
	{"POST", "/", REQUEST_FAULT_FRAMING, 400, NULL, NEGOTIATE_FORM_HTML, true},
	{"GET", "", REQUEST_FAULT_TARGET_LENGTH, 414, NULL, NEGOTIATE_FORM_HTML, true},
};

Test(route, table)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct http_request request = {.method = row->method,
			.path = row->path,
			.accept = "text/html",
			.fault = row->fault};
		struct route route = route_find(&request);
		cr_assert_eq(route.status, row->status, "%s %s: %u", row->method, row->path,
			route.status);
		cr_assert_eq(
			route.view != NULL, row->view != NULL, "%s %s", row->method, row->path);
		if (row->view != NULL)
			cr_assert_str_eq(route.view->path, row->view);
		cr_assert_eq(route.form, row->form, "%s %s", row->method, row->path);
		cr_assert_eq(route.varies, row->varies, "%s %s", row->method, row->path);
		cr_assert_eq(route.refused, row->fault != OK, "%s %s", row->method, row->path);
		cr_assert_eq(route.detail != NULL, route.view == NULL);
	}
}

Test(route, an_improper_path_moves_if_it_is_a_route)
{
	static const struct {
		const char *method;
		const char *path;
		unsigned status;
	} cases[] = {
		{"GET", "/today", 301},
		{"HEAD", "/q/abcd", 301},
		{"GET", "/nope", 404},
		{"POST", "/today", 405},
		{"OPTIONS", "/today", 204},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_request request = {
			.method = cases[i].method, .path = cases[i].path, .improper = true};
		cr_assert_eq(route_find(&request).status, cases[i].status, "%s %s", cases[i].method,
			cases[i].path);
	}
}

Test(route, a_suffix_wins_over_accept_and_agent)
{
	struct http_request request = {.method = "GET",
		.path = "/random.txt",
		.accept = "application/json",
		.user_agent = "Mozilla/5.0"};
	cr_assert_eq(route_find(&request).form, NEGOTIATE_FORM_TEXT);
	request.path = "/random";
	cr_assert_eq(route_find(&request).form, NEGOTIATE_FORM_JSON);
	request.accept = "*/*";
	request.user_agent = "curl/8";
	cr_assert_eq(route_find(&request).form, NEGOTIATE_FORM_TEXT);
}

Test(route, forms_have_suffixes)
{
	cr_expect_str_eq(route_suffix(NEGOTIATE_FORM_HTML), ".html");
	cr_expect_str_eq(route_suffix(NEGOTIATE_FORM_TEXT), ".txt");
	cr_expect_str_eq(route_suffix(NEGOTIATE_FORM_JSON), ".json");
}

#include "frontends/web/route.h"

#include <stddef.h>

#include <criterion/criterion.h>

struct row {
	const char *method;
	const char *path;
	enum request_fault fault;
	unsigned status;
	enum route_answer answer;
	enum negotiate_form form; /* for a browser */
	bool varies;
};

#define OK REQUEST_FAULT_NONE

static const struct row rows[] = {
	{"GET", "/", OK, 200, ROUTE_ANSWER_QUOTES, NEGOTIATE_FORM_HTML, true},
	{"HEAD", "/", OK, 200, ROUTE_ANSWER_QUOTES, NEGOTIATE_FORM_HTML, true},
	{"GET", "/random", OK, 200, ROUTE_ANSWER_QUOTES, NEGOTIATE_FORM_HTML, true},
	{"GET", "/random.txt", OK, 200, ROUTE_ANSWER_QUOTES, NEGOTIATE_FORM_TEXT, false},
	{"GET", "/random.json", OK, 200, ROUTE_ANSWER_QUOTES, NEGOTIATE_FORM_JSON, false},
	{"GET", "/api/v1/quotes/random", OK, 200, ROUTE_ANSWER_QUOTES, NEGOTIATE_FORM_JSON, false},
	{"GET", "/healthz", OK, 200, ROUTE_ANSWER_HEALTH, NEGOTIATE_FORM_TEXT, false},
	{"GET", "/favicon.svg", OK, 200, ROUTE_ANSWER_ICON, NEGOTIATE_FORM_HTML, false},
	{"OPTIONS", "/", OK, 204, ROUTE_ANSWER_OPTIONS, NEGOTIATE_FORM_HTML, true},
	{"OPTIONS", "*", OK, 204, ROUTE_ANSWER_OPTIONS, NEGOTIATE_FORM_HTML, true},
	{"GET", "*", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"GET", "", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"GET", "/Random", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"GET", "/random/", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"GET", "/%00", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"GET", "/../random", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"GET", "/nope.txt", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_TEXT, false},
	{"GET", "/nope.json", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_JSON, false},
	{"GET", "/api/v1/nope", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_JSON, false},
	{"OPTIONS", "/nope", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"POST", "/", OK, 405, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"POST", "/api/v1/quotes/random", OK, 405, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_JSON, false},
	{"TRACE", "/", OK, 405, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"get", "/", OK, 405, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"POST", "/nope", OK, 404, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"POST", "/", REQUEST_FAULT_BODY, 405, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"GET", "/", REQUEST_FAULT_BODY, 413, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"GET", "/", REQUEST_FAULT_HOST, 400, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"POST", "/", REQUEST_FAULT_FRAMING, 400, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML, true},
	{"GET", "", REQUEST_FAULT_TARGET_LENGTH, 414, ROUTE_ANSWER_ERROR, NEGOTIATE_FORM_HTML,
		true},
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
		cr_assert_eq(route.answer, row->answer, "%s %s", row->method, row->path);
		cr_assert_eq(route.form, row->form, "%s %s", row->method, row->path);
		cr_assert_eq(route.varies, row->varies, "%s %s", row->method, row->path);
		cr_assert_eq(route.refused, row->fault != OK, "%s %s", row->method, row->path);
		cr_assert_eq(route.detail != NULL, route.answer == ROUTE_ANSWER_ERROR);
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

#include "frontends/web/route.h"

#include <stddef.h>
#include <string.h>

struct row {
	const char *path;
	enum route_answer answer;
	enum ask_kind kind;
	enum negotiate_form form;
	bool varies;
};

static const struct row rows[] = {
	{"/", ROUTE_ANSWER_QUOTES, ASK_KIND_RANDOM, NEGOTIATE_FORM_HTML, true},
	{"/random", ROUTE_ANSWER_QUOTES, ASK_KIND_RANDOM, NEGOTIATE_FORM_HTML, true},
	{"/random.txt", ROUTE_ANSWER_QUOTES, ASK_KIND_RANDOM, NEGOTIATE_FORM_TEXT, false},
	{"/random.json", ROUTE_ANSWER_QUOTES, ASK_KIND_RANDOM, NEGOTIATE_FORM_JSON, false},
	{"/api/v1/quotes/random", ROUTE_ANSWER_QUOTES, ASK_KIND_RANDOM, NEGOTIATE_FORM_JSON, false},
	{"/today", ROUTE_ANSWER_QUOTES, ASK_KIND_TODAY, NEGOTIATE_FORM_HTML, true},
	{"/today.txt", ROUTE_ANSWER_QUOTES, ASK_KIND_TODAY, NEGOTIATE_FORM_TEXT, false},
	{"/today.json", ROUTE_ANSWER_QUOTES, ASK_KIND_TODAY, NEGOTIATE_FORM_JSON, false},
	{"/api/v1/quotes/today", ROUTE_ANSWER_QUOTES, ASK_KIND_TODAY, NEGOTIATE_FORM_JSON, false},
	{"/search", ROUTE_ANSWER_QUOTES, ASK_KIND_SEARCH, NEGOTIATE_FORM_HTML, true},
	{"/search.txt", ROUTE_ANSWER_QUOTES, ASK_KIND_SEARCH, NEGOTIATE_FORM_TEXT, false},
	{"/search.json", ROUTE_ANSWER_QUOTES, ASK_KIND_SEARCH, NEGOTIATE_FORM_JSON, false},
	{"/api/v1/quotes", ROUTE_ANSWER_QUOTES, ASK_KIND_SEARCH, NEGOTIATE_FORM_JSON, false},
	{"/healthz", ROUTE_ANSWER_HEALTH, 0, NEGOTIATE_FORM_TEXT, false},
	{"/favicon.svg", ROUTE_ANSWER_ICON, 0, NEGOTIATE_FORM_HTML, false},
};

/* The id of a quote follows these paths, and after /q/ perhaps a suffix. */
static const struct row quote_row = {
	"/q/", ROUTE_ANSWER_QUOTES, ASK_KIND_ID, NEGOTIATE_FORM_HTML, true};
static const struct row api_row = {
	"/api/v1/quotes/", ROUTE_ANSWER_QUOTES, ASK_KIND_ID, NEGOTIATE_FORM_JSON, false};

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* Returns whether the path is that of the row with an id and a suffix that it can have. */
static bool take_id(const char *path, const struct row *row, char ret_id[ROUTE_ID_SIZE])
{
	const char *id = path + strlen(row->path);
	if (!starts_with(path, row->path))
		return false;
	size_t length =
		strspn(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
	const char *end = id + length;
	bool known = *end == '\0' ||
		     (row->varies && (strcmp(end, ".txt") == 0 || strcmp(end, ".json") == 0));
	if (length == 0 || length >= ROUTE_ID_SIZE || !known)
		return false;
	memcpy(ret_id, id, length);
	ret_id[length] = '\0';
	return true;
}

static const struct row *find_row(const char *path, char ret_id[ROUTE_ID_SIZE])
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (strcmp(rows[i].path, path) == 0)
			return &rows[i];
	}
	if (take_id(path, &quote_row, ret_id))
		return &quote_row;
	return take_id(path, &api_row, ret_id) ? &api_row : NULL;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text);
	size_t end_length = strlen(end);
	return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/* An unknown path has an error in the form that its suffix names. */
static void choose_form(
	struct route *route, const struct row *row, const struct http_request *request)
{
	route->varies = false;
	if (row != NULL && !row->varies) {
		route->form = row->form;
	} else if (strncmp(request->path, "/api/", 5) == 0 || ends_with(request->path, ".json")) {
		route->form = NEGOTIATE_FORM_JSON;
	} else if (ends_with(request->path, ".txt")) {
		route->form = NEGOTIATE_FORM_TEXT;
	} else {
		route->form = negotiate(request->accept, request->user_agent);
		route->varies = true;
	}
}

static void fail(struct route *route, unsigned status, const char *detail)
{
	route->answer = ROUTE_ANSWER_ERROR;
	route->status = status;
	route->detail = detail;
}

struct route route_find(const struct http_request *request)
{
	struct route route = {.status = 200, .refused = request->fault != REQUEST_FAULT_NONE};
	const struct row *row = find_row(request->path, route.id);
	choose_form(&route, row, request);
	bool is_read = strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
	bool is_options = strcmp(request->method, "OPTIONS") == 0;
	const char *detail;
	unsigned refusal = request_check_status(request->fault, &detail);
	if (route.refused && (request->fault != REQUEST_FAULT_BODY || is_read))
		fail(&route, refusal, detail);
	else if (row == NULL && !(is_options && strcmp(request->path, "*") == 0))
		fail(&route, 404, "There is nothing at this address.");
	else if (is_options)
		route.answer = ROUTE_ANSWER_OPTIONS, route.status = 204;
	else if (!is_read)
		fail(&route, 405, "This address is read-only; use GET.");
	else
		route.answer = row->answer, route.kind = row->kind;
	return route;
}

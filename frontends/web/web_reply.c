#include "frontends/web/web_reply.h"

#include <stdlib.h>

#include "frontends/http/request_path.h"
#include "frontends/kit/json_writer.h"

/* Until a client may try again, if nothing says when that helps. */
enum { UNKNOWN_SECONDS = 60 };

static const char *type_of(enum negotiate_form form, bool is_error)
{
	switch (form) {
	case NEGOTIATE_FORM_HTML:
		return "text/html; charset=utf-8";
	case NEGOTIATE_FORM_TEXT:
		return "text/plain; charset=utf-8";
	case NEGOTIATE_FORM_JSON:
		return is_error ? "application/problem+json" : "application/json";
	}
	return "text/plain; charset=utf-8";
}

/* RFC 9457. */
static void write_problem(struct http_reply *reply, const struct route *route, const char *title)
{
	struct json_writer *problem = json_writer_object();
	json_writer_text(problem, "type", "about:blank");
	json_writer_text(problem, "title", title);
	json_writer_count(problem, "status", route->status);
	json_writer_text(problem, "detail", route->detail);
	if (route->parameter != NULL)
		json_writer_text(problem, "parameter", route->parameter);
	json_writer_line(problem, &reply->content);
}

static void write_error(struct http_reply *reply, const struct route *route,
	const struct page *page, const struct http_request *request)
{
	const char *title = http_reply_title(route->status);
	switch (route->form) {
	case NEGOTIATE_FORM_HTML:
		page_write_error(
			page, request, route->status, title, route->detail, &reply->content);
		break;
	case NEGOTIATE_FORM_TEXT:
		buffer_format(&reply->content, "%u %s: %s\n", route->status, title, route->detail);
		break;
	case NEGOTIATE_FORM_JSON:
		write_problem(reply, route, title);
		break;
	}
}

/* For scripts of any page, since there is nothing here that only some may read. */
static void open_to_scripts(struct http_reply *reply, const struct route *route)
{
	if (route->form == NEGOTIATE_FORM_JSON)
		http_reply_add(reply, "Access-Control-Allow-Origin", "*");
}

static void describe_page(struct http_reply *reply, const struct page *page)
{
	reply->front = page_front(page);
	http_reply_add(reply, "Content-Security-Policy", page_policy(page));
	http_reply_add(reply, "Referrer-Policy", "no-referrer");
	http_reply_add(reply, "Permissions-Policy",
		"camera=(), geolocation=(), microphone=(), payment=(), usb=()");
	http_reply_add(reply, "Cross-Origin-Opener-Policy", "same-origin");
}

/* A cache must not give one client's quote to another, so most must not be stored. */
static void describe(struct http_reply *reply, const struct route *route, const struct page *page,
	const char *type, const char *cache)
{
	reply->status = route->status;
	reply->close = route->refused;
	reply->varies = route->varies;
	reply->validate = cache != NULL || reply->max_age > 0;
	reply->compress = reply->compress || route->form != NEGOTIATE_FORM_TEXT;
	if (reply->max_age == 0)
		http_reply_add(reply, "Cache-Control", cache != NULL ? cache : "no-store");
	open_to_scripts(reply, route);
	/* What else there is to say, the client has with the content. */
	if (route->status == 304)
		return;
	http_reply_add(reply, "Content-Type", type);
	http_reply_add(reply, "X-Content-Type-Options", "nosniff");
	if (route->form == NEGOTIATE_FORM_HTML)
		describe_page(reply, page);
}

static void fill_error(struct http_reply *reply, const struct route *route, const struct page *page,
	const struct http_request *request)
{
	reply->max_age = 0;
	describe(reply, route, page, type_of(route->form, true), NULL);
	if (route->status == 405)
		http_reply_add(reply, "Allow", route->allow);
	/* A prefix may make at least one request a second, so it has a token again by then. */
	if (route->status == 429)
		reply->retry_after = route->retry_after > 0 ? route->retry_after : 1;
	if (route->status == 503)
		reply->retry_after = route->retry_after > 0 ? route->retry_after : UNKNOWN_SECONDS;
	write_error(reply, route, page, request);
}

/* A day, for browsers ask before each request otherwise. */
static void fill_options(struct http_reply *reply, const struct route *route)
{
	http_reply_add(reply, "Allow", route->allow);
	if (route->form != NEGOTIATE_FORM_JSON)
		return;
	open_to_scripts(reply, route);
	http_reply_add(reply, "Access-Control-Allow-Methods", route->allow);
	http_reply_add(reply, "Access-Control-Allow-Headers", "*");
	http_reply_add(reply, "Access-Control-Max-Age", "86400");
}

static void fill_moved(
	struct http_reply *reply, const struct route *route, const struct http_request *request)
{
	http_reply_add(reply, "Cache-Control", VISIT_KEEP_A_DAY);
	open_to_scripts(reply, route);
	if (reply->location == NULL)
		reply->location = request_path_location(request->target);
}

void web_reply_fail(struct http_reply *reply, const struct route *route, const struct page *page,
	const struct http_request *request)
{
	reply->status = route->status;
	reply->close = route->refused;
	switch (route->status) {
	case 204:
		fill_options(reply, route);
		break;
	case 301:
		fill_moved(reply, route, request);
		break;
	default:
		fill_error(reply, route, page, request);
		break;
	}
}

void web_reply_locate(struct visit *visit, const char *path)
{
	struct buffer location = {0};
	for (size_t i = 0; i < visit->request.depth; i++)
		buffer_add(&location, "../");
	buffer_format(&location, "%s%s", location.length == 0 ? "./" : "", path);
	free(visit->reply->location);
	visit->reply->location = location.data;
}

void web_reply_move(struct visit *visit, const char *path)
{
	struct http_reply *reply = visit->reply;
	web_reply_locate(visit, path);
	reply->status = 302;
	http_reply_add(reply, "Cache-Control", "no-store");
	reply->varies = visit->route.varies;
	open_to_scripts(reply, &visit->route);
	visit->route.view = NULL;
}

void web_reply_finish(struct visit *visit)
{
	const struct route *route = &visit->route;
	if (route->view == NULL)
		return;
	visit->reply->max_age = visit->max_age;
	describe(visit->reply, route, visit->visits->page,
		visit->type != NULL ? visit->type : type_of(route->form, false), visit->cache);
}

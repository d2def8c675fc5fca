#include "frontends/web/web_reply.h"

#include "frontends/kit/json_writer.h"
#include "frontends/web/assets.h"

static const char *title_of(unsigned status)
{
	switch (status) {
	case 400:
		return "Bad Request";
	case 404:
		return "Not Found";
	case 405:
		return "Method Not Allowed";
	case 413:
		return "Content Too Large";
	case 414:
		return "URI Too Long";
	case 429:
		return "Too Many Requests";
	case 500:
		return "Internal Server Error";
	case 503:
		return "Service Unavailable";
	default:
		return "Error";
	}
}

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
	json_writer_line(problem, &reply->content);
}

static void write_error(
	struct http_reply *reply, const struct route *route, const struct page *page)
{
	const char *title = title_of(route->status);
	switch (route->form) {
	case NEGOTIATE_FORM_HTML:
		page_write_error(page, route->status, title, route->detail, &reply->content);
		break;
	case NEGOTIATE_FORM_TEXT:
		buffer_format(&reply->content, "%u %s: %s\n", route->status, title, route->detail);
		break;
	case NEGOTIATE_FORM_JSON:
		write_problem(reply, route, title);
		break;
	}
}

/* A cache must not give one client's quote to another, so most must not be stored. */
static void describe(struct http_reply *reply, const struct route *route, const struct page *page,
	const char *type, const char *cache)
{
	http_reply_add(reply, "Content-Type", type);
	http_reply_add(reply, "Cache-Control", cache != NULL ? cache : "no-store");
	http_reply_add(reply, "X-Content-Type-Options", "nosniff");
	if (route->varies)
		http_reply_add(reply, "Vary", "Accept, User-Agent");
	if (route->form == NEGOTIATE_FORM_HTML) {
		http_reply_add(reply, "Content-Security-Policy", page_policy(page));
		http_reply_add(reply, "Referrer-Policy", "no-referrer");
	}
}

void web_reply_fail(struct http_reply *reply, const struct route *route, const struct page *page)
{
	reply->status = route->status;
	reply->close = route->refused;
	if (route->status == 204) {
		http_reply_add(reply, "Allow", ROUTE_ALLOW);
		return;
	}
	describe(reply, route, page, type_of(route->form, true), NULL);
	if (route->status == 405)
		http_reply_add(reply, "Allow", ROUTE_ALLOW);
	if (route->status == 429)
		http_reply_add(reply, "Retry-After", "1");
	if (route->status == 503)
		http_reply_add(reply, "Retry-After", "60");
	write_error(reply, route, page);
}

void web_reply_finish(struct visit *visit)
{
	const struct route *route = &visit->route;
	if (route->view == NULL)
		return;
	visit->reply->status = route->status;
	visit->reply->close = route->refused;
	describe(visit->reply, route, visit->visits->page,
		visit->type != NULL ? visit->type : type_of(route->form, false), visit->cache);
}

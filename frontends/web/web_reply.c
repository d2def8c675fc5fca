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

static void write_quote(struct http_reply *reply, const struct route *route,
	const struct page *page, const struct quote *quote, const char *host)
{
	switch (route->form) {
	case NEGOTIATE_FORM_HTML:
		page_write_quote(page, quote, host, &reply->content);
		break;
	case NEGOTIATE_FORM_TEXT:
		buffer_append(&reply->content, quote->text, quote->length);
		buffer_append(&reply->content, "\n", 1);
		break;
	case NEGOTIATE_FORM_JSON:
		json_writer_line(json_writer_quote(quote), &reply->content);
		break;
	}
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

/* A cache must not give one client's quote to another, so only the icon may be stored. */
static void describe(struct http_reply *reply, const struct route *route, const struct page *page)
{
	bool is_error = route->answer == ROUTE_ANSWER_ERROR;
	http_reply_add(reply, "Content-Type", type_of(route->form, is_error));
	http_reply_add(reply, "Cache-Control", "no-store");
	http_reply_add(reply, "X-Content-Type-Options", "nosniff");
	if (route->varies)
		http_reply_add(reply, "Vary", "Accept, User-Agent");
	if (route->form == NEGOTIATE_FORM_HTML) {
		http_reply_add(reply, "Content-Security-Policy", page_policy(page));
		http_reply_add(reply, "Referrer-Policy", "no-referrer");
	}
	if (route->status == 405)
		http_reply_add(reply, "Allow", ROUTE_ALLOW);
	if (route->status == 429)
		http_reply_add(reply, "Retry-After", "1");
	if (route->status == 503)
		http_reply_add(reply, "Retry-After", "60");
}

static void fill_icon(struct http_reply *reply)
{
	http_reply_add(reply, "Content-Type", "image/svg+xml");
	http_reply_add(reply, "Cache-Control", "public, max-age=86400");
	http_reply_add(reply, "X-Content-Type-Options", "nosniff");
	http_reply_add(reply, "Content-Security-Policy", "default-src 'none'");
	buffer_append(&reply->content, assets_icon, assets_icon_length);
}

static void fill_error(struct http_reply *reply, const struct route *route, const struct page *page)
{
	describe(reply, route, page);
	write_error(reply, route, page);
}

void web_reply_fill(struct http_reply *reply, const struct route *route, const struct page *page,
	const struct quote *quote, const char *host)
{
	reply->status = route->status;
	reply->close = route->refused;
	switch (route->answer) {
	case ROUTE_ANSWER_QUOTES:
		describe(reply, route, page);
		write_quote(reply, route, page, quote, host);
		break;
	case ROUTE_ANSWER_HEALTH:
		describe(reply, route, page);
		buffer_add(&reply->content, "ok\n");
		break;
	case ROUTE_ANSWER_ICON:
		fill_icon(reply);
		break;
	case ROUTE_ANSWER_OPTIONS:
		http_reply_add(reply, "Allow", ROUTE_ALLOW);
		break;
	case ROUTE_ANSWER_ERROR:
		fill_error(reply, route, page);
		break;
	}
}

static void write_json_results(struct http_reply *reply, const struct page_results *results)
{
	struct json_writer *quotes = json_writer_array();
	struct json_writer *object = json_writer_object();
	for (size_t i = 0; i < results->count; i++)
		json_writer_element(quotes, json_writer_quote(&results->quotes[i]));
	json_writer_text(object, "query", results->words);
	json_writer_count(object, "total", results->total);
	json_writer_count(object, "page", (size_t)results->page);
	json_writer_count(object, "limit", (size_t)results->limit);
	json_writer_member(object, "quotes", quotes);
	json_writer_line(object, &reply->content);
}

static void write_results(struct http_reply *reply, const struct route *route,
	const struct page *page, const struct page_results *results)
{
	switch (route->form) {
	case NEGOTIATE_FORM_HTML:
		page_write_results(page, results, &reply->content);
		break;
	case NEGOTIATE_FORM_TEXT:
		for (size_t i = 0; i < results->count; i++)
			buffer_format(&reply->content, "%s%s\n", i > 0 ? "%\n" : "",
				results->quotes[i].text);
		break;
	case NEGOTIATE_FORM_JSON:
		write_json_results(reply, results);
		break;
	}
}

void web_reply_fill_results(struct http_reply *reply, const struct route *route,
	const struct page *page, const struct page_results *results)
{
	reply->status = route->status;
	reply->close = route->refused;
	describe(reply, route, page);
	write_results(reply, route, page, results);
}

#include "tests/support/site.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/askers.h"

void site_open(struct site *site, const char *spec, const char *more)
{
	*site = (struct site){0};
	if (more != NULL)
		quotes_add(&site->quotes, "quotes", spec);
	site_open_more(site, more != NULL ? more : spec);
}

void site_open_more(struct site *site, const char *spec)
{
	quotes_add(&site->quotes, "quotes", spec);
	site->page = page_create("Title", 0);
	site->visits.page = site->page;
	site->visits.title = "Title";
	site->visits.security_contact = "";
	site->visits.asker = askers_open(quotes_open(&site->quotes), NULL, "web.test");
	asker_browse(site->visits.asker);
}

struct http_reply site_request(struct site *site, const struct http_request *request)
{
	struct http_reply reply = {0};
	struct http_request whole = *request;
	whole.query = request->query != NULL ? request->query : "";
	cr_assert(visit_begin(&site->visits, &whole, NULL, &reply));
	buffer_add(&reply.content, "");
	cr_assert_null(site->visits.first);
	return reply;
}

struct http_reply site_get(struct site *site, const char *path, const char *query)
{
	return site_request(site,
		&(struct http_request){
			.method = "GET", .path = path, .query = query, .accept = "text/html"});
}

void site_check(
	struct site *site, const char *path, const char *query, unsigned status, const char *part)
{
	struct http_reply reply = site_get(site, path, query);
	cr_assert_eq(reply.status, status, "%s?%s: %u", path, query, reply.status);
	cr_assert_not_null(
		strstr(reply.content.data, part), "%s?%s: %s", path, query, reply.content.data);
	http_reply_finish(&reply);
}

const char *site_field(const struct http_reply *reply, const char *name)
{
	for (size_t i = 0; i < reply->field_count; i++) {
		if (strcmp(reply->fields[i].name, name) == 0)
			return reply->fields[i].value;
	}
	return "";
}

void site_close(struct site *site)
{
	asker_destroy(site->visits.asker);
	page_destroy(site->page);
	quotes_finish(&site->quotes);
}

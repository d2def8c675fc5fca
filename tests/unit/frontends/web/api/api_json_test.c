#include "frontends/web/api/api_json.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

static const char *line_of(struct json_writer *value, struct buffer *out)
{
	buffer_clear(out);
	json_writer_line(value, out);
	return out->data;
}

Test(api_json, writes_what_is_known_of_a_quote)
{
	struct site site;
	struct buffer out = {0};
	struct quote quote;
	site_open(&site, "static:\u00c9t\u00e9\n\t-- Ann", NULL);
	struct visit visit = {.visits = &site.visits};
	cr_assert_eq(asker_find(site.visits.asker, &(struct ask){.kind = ASK_KIND_RANDOM}, &quote),
		ASK_OUTCOME_FOUND);
	const char *line = line_of(api_json_quote_of_day(&visit, &quote, 1), &out);
	cr_expect_not_null(strstr(line,
		"\"text\":\"\u00c9t\u00e9\",\"author\":\"Ann\","
		"\"language\":null,\"tags\":[],\"collection\":\"quotes\",\"length\":"));
	cr_expect_not_null(strstr(line, ",\"url\":\"/q/"));
	cr_expect_not_null(strstr(line, "\",\"date\":\"1970-01-02\"}\n"));
	visit.request.base = "https://example.org/quotes";
	line = line_of(api_json_quote(&visit, &quote), &out);
	cr_expect_not_null(strstr(line, "\"url\":\"https://example.org/quotes/q/"), "%s", line);
	quote.id++;
	line = line_of(api_json_quote(&visit, &quote), &out);
	cr_expect_not_null(strstr(line, "\"collection\":null,"), "%s", line);
	buffer_finish(&out);
	site_close(&site);
}

Test(api_json, writes_groups)
{
	struct buffer out = {0};
	const struct ask_group groups[] = {{"Ann, and others", 3, 2}, {"B", 1, 7}};
	cr_expect_str_eq(line_of(api_json_groups(groups, 2), &out),
		"[{\"name\":\"Ann\",\"count\":2},{\"name\":\"B\",\"count\":7}]\n");
	buffer_finish(&out);
}

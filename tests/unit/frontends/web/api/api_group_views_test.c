#include <criterion/criterion.h>

#include "tests/support/site.h"

static const struct {
	const char *path, *query;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{"/api/v1/collections", "", 200,
		"{\"total\":1,\"page\":1,\"limit\":100,\"collections\":[{\"name\":\"quotes\","
		"\"count\":2}]}\n"},
	{"/api/v1/collections", "page=2", 200,
		"{\"total\":1,\"page\":2,\"limit\":100,\"collections\":[]}\n"},
	{"/api/v1/collections", "prefix=q", 400, "this address takes page and limit."},
	{"/api/v1/authors", "", 200,
		"\"authors\":[{\"name\":\"Ann\",\"count\":1},{\"name\":\"Bob\",\"count\":1}]}\n"},
	{"/api/v1/authors", "page=2&limit=1", 200,
		"{\"total\":2,\"page\":2,\"limit\":1,\"authors\":[{\"name\":\"Bob\",\"count\":1}]}"
		"\n"},
	{"/api/v1/authors", "prefix=b", 200,
		"{\"total\":1,\"page\":1,\"limit\":100,\"authors\":[{\"name\":\"Bob\",\"count\":1}]"
		"}\n"},
	{"/api/v1/authors", "prefix=c", 200, "\"total\":0,\"page\":1,\"limit\":100,\"authors\":[]"},
	{"/api/v1/authors", "prefix=", 400, "\"parameter\":\"prefix\""},
	{"/api/v1/authors", "limit=1001", 400, "limit must be a whole number from 1 to 1000."},
	{"/api/v1/authors", "page=1001", 400, "page must be a whole number from 1 to 1000."},
};

Test(api_group_views, table)
{
	struct site site;
	site_open(&site, "static:An apple a day\n\t-- Ann", "static:Be brief\n\t-- Bob");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		site_check(&site, rows[i].path, rows[i].query, rows[i].status, rows[i].content);
	site_close(&site);
}

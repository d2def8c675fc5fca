#include "frontends/http/http_request.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "frontends/http/request_path.h"

#define BASE "https://example.org/quotes"

/* Of a target without escapes and query. */
static struct http_request request_of(const char *base, const char *target, const char *path)
{
	return (struct http_request){.base = base,
		.target = target,
		.path = path,
		.depth = request_path_depth(target),
		.improper = strlen(path) < strlen(target)};
}

Test(http_request, enters_the_path_of_its_base)
{
	static const struct {
		const char *base, *target, *path;
		const char *below; /* NULL: it is not below */
		size_t depth;
		bool improper;
	} rows[] = {
		{BASE, "/quotes/", "/quotes", "/", 0, false},
		{BASE, "/quotes/today", "/quotes/today", "/today", 0, false},
		{BASE, "/quotes/today/", "/quotes/today", "/today", 1, true},
		{BASE, "/quotes/q/abcd", "/quotes/q/abcd", "/q/abcd", 1, false},
		{"http://[::1]:80/a/b", "/a/b/q/abcd", "/a/b/q/abcd", "/q/abcd", 1, false},
		{BASE, "/quotes", "/quotes", NULL, 0, false},
		{BASE, "/quotesx/today", "/quotesx/today", NULL, 1, false},
		{BASE, "/quot", "/quot", NULL, 0, false},
		{BASE, "/today", "/today", NULL, 0, false},
		{BASE, "*", "*", NULL, 0, false},
		{BASE, "", "", NULL, 0, false},
		{"https://example.org", "/today", "/today", NULL, 0, false},
		{NULL, "/today", "/today", NULL, 0, false},
		{"https://example.org/%C3%A4", "/%C3%A4/x", "/\xc3\xa4/x", NULL, 1, true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct http_request request =
			request_of(rows[i].base, rows[i].target, rows[i].path);
		bool entered = http_request_enter(&request);
		cr_assert_eq(entered, rows[i].below != NULL, "%s", rows[i].target);
		cr_expect_str_eq(request.path, entered ? rows[i].below : rows[i].path);
		cr_expect_eq(request.depth, rows[i].depth, "%s", rows[i].target);
		cr_expect_eq(request.improper, rows[i].improper, "%s", rows[i].target);
	}
}

Test(http_request, knows_the_entrance)
{
	static const struct {
		const char *base, *target, *path;
		const char *location;
	} rows[] = {
		{BASE, "/quotes", "/quotes", "./quotes/"},
		{BASE, "/quotes?x", "/quotes", "./quotes/"},
		{"https://example.org/a/b", "/a/b", "/a/b", "./b/"},
		{BASE, "/quotes/", "/quotes", NULL},
		{BASE, "/quotesx", "/quotesx", NULL},
		{BASE, "/", "/", NULL},
		{NULL, "/", "/", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct http_request request =
			request_of(rows[i].base, rows[i].target, rows[i].path);
		char *location = http_request_entrance(&request);
		cr_assert_eq(location == NULL, rows[i].location == NULL, "%s", rows[i].target);
		if (location != NULL)
			cr_expect_str_eq(location, rows[i].location);
		free(location);
	}
}

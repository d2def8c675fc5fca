#include "frontends/web/api/api_oembed_url.h"

#include <stdlib.h>

#include <criterion/criterion.h>

#define BASE "https://example.org/quotes"

static const struct {
	const char *url, *base, *id;
} rows[] = {
	{BASE "/q/abcd", BASE, "abcd"},
	{"HTTP://Example.ORG/quotes/q/abcd", BASE, "abcd"},
	{BASE "/q/abcd.html?utm=1#top", BASE, "abcd"},
	{BASE "/q/abcd#a?b", BASE, "abcd"},
	{BASE "/q/abcd.txt", BASE, "abcd.txt"},
	{BASE "/q/.html", BASE, ".html"},
	{BASE "/q/", BASE, ""},
	{BASE "/q", BASE, NULL},
	{BASE "x/q/abcd", BASE, NULL},
	{"https://example.com/quotes/q/abcd", BASE, NULL},
	{"ftp://example.org/quotes/q/abcd", BASE, NULL},
	{"https:", BASE, NULL},
	{"", BASE, NULL},
	{BASE "/q/abcd", NULL, NULL},
};

Test(api_oembed_url, finds_the_id)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *id = api_oembed_url_id(rows[i].url, rows[i].base);
		if (rows[i].id == NULL)
			cr_expect_null(id, "%s: %s", rows[i].url, id);
		else
			cr_expect_str_eq(id, rows[i].id, "%s", rows[i].url);
		free(id);
	}
}

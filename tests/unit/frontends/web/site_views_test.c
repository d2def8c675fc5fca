#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

Test(site_views, table)
{
	static const struct {
		const char *path, *type, *cache, *content;
	} rows[] = {
		{"/healthz", "text/plain; charset=utf-8", "no-store", "ok\n"},
		{"/favicon.svg", "image/svg+xml", "public, max-age=86400", "<svg "},
	};
	struct site site;
	site_open(&site, "static:A", NULL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_reply reply = site_get(&site, rows[i].path, "");
		cr_assert_eq(reply.status, 200);
		cr_assert_str_eq(site_field(&reply, "Content-Type"), rows[i].type);
		cr_assert_str_eq(site_field(&reply, "Cache-Control"), rows[i].cache);
		cr_assert_eq(
			strncmp(reply.content.data, rows[i].content, strlen(rows[i].content)), 0);
		http_reply_finish(&reply);
	}
	site_close(&site);
}

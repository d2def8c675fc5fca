#include <criterion/criterion.h>

#include "tests/support/site.h"

/* "quote 451" and "quote 1267": their ids begin with 870c. */
static const struct {
	const char *path;
	unsigned status;
	const char *content; /* a part of it */
} rows[] = {
	{"/random.txt", 200, "quote "},
	{"/today.json", 200, "\"text\":\"quote "},
	{"/index.html", 200, "<blockquote"},
	{"/q/870ctwss9317.txt", 200, "quote 1267\n"},
	{"/q/870ctwss9317.html", 200, "<blockquote"},
	{"/q/0000.txt", 404, "404 Not Found: No quote has this id.\n"},
	{"/q/abc.txt", 404, "404 Not Found: An id has 4 to 12 letters and digits.\n"},
	{"/q/870c.txt", 404, "More than one quote has an id that begins with '870c'"},
	{"/q/870ctwss9317.json", 200, "\"url\":\"/q/870ctwss9317\""},
};

Test(quote_views, table)
{
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		site_check(&site, rows[i].path, "", rows[i].status, rows[i].content);
	site_close(&site);
}

Test(quote_views, refuse_parameters_but_in_pages)
{
	static const struct {
		const char *path, *query;
		unsigned status;
		const char *content;
	} refused[] = {
		{"/random.json", "count=3", 400, "\"parameter\":\"count\""},
		{"/random.txt", "count=3", 400,
			"There is no parameter 'count'; this address takes none."},
		{"/today.json", "x", 400, "\"parameter\":\"x\""},
		{"/q/870ctwss9317.txt", "utm_source=x", 400, "no parameter 'utm_source'"},
		{"/q/870ctwss9317", "utm_source=x", 200, "<blockquote"},
		{"/random.json", "&", 200, "\"text\""},
	};
	struct site site;
	site_open(&site, "static:quote 451", "static:quote 1267");
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		site_check(&site, refused[i].path, refused[i].query, refused[i].status,
			refused[i].content);
	site_close(&site);
}

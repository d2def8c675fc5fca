#include "frontends/web/page/pager.h"

#include <criterion/criterion.h>

/* Writes the links as "1 [2] 3 ... 9", with < and > for the previous and the next page. */
static void check(struct pager pager, const char *expected)
{
	struct buffer out = {0};
	struct buffer text = {0};
	bool within = false;
	buffer_add(&out, "");
	buffer_add(&text, "");
	pager_write(&pager, "a?page=", &out);
	for (const char *at = out.data; *at != '\0'; at++) {
		within = *at == '<' || (within && *at != '>');
		if (!within && *at != '>')
			buffer_append(&text, at, 1);
	}
	cr_expect_str_eq(text.data, expected);
	buffer_finish(&out);
	buffer_finish(&text);
}

Test(pager, links)
{
	check((struct pager){0, 20, 1}, "");
	check((struct pager){20, 20, 1}, "");
	check((struct pager){21, 20, 1}, "1 2 Next Page 1 of 2");
	check((struct pager){400, 20, 1}, "1 2 \xe2\x80\xa6 20 Next Page 1 of 20");
	check((struct pager){400, 20, 10},
		"Previous 1 \xe2\x80\xa6 9 10 11 \xe2\x80\xa6 20 Next Page 10 of 20");
	check((struct pager){400, 20, 20}, "Previous 1 \xe2\x80\xa6 19 20 Page 20 of 20");
	check((struct pager){60, 20, 9}, "Previous 1 \xe2\x80\xa6 3 Page 9 of 3");
}

Test(pager, addresses)
{
	struct buffer out = {0};
	pager_write(&(struct pager){60, 20, 2}, "a?b=c&amp;page=", &out);
	cr_expect_str_eq(out.data,
		"<nav class=i aria-label=Pages><ul>"
		"<li><a href=\"a?b=c&amp;page=1\" rel=prev>Previous</a> "
		"<li><a href=\"a?b=c&amp;page=1\">1</a> <li><b aria-current=page>2</b> "
		"<li><a href=\"a?b=c&amp;page=3\">3</a> "
		"<li><a href=\"a?b=c&amp;page=3\" rel=next>Next</a> "
		"</ul><p>Page 2 of 3</p></nav>");
	buffer_finish(&out);
}

Test(pager, counts_pages)
{
	static const struct {
		size_t total, pages;
	} rows[] = {{0, 1}, {1, 1}, {20, 1}, {21, 2}, {10000, 500}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_expect_eq(pager_pages(&(struct pager){rows[i].total, 20, 1}), rows[i].pages);
	cr_expect_eq(pager_offset(&(struct pager){100, 20, 3}), 40);
}

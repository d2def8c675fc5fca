#include "frontends/web/page/page_link.h"

#include <string.h>

#include <criterion/criterion.h>

Test(page_link, addresses)
{
	static const char *const rows[][2] = {
		{"classics", "browse/classics"},
		{"a b/c&d", "browse/a%20b%20c%26d"},
		{"\xc3\xa9", "browse/%C3%A9"},
		{"notes.txt", "browse/notes.txt.html"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct buffer out = {0};
		struct ask_group group = {rows[i][0], strlen(rows[i][0]), 1};
		cr_expect(page_link_add_path("browse/", &group, &out));
		cr_expect_str_eq(out.data, rows[i][1]);
		buffer_finish(&out);
	}
}

Test(page_link, a_name_that_is_too_long_is_no_link)
{
	char name[300];
	struct buffer out = {0};
	memset(name, 'a', sizeof name);
	page_link_write_group("author/", &(struct ask_group){name, sizeof name, 1}, &out);
	cr_expect_eq(out.length, sizeof name);
	buffer_clear(&out);
	page_link_write_group("author/", &(struct ask_group){"A\n  <B>", 7, 1}, &out);
	cr_expect_str_eq(out.data, "<a href=author/A%20%20%20%3CB%3E>A &lt;B&gt;</a>");
	buffer_finish(&out);
}

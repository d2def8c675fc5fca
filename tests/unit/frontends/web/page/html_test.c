#include "frontends/web/page/html.h"

#include <criterion/criterion.h>

struct row {
	const char *text;
	size_t length;
	const char *html;
};

static const struct row rows[] = {
	{"", 0, ""},
	{"plain", 5, "plain"},
	{"<b>&amp;\"'</b>", 14, "&lt;b&gt;&amp;amp;&quot;&#39;&lt;/b&gt;"},
	{"&", 1, "&amp;"},
	{"a\0b", 3,
		"a\xef\xbf\xbd"
		"b"},
	{"\xe2\x80\x9cna\xc3\xafve\xe2\x80\x9d\n", 13, "\xe2\x80\x9cna\xc3\xafve\xe2\x80\x9d\n"},
	{"cut here", 3, "cut"},
};

Test(html, escape)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		buffer_add(&out, ">");
		html_escape(&out, rows[i].text, rows[i].length);
		cr_assert_str_eq(out.data + 1, rows[i].html);
		cr_assert_eq(out.data[0], '>', "it only appends");
		buffer_finish(&out);
	}
}

Test(html, encode)
{
	static const char text[] = "a-Z_0.~ /?&%'\"<\xc3\xa9\n";
	struct buffer out = {0};
	html_encode(&out, text, sizeof text);
	cr_assert_str_eq(out.data, "a-Z_0.~%20%2F%3F%26%25%27%22%3C%C3%A9%0A%00");
	buffer_finish(&out);
}

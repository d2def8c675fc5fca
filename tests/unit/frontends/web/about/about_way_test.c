#include "frontends/web/about/about_way.h"

#include <string.h>

#include <criterion/criterion.h>

Test(about_way, tells_how_to_reach_each_wire)
{
	static const struct {
		const char *url;
		const char *before;
		const char *what; /* NULL: it helps no one */
		const char *after;
		bool linked;
	} rows[] = {
		{"mailto:q@example.org", "By mail: write to", "q@example.org",
			"; with the subject help, you get instructions", true},
		{"irc://irc.example/a", "In IRC:", "irc://irc.example/a",
			", where a bot answers !quote", true},
		{"ircs://irc.example:6697/a", "In IRC:", "ircs://irc.example:6697/a",
			", where a bot answers !quote", true},
		{"qotd://192.0.2.7:17", "In a terminal:", "nc 192.0.2.7 17", "", false},
		{"qotd://127.0.0.1:1717", "In a terminal:", "nc 127.0.0.1 1717",
			" (on this machine)", false},
		{"qotd://[2001:db8::1]:17", "In a terminal:", "nc 2001:db8::1 17", "", false},
		{"http://[::1]:8017", "In a terminal:", "curl http://[::1]:8017",
			" (on this machine)", false},
		{"http://192.0.2.7:80", "In a terminal:", "curl http://192.0.2.7:80", "", false},
		{"qotd://0.0.0.0:17", NULL, NULL, NULL, false},
		{"http://[::]:80", NULL, NULL, NULL, false},
		{"gopher://192.0.2.7:70", NULL, NULL, NULL, false},
		{"", NULL, NULL, NULL, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct about_way way = {0};
		bool found = about_way_find(rows[i].url, &way);
		cr_assert_eq(found, rows[i].what != NULL, "%s", rows[i].url);
		if (!found)
			continue;
		cr_expect_str_eq(way.before, rows[i].before, "%s", rows[i].url);
		cr_expect_str_eq(way.what.data, rows[i].what, "%s", rows[i].url);
		cr_expect_str_eq(way.after, rows[i].after, "%s", rows[i].url);
		cr_expect_eq(way.href != NULL, rows[i].linked, "%s", rows[i].url);
		buffer_finish(&way.what);
	}
}

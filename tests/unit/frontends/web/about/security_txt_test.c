#include "frontends/web/about/security_txt.h"

#include <criterion/criterion.h>

Test(security_txt, takes_uris_alone)
{
	static const struct {
		const char *text;
		bool taken;
	} rows[] = {
		{"mailto:security@example.org", true},
		{"https://example.org/security?x=%20#y", true},
		{"tel:+1-201-555-0123", true},
		{"http://example.org/security", false},
		{"security@example.org", false},
		{"mailto:", false},
		{"mailto:a@example.org\nExpires: 2999-01-01T00:00:00Z", false},
		{"mailto:a b@example.org", false},
		{"", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error = {0};
		cr_expect_eq(security_txt_check(rows[i].text, &error), rows[i].taken, "%s",
			rows[i].text);
		cr_expect_eq(error.text[0] == '\0', rows[i].taken);
	}
}

Test(security_txt, expires_a_month_later_and_is_the_same_all_day)
{
	static const time_t begin = 1795478400; /* 2026-11-24 */
	for (time_t now = begin; now < begin + 86400; now += 43199) {
		struct buffer out = {0};
		security_txt_write("mailto:a@example.org", now, &out);
		cr_expect_str_eq(
			out.data, "Contact: mailto:a@example.org\nExpires: 2026-12-24T00:00:00Z\n");
		buffer_finish(&out);
	}
}

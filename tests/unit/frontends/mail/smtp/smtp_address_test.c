#include "frontends/mail/smtp/smtp_address.h"

#include <string.h>

#include <criterion/criterion.h>

Test(smtp_address, paths)
{
	static const struct {
		const char *path;
		const char *text; /* NULL: refused */
		const char *local;
		const char *domain;
	} rows[] = {
		{"<>", "", "", ""},
		{"<a@b>", "a@b", "a", "b"},
		{"<a.b+c@x.example>", "a.b+c@x.example", "a.b+c", "x.example"},
		{"<\"a b\"@c>", "\"a b\"@c", "a b", "c"},
		{"<\"a\\\"@\"@c>", "\"a\\\"@\"@c", "a\"@", "c"},
		{"<@r.example,@s:a@b>", "a@b", "a", "b"},
		{"<a@[127.0.0.1]>", "a@[127.0.0.1]", "a", "[127.0.0.1]"},
		{"<a@[IPv6:::1]>", "a@[IPv6:::1]", "a", "[IPv6:::1]"},
		{"<POSTmaster>", "POSTmaster", "POSTmaster", ""},
		{"<\xc3\xa4@\xc3\xb6.example>", "\xc3\xa4@\xc3\xb6.example", "\xc3\xa4",
			"\xc3\xb6.example"},
		{"", NULL, "", ""},
		{"a@b", "a@b", "a", "b"},
		{" <a@b>", "a@b", "a", "b"},
		{"<a>", NULL, "", ""},
		{"<a@b", NULL, "", ""},
		{"<a@>", NULL, "", ""},
		{"<@b>", NULL, "", ""},
		{"<.a@b>", NULL, "", ""},
		{"<a.@b>", NULL, "", ""},
		{"<a..b@c>", NULL, "", ""},
		{"<a b@c>", NULL, "", ""},
		{"<a@b c>", NULL, "", ""},
		{"<a@-b>", NULL, "", ""},
		{"<a@b->", NULL, "", ""},
		{"<a@b..c>", NULL, "", ""},
		{"<a@b.>", NULL, "", ""},
		{"<a@[1.2.3]>", NULL, "", ""},
		{"<a@[IPv6:x]>", NULL, "", ""},
		{"<\"a@b>", NULL, "", ""},
		{"<\"a\\\x01\"@b>", NULL, "", ""},
		{"<@r:>", NULL, "", ""},
		{"<@r,a@b>", NULL, "", ""},
		{"<a<b@c>", NULL, "", ""},
		{"<\xc3@b>", NULL, "", ""},
		{"<\xed\xa0\x80@b>", NULL, "", ""},
		{"<\xc0\xaf@b>", NULL, "", ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *end;
		struct smtp_address address;
		bool valid = smtp_address_parse_path(rows[i].path, &address, &end);
		cr_assert_eq(valid, rows[i].text != NULL, "%s", rows[i].path);
		if (valid) {
			cr_assert_str_eq(address.text, rows[i].text);
			cr_assert_str_eq(address.local, rows[i].local);
			cr_assert_str_eq(address.domain, rows[i].domain);
			cr_assert_str_eq(end, "");
		}
	}
}

static bool parses(size_t local, size_t domain)
{
	char path[600] = "<";
	const char *end;
	struct smtp_address address;
	memset(path + 1, 'a', local);
	path[1 + local] = '@';
	for (size_t i = 0; i < domain; i++) {
		path[2 + local + i] = i % 60 == 59 ? '.' : 'b';
	}
	strcpy(path + 2 + local + domain, ">");
	return smtp_address_parse_path(path, &address, &end);
}

Test(smtp_address, lengths)
{
	cr_assert(parses(64, 50));
	cr_assert_not(parses(65, 50));
	cr_assert(parses(1, 252));
	cr_assert_not(parses(1, 253));
	cr_assert(parses(64, 189));
	cr_assert_not(parses(64, 190));
}

Test(smtp_address, comparisons)
{
	struct smtp_address a;
	struct smtp_address b;
	cr_assert(smtp_address_parse("Quote@Example.org", &a));
	cr_assert_not(smtp_address_is_postmaster(&a, "example.org"));
	cr_assert(smtp_address_parse("postMaster@example.org", &b));
	cr_assert(smtp_address_is_postmaster(&b, "EXAMPLE.org"));
	cr_assert_not(smtp_address_is_postmaster(&b, "other.example"));
	cr_assert_not(smtp_address_parse("postmaster", &b));
	cr_assert_not(smtp_address_parse("a@b c", &b));
	cr_assert(smtp_address_is_domain("mx.example"));
	cr_assert_not(smtp_address_is_domain("mx example"));
}

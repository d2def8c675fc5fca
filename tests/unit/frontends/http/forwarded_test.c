#include "frontends/http/forwarded.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

static struct address address_of(const char *text)
{
	struct address addresses[2];
	struct error error = {0};
	size_t count;
	cr_assert(address_parse(text, addresses, &count, &error), "%s", error.text);
	return addresses[0];
}

Test(forwarded, knows_its_proxies)
{
	static const struct {
		const char *proxy;
		const char *peer;
		bool trusted;
	} rows[] = {
		{"192.0.2.7", "192.0.2.7:1", true},
		{"192.0.2.7", "192.0.2.8:1", false},
		{"192.0.2.0/24", "192.0.2.255:1", true},
		{"192.0.2.0/24", "192.0.3.0:1", false},
		{"192.0.2.128/25", "192.0.2.127:1", false},
		{"192.0.2.128/25", "192.0.2.129:1", true},
		{"0.0.0.0/0", "203.0.113.1:1", true},
		{"0.0.0.0/0", "[2001:db8::1]:1", false},
		{"192.0.2.7", "[::ffff:192.0.2.7]:1", true},
		{"::1", "[::1]:1", true},
		{"2001:db8::/33", "[2001:db8:7fff::1]:1", true},
		{"2001:db8::/33", "[2001:db8:8000::1]:1", false},
		{"::/0", "192.0.2.1:1", true},
		{"unix:", "unix:/run/x", true},
		{"unix:", "127.0.0.1:1", false},
		{"::/0", "unix:/run/x", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct strings proxies = {0};
		struct address peer = address_of(rows[i].peer);
		struct error error = {0};
		cr_assert(forwarded_check_proxy(rows[i].proxy, &error), "%s", error.text);
		cr_assert_not(forwarded_is_trusted(&proxies, &peer));
		strings_add(&proxies, "198.51.100.1");
		strings_add(&proxies, rows[i].proxy);
		cr_assert_eq(forwarded_is_trusted(&proxies, &peer), rows[i].trusted, "%s %s",
			rows[i].proxy, rows[i].peer);
		strings_finish(&proxies);
	}
}

Test(forwarded, refuses_other_text_as_a_proxy)
{
	static const char *const rows[] = {"", "localhost", "192.0.2.1:80", "192.0.2.0/33",
		"192.0.2.0/", "192.0.2.0/-1", "192.0.2.0/2x", "2001:db8::/129", "[::1]",
		"unix:/run/x", "192.0.2", "2001:db8::/1000"};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error = {0};
		cr_assert_not(forwarded_check_proxy(rows[i], &error), "%s", rows[i]);
		cr_assert_not_null(strstr(error.text, "is not an address; write one such as"));
	}
}

struct row {
	struct forwarded_fields fields;
	const char *client; /* "" if it is unknown */
	const char *base;
};

static const struct row rows[] = {
	{{0}, "", ""},
	{{.for_ = "203.0.113.9"}, "203.0.113.9", ""},
	{{.for_ = "203.0.113.9:4711"}, "203.0.113.9", ""},
	{{.for_ = "2001:db8::5"}, "2001:db8::5", ""},
	{{.for_ = "[2001:db8::5]:99"}, "2001:db8::5", ""},
	{{.for_ = "198.51.100.66, 203.0.113.9"}, "203.0.113.9", ""},
	{{.for_ = "203.0.113.9, 192.0.2.1 ,192.0.2.2"}, "203.0.113.9", ""},
	{{.for_ = "192.0.2.1,192.0.2.2"}, "192.0.2.1", ""},
	{{.for_ = "evil, 192.0.2.2"}, "192.0.2.2", ""},
	{{.for_ = "unknown"}, "", ""},
	{{.for_ = "203.0.113.9,"}, "", ""},
	{{.for_ = ""}, "", ""},
	{{.for_ = "["}, "", ""},
	{{.for_ = "[::1"}, "", ""},
	{{.proto = "https", .host = "example.org"}, "", "https://example.org"},
	{{.proto = "HTTP", .host = "example.org:8080"}, "", "http://example.org:8080"},
	{{.proto = "https", .host = "[2001:db8::1]:8"}, "", "https://[2001:db8::1]:8"},
	{{.proto = "http, https", .host = "evil.example, example.org"}, "", "https://example.org"},
	{{.proto = "https", .host = "example.org", .prefix = "/quotes"}, "",
		"https://example.org/quotes"},
	{{.proto = "https", .host = "example.org", .prefix = "/a/b/"}, "",
		"https://example.org/a/b"},
	{{.proto = "https", .host = "example.org", .prefix = "/"}, "", "https://example.org"},
	{{.proto = "https", .host = "example.org", .prefix = "//evil"}, "", ""},
	{{.proto = "https", .host = "example.org", .prefix = "/../x"}, "", ""},
	{{.proto = "https", .host = "example.org", .prefix = "/x/."}, "", ""},
	{{.proto = "https", .host = "example.org", .prefix = "/.x/..y"}, "",
		"https://example.org/.x/..y"},
	{{.proto = "https", .host = "example.org", .prefix = "quotes"}, "", ""},
	{{.proto = "https", .host = "example.org", .prefix = "/<b>"}, "", ""},
	{{.proto = "https", .host = "example.org", .prefix = "/?a"}, "", ""},
	{{.proto = "https"}, "", ""},
	{{.host = "example.org"}, "", ""},
	{{.proto = "javascript", .host = "example.org"}, "", ""},
	{{.proto = "https", .host = "$(id)"}, "", ""},
	{{.proto = "https", .host = "a/b"}, "", ""},
	{{.proto = "https", .host = "-oX"}, "", ""},
	{{.proto = "https", .host = "user@example.org"}, "", ""},
	{{.forwarded = "for=203.0.113.9;proto=https;host=example.org"}, "203.0.113.9",
		"https://example.org"},
	{{.forwarded = "For=\"[2001:db8::5]:99\" ; Host=\"example.org:8\";PROTO=http"},
		"2001:db8::5", "http://example.org:8"},
	{{.forwarded = "for=198.51.100.66;host=evil, for=203.0.113.9;proto=https;host=a.example"},
		"203.0.113.9", "https://a.example"},
	{{.forwarded = "for=203.0.113.9;proto=https;host=a.example, for=192.0.2.1;host=b"},
		"203.0.113.9", "https://a.example"},
	{{.forwarded = "for=_hidden;proto=https;host=a.example", .prefix = "/x"}, "",
		"https://a.example/x"},
	{{.forwarded = "for=203.0.113.9", .for_ = "198.51.100.1"}, "198.51.100.1", ""},
	{{.forwarded = "proto=https;host=evil.example", .proto = "https"}, "", ""},
	{{.forwarded = ";;=;for"}, "", ""},
};

Test(forwarded, reads_what_proxies_send)
{
	struct strings proxies = {0};
	strings_add(&proxies, "192.0.2.0/24");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct forwarded forwarded;
		char client[ADDRESS_TEXT_SIZE] = "";
		forwarded_read(&rows[i].fields, &proxies, &forwarded);
		if (forwarded.client.length > 0)
			address_format_host(&forwarded.client, client);
		cr_assert_str_eq(client, rows[i].client, "row %zu: %s", i, client);
		cr_assert_str_eq(forwarded.base, rows[i].base, "row %zu: %s", i, forwarded.base);
	}
	strings_finish(&proxies);
}

Test(forwarded, checks_a_base)
{
	static const struct {
		const char *text;
		bool valid;
	} bases[] = {
		{"https://example.org", true},
		{"http://example.org:8017/quotes", true},
		{"https://[2001:db8::1]/", true},
		{"HTTPS://example.org/a%20b", true},
		{"example.org", false},
		{"ftp://example.org", false},
		{"http ://example.org", false},
		{" https://example.org", false},
		{"https:///quotes", false},
		{"https://example.org?x", false},
		{"https://example.org/#top", false},
		{"https://user@example.org", false},
		{"https://example.org/a b", false},
		{"https://example.org/<b>", false},
		{"https://example.org:port", false},
	};
	for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
		struct error error = {0};
		cr_assert_eq(forwarded_check_base(bases[i].text, &error), bases[i].valid, "%s",
			bases[i].text);
	}
}

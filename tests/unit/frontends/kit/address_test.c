#include "frontends/kit/address.h"

#include <criterion/criterion.h>
#include <string.h>

Test(address, reads_and_writes_every_form)
{
	static const struct {
		const char *text;
		size_t count;
		const char *first;
		const char *second;
	} cases[] = {
		{"127.0.0.1:17", 1, "127.0.0.1:17", NULL},
		{"[::1]:17", 1, "[::1]:17", NULL},
		{"localhost:0", 2, "127.0.0.1:0", "[::1]:0"},
		{"*:65535", 2, "0.0.0.0:65535", "[::]:65535"},
		{"[::ffff:192.0.2.1]:9", 1, "192.0.2.1:9", NULL},
		{"unix:/run/quoted.sock", 1, "unix:/run/quoted.sock", NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct address addresses[2];
		struct error error;
		size_t count = 0;
		char text[ADDRESS_TEXT_SIZE];
		cr_assert(address_parse(cases[i].text, addresses, &count, &error), "%s: %s",
			cases[i].text, error.text);
		cr_assert_eq(count, cases[i].count, "%s", cases[i].text);
		address_format(&addresses[0], text);
		cr_assert_str_eq(text, cases[i].first);
		if (count == 2) {
			address_format(&addresses[1], text);
			cr_assert_str_eq(text, cases[i].second);
		}
	}
}

Test(address, refuses_what_it_cannot_read)
{
	static const char *const cases[] = {
		"",
		":",
		":17",
		"17",
		"127.0.0.1",
		"127.0.0.1:",
		"127.0.0.1:x",
		"127.0.0.1:65536",
		"127.0.0.1:-1",
		"127.0.0.1:017000",
		"::1:17",
		"[127.0.0.1]:17",
		"[::1:17",
		"[]:17",
		"example.org:17",
		"unix:",
		"unix:relative",
		"127.0.0.1: 17",
		"256.0.0.1:17",
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct address addresses[2];
		struct error error = {0};
		size_t count;
		cr_assert_not(address_parse(cases[i], addresses, &count, &error), "%s", cases[i]);
		cr_assert(strstr(error.text, cases[i]) != NULL, "%s", error.text);
	}
}

Test(address, refuses_a_unix_path_that_is_too_long)
{
	char text[256] = "unix:/";
	memset(text + 6, 'x', 120);
	struct address addresses[2];
	struct error error;
	size_t count;
	cr_assert_not(address_parse(text, addresses, &count, &error));
	cr_assert(strstr(error.text, "at most 107 octets") != NULL, "%s", error.text);
}

static struct address parse(const char *text)
{
	struct address addresses[2];
	size_t count;
	cr_assert(address_parse(text, addresses, &count, NULL), "%s", text);
	return addresses[0];
}

Test(address, prefixes_are_24_and_56_bits)
{
	static const struct {
		const char *one;
		const char *other;
		bool same;
	} cases[] = {
		{"192.0.2.1:1", "192.0.2.254:2", true},
		{"192.0.2.1:1", "192.0.3.1:1", false},
		{"192.0.2.1:1", "[::ffff:192.0.2.9]:1", true},
		{"[2001:db8:0:100::1]:1", "[2001:db8:0:1ff::2]:1", true},
		{"[2001:db8:0:100::1]:1", "[2001:db8:0:200::1]:1", false},
		{"unix:/a", "unix:/b", true},
		{"0.0.0.1:1", "unix:/b", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct address one = parse(cases[i].one);
		struct address other = parse(cases[i].other);
		struct prefix a = address_prefix(&one);
		struct prefix b = address_prefix(&other);
		cr_assert_eq(memcmp(&a, &b, sizeof a) == 0, cases[i].same, "%s %s", cases[i].one,
			cases[i].other);
	}
}

Test(address, writes_hosts_and_prefixes)
{
	static const struct {
		const char *text;
		const char *host;
		const char *shortened;
		const char *prefix;
	} cases[] = {
		{"192.0.2.77:1", "192.0.2.77", "192.0.2.0:0", "192.0.2.0/24"},
		{"[::ffff:192.0.2.77]:1", "192.0.2.77", "192.0.2.0:0", "192.0.2.0/24"},
		{"[2001:db8:1:2ff:3:4:5:6]:1", "2001:db8:1:2ff:3:4:5:6", "[2001:db8:1:200::]:0",
			"2001:db8:1:200::/56"},
		{"[::1]:1", "::1", "[::]:0", "::/56"},
		{"unix:/a", "unix", "unix:", "unix"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[ADDRESS_TEXT_SIZE];
		struct address address = parse(cases[i].text);
		struct address shortened = address_shorten(&address);
		address_format_host(&address, text);
		cr_assert_str_eq(text, cases[i].host);
		address_format(&shortened, text);
		cr_assert_str_eq(text, cases[i].shortened);
		address_format_prefix(&address, text);
		cr_assert_str_eq(text, cases[i].prefix);
	}
}

Test(address, knows_loopback_and_port)
{
	static const struct {
		const char *text;
		bool loopback;
		int port;
	} cases[] = {
		{"127.255.0.1:5", true, 5},
		{"[::1]:6", true, 6},
		{"unix:/a", true, 0},
		{"[::ffff:127.0.0.1]:7", true, 7},
		{"128.0.0.1:8", false, 8},
		{"0.0.0.0:9", false, 9},
		{"[::]:10", false, 10},
		{"[2001:db8::1]:11", false, 11},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct address address = parse(cases[i].text);
		cr_assert_eq(address_is_loopback(&address), cases[i].loopback, "%s", cases[i].text);
		cr_assert_eq(address_port(&address), cases[i].port, "%s", cases[i].text);
	}
}

Test(address, overlaps_if_both_cannot_be_bound)
{
	static const struct {
		const char *left, *right;
		bool overlaps;
	} rows[] = {
		{"127.0.0.1:17", "127.0.0.1:17", true},
		{"127.0.0.1:17", "127.0.0.1:18", false},
		{"127.0.0.1:17", "127.0.0.2:17", false},
		{"127.0.0.1:17", "0.0.0.0:17", true},
		{"0.0.0.0:17", "0.0.0.0:18", false},
		{"[::]:17", "[::1]:17", true},
		{"[::]:17", "127.0.0.1:17", false},
		{"127.0.0.1:0", "127.0.0.1:0", false},
		{"0.0.0.0:0", "127.0.0.1:0", false},
		{"unix:/run/a", "unix:/run/a", true},
		{"unix:/run/a", "unix:/run/b", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct address left[2], right[2];
		size_t count;
		cr_assert(address_parse(rows[i].left, left, &count, NULL));
		cr_assert(address_parse(rows[i].right, right, &count, NULL));
		cr_expect_eq(address_overlaps(left, right), rows[i].overlaps, "row %zu", i);
		cr_expect_eq(address_overlaps(right, left), rows[i].overlaps, "row %zu", i);
	}
}

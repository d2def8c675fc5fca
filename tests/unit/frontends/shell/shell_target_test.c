#include "frontends/shell/shell_target.h"

#include <string.h>

#include <criterion/criterion.h>

Test(shell_target, reads_a_host_and_a_port)
{
	static const struct {
		const char *text;
		const char *host;
		uint16_t ports[SHELL_TARGET_PORTS];
		const char *name;
	} rows[] = {
		{NULL, "localhost", {17, 1717}, "localhost, ports 17 and 1717"},
		{"example.org", "example.org", {17, 1717}, "example.org, ports 17 and 1717"},
		{"example.org:1", "example.org", {1, 0}, "example.org:1"},
		{"192.0.2.7:65535", "192.0.2.7", {65535, 0}, "192.0.2.7:65535"},
		{"[::1]:17", "::1", {17, 0}, "[::1]:17"},
		{"[::1]", "::1", {17, 1717}, "::1, ports 17 and 1717"},
		{"::1", "::1", {17, 1717}, "::1, ports 17 and 1717"},
		{"2001:db8::7:17", "2001:db8::7:17", {17, 1717},
			"2001:db8::7:17, ports 17 and 1717"},
		{"[fe80::1%eth0]:17", "fe80::1%eth0", {17, 0}, "[fe80::1%eth0]:17"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct shell_target target;
		struct error error = {0};
		struct buffer name = {0};
		cr_assert(shell_target_parse(rows[i].text, &target, &error), "%zu: %s", i,
			error.text);
		shell_target_format(&target, &name);
		cr_assert_str_eq(target.host, rows[i].host);
		cr_assert_eq(target.ports[0], rows[i].ports[0], "%zu", i);
		cr_assert_eq(target.ports[1], rows[i].ports[1], "%zu", i);
		cr_assert_str_eq(name.data, rows[i].name);
		buffer_finish(&name);
	}
}

Test(shell_target, refuses_what_names_no_server)
{
	static const char *const rows[] = {"", ":", ":17", "a:", "a:0", "a:65536", "a:000017",
		"a:-1", "a: 17", "a:17x", "a:qotd", "[", "[]", "[]:17", "[::1", "[::1]17",
		"[::1]:", "[::1]:0", "[localhost]:17"};
	struct shell_target target;
	struct error error = {0};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_not(shell_target_parse(rows[i], &target, &error), "'%s'", rows[i]);
	cr_assert_not(shell_target_parse("a:0", &target, &error));
	cr_assert_str_eq(error.text, "'a:0' is not a server; write HOST, HOST:PORT or [IPV6]:PORT, "
				     "with a port from 1 to 65535");
}

Test(shell_target, takes_names_as_long_as_the_dns_has)
{
	char name[SHELL_TARGET_HOST_SIZE + 1];
	struct shell_target target;
	struct error error = {0};
	memset(name, 'a', sizeof name);
	name[SHELL_TARGET_HOST_SIZE - 1] = '\0';
	cr_assert(shell_target_parse(name, &target, &error));
	cr_assert_str_eq(target.host, name);
	name[SHELL_TARGET_HOST_SIZE - 1] = 'a';
	name[SHELL_TARGET_HOST_SIZE] = '\0';
	cr_assert_not(shell_target_parse(name, &target, &error));
}

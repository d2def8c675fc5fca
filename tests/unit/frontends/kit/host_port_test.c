#include "frontends/kit/host_port.h"

#include <string.h>

#include <criterion/criterion.h>

Test(host_port, reads_a_host_and_a_port)
{
	static const struct {
		const char *text;
		const char *host;
		uint16_t port;
	} rows[] = {
		{"example.org", "example.org", 0},
		{"example.org:1", "example.org", 1},
		{"192.0.2.7:65535", "192.0.2.7", 65535},
		{"[::1]:17", "::1", 17},
		{"[::1]", "::1", 0},
		{"::1", "::1", 0},
		{"2001:db8::7:17", "2001:db8::7:17", 0},
		{"[fe80::1%eth0]:17", "fe80::1%eth0", 17},
		{"[localhost]:17", "localhost", 17},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct host_port target;
		cr_assert(host_port_parse(rows[i].text, &target), "%s", rows[i].text);
		cr_assert_str_eq(target.host, rows[i].host);
		cr_assert_eq(target.port, rows[i].port, "%s", rows[i].text);
	}
}

Test(host_port, refuses_what_names_no_server)
{
	static const char *const rows[] = {"", ":", ":17", "a:", "a:0", "a:65536", "a:000017",
		"a:-1", "a: 17", "a:17x", "a:qotd", "[", "[]", "[]:17", "[::1", "[::1]17",
		"[::1]:", "[::1]:0"};
	struct host_port target;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_not(host_port_parse(rows[i], &target), "'%s'", rows[i]);
}

Test(host_port, leaves_a_port_that_is_not_one_to_the_caller)
{
	char host[HOST_PORT_HOST_SIZE];
	const char *port;
	uint16_t number;
	cr_assert(host_port_split("a:qotd", host, &port));
	cr_assert_str_eq(host, "a");
	cr_assert_str_eq(port, "qotd");
	cr_assert_not(host_port_read(port, &number));
	cr_assert(host_port_read("0", &number));
	cr_assert_eq(number, 0);
}

Test(host_port, takes_names_as_long_as_the_dns_has)
{
	char name[HOST_PORT_HOST_SIZE + 1];
	struct host_port target;
	memset(name, 'a', sizeof name);
	name[HOST_PORT_HOST_SIZE - 1] = '\0';
	cr_assert(host_port_parse(name, &target));
	cr_assert_str_eq(target.host, name);
	name[HOST_PORT_HOST_SIZE - 1] = 'a';
	name[HOST_PORT_HOST_SIZE] = '\0';
	cr_assert_not(host_port_parse(name, &target));
}

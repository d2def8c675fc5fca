#include "frontends/irc/connection/irc_server.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(irc_server, reads_hosts_and_ports)
{
	static const struct {
		const char *text, *host;
		uint16_t port;
	} rows[] = {
		{"irc.example.net", "irc.example.net", 0},
		{"irc.example.net:6697", "irc.example.net", 6697},
		{"localhost:1", "localhost", 1},
		{"192.0.2.1:65535", "192.0.2.1", 65535},
		{"2001:db8::1", "2001:db8::1", 0},
		{"[2001:db8::1]", "2001:db8::1", 0},
		{"[::1]:6697", "::1", 6697},
		{"[fe80::1%eth0]:6697", "fe80::1%eth0", 6697},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct host_port server;
		struct error error = {0};
		cr_assert(irc_server_parse(rows[i].text, &server, &error), "%s", error.text);
		cr_expect_str_eq(server.host, rows[i].host);
		cr_expect_eq(server.port, rows[i].port, "row %zu", i);
	}
}

Test(irc_server, explains_what_is_not_a_server)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"irc://irc.example.net/quotes", "is a URL; write the host alone"},
		{"ircs://irc.example.net:6697", "is a URL; write the host alone"},
		{"irc.example.net/6697", "is not a server; write"},
		{"irc.example.net:+6697", "is not a server; write"},
		{"irc.example.net:0", "has no port from 1 to 65535"},
		{"irc.example.net:65536", "has no port from 1 to 65535"},
		{"irc.example.net:", "has no port from 1 to 65535"},
		{"irc.example.net:ircs", "has no port from 1 to 65535"},
		{"irc.example.net:669769", "has no port from 1 to 65535"},
		{"[::1]6697", "is not a server; write"},
		{"[::1", "is not a server; write"},
		{"[irc.example.net]:6697", "is not a server; write"},
		{"[]", "is not a server; write"},
		{"tcp:irc.example.net:6667", "is not a server; write"},
		{"irc.example.net:6667:6697", "is not a server; write"},
		{"[irc.example.net:6697]", "is not a server; write"},
		{":6697", "is not a server; write"},
		{"irc example", "is not a server; write"},
		{"me@irc.example.net", "is not a server; write"},
		{"", "is not a server; write"},
	};
	char longest[300];
	struct error error;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		error.text[0] = '\0';
		cr_expect_not(irc_server_check(rows[i].text, &error), "%s", rows[i].text);
		cr_expect_not_null(strstr(error.text, rows[i].reason), "%s", error.text);
	}
	memset(longest, 'x', sizeof longest);
	longest[256] = '\0';
	cr_expect_not(irc_server_check(longest, &error));
	longest[255] = '\0';
	cr_expect(irc_server_check(longest, &error));
}

Test(irc_server, knows_the_port_of_the_other_kind)
{
	struct error error;
	cr_expect(irc_server_check_port(6697, true, &error));
	cr_expect(irc_server_check_port(6667, false, &error));
	cr_expect(irc_server_check_port(7000, true, &error));
	cr_expect_not(irc_server_check_port(6667, true, &error));
	cr_expect_str_eq(
		error.text, "port 6667 is the one without TLS; write 6697, or tls = false");
	cr_expect_not(irc_server_check_port(6697, false, &error));
	cr_expect_str_eq(error.text, "port 6697 is the one with TLS; write 6667, or tls = true");
}

Test(irc_server, writes_the_address_of_a_channel)
{
	static const struct {
		const char *server, *channel, *url;
		bool tls;
	} rows[] = {
		{"irc.example.net", "#quotes", "ircs://irc.example.net/quotes", true},
		{"irc.example.net:6667", "#quotes a key", "irc://irc.example.net:6667/quotes",
			false},
		{"[::1]:6697", "##c/d~", "ircs://[::1]:6697/%23c%2Fd~", true},
		{"::1", "&caf\xc3\xa9", "irc://[::1]/%26caf%C3%A9", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct host_port server;
		struct error error;
		cr_assert(irc_server_parse(rows[i].server, &server, &error));
		char *url = irc_server_url(&server, rows[i].tls, rows[i].channel);
		cr_expect_str_eq(url, rows[i].url);
		free(url);
	}
}

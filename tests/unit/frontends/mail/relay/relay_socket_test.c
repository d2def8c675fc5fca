#include "frontends/mail/relay/relay_socket.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "tests/support/loop_support.h"

Test(relay_socket, reads_host_and_port)
{
	static const struct {
		const char *text;
		const char *host; /* NULL: refused */
		const char *port;
	} rows[] = {
		{"localhost:25", "localhost", "25"},
		{"192.0.2.1:2525", "192.0.2.1", "2525"},
		{"[::1]:25", "::1", "25"},
		{"::1:25", NULL, NULL},
		{"localhost", NULL, NULL},
		{"localhost:", NULL, NULL},
		{":25", NULL, NULL},
		{"[]:25", NULL, NULL},
		{"localhost:0", NULL, NULL},
		{"localhost:65536", NULL, NULL},
		{"localhost:smtp", NULL, NULL},
		{"", NULL, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct relay_server server;
		struct error error;
		bool valid = relay_socket_parse(rows[i].text, &server, &error);
		cr_assert_eq(valid, rows[i].host != NULL, "%s", rows[i].text);
		if (valid) {
			cr_assert_str_eq(server.host, rows[i].host);
			cr_assert_str_eq(server.port, rows[i].port);
		} else {
			cr_assert_not_null(strstr(error.text, "is not host:port; write it as in"));
		}
	}
}

Test(relay_socket, connects_or_says_why_not)
{
	uint16_t port;
	struct error error = {0};
	struct relay_server server = {.host = "127.0.0.1"};
	int listening = loop_support_listen(&port);
	snprintf(server.port, sizeof server.port, "%u", port);
	int fd = relay_socket_connect(&server, 10, &error);
	cr_assert_geq(fd, 0, "%s", error.text);
	cr_expect_eq(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	close(fd);
	close(listening);
	char reason[64];
	snprintf(reason, sizeof reason, "127.0.0.1 port %u: Connection refused", port);
	cr_expect_eq(relay_socket_connect(&server, 10, &error), -1);
	cr_expect_str_eq(error.text, reason);
	strcpy(server.host, "a..b");
	cr_expect_eq(relay_socket_connect(&server, 10, &error), -1);
	cr_expect_eq(strncmp(error.text, "a..b: ", 6), 0, "%s", error.text);
}

Test(relay_socket, waits_for_so_long_alone, .timeout = 20)
{
	enum { BACKLOG = 8, MANY = 4 * BACKLOG };
	uint16_t port;
	int listening = loop_support_listen(&port);
	int waiting[MANY];
	/* A full backlog: the system drops what would connect. */
	for (int i = 0; i < MANY; i++)
		waiting[i] = loop_support_connect(port);
	struct error error = {0};
	struct relay_server server = {.host = "127.0.0.1"};
	snprintf(server.port, sizeof server.port, "%u", port);
	cr_expect_eq(relay_socket_connect(&server, 0.2, &error), -1);
	cr_expect_not_null(strstr(error.text, ": Connection timed out"), "%s", error.text);
	for (int i = 0; i < MANY; i++)
		close(waiting[i]);
	close(listening);
}

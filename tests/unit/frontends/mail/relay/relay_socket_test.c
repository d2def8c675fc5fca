#include "frontends/mail/relay/relay_socket.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "tests/support/loop_support.h"

#define MUTE                                                                                       \
	"the relay did not greet us in time; if it begins with TLS, as on port 465, use its port " \
	"587 and relay_tls"

Test(relay_socket, reads_host_and_port)
{
	static const struct {
		const char *text;
		const char *host; /* NULL: refused */
		uint16_t port;
	} rows[] = {
		{"localhost:25", "localhost", 25},
		{"192.0.2.1:2525", "192.0.2.1", 2525},
		{"[::1]:25", "::1", 25},
		{"[mail.example.org]:25", "mail.example.org", 25},
		{"a b:25", NULL, 0},
		{"::1:25", NULL, 0},
		{"localhost", NULL, 0},
		{"localhost:", NULL, 0},
		{":25", NULL, 0},
		{"[]:25", NULL, 0},
		{"localhost:0", NULL, 0},
		{"localhost:65536", NULL, 0},
		{"localhost:smtp", NULL, 0},
		{"", NULL, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct host_port server;
		struct error error;
		bool valid = relay_socket_parse(rows[i].text, &server, &error);
		cr_assert_eq(valid, rows[i].host != NULL, "%s", rows[i].text);
		if (valid) {
			cr_assert_str_eq(server.host, rows[i].host);
			cr_assert_eq(server.port, rows[i].port);
		} else {
			cr_assert_not_null(strstr(error.text, "is not host:port; write it as in"));
		}
	}
}

Test(relay_socket, connects_or_says_why_not)
{
	uint16_t port;
	struct error error = {0};
	struct host_port server = {.host = "127.0.0.1"};
	int listening = loop_support_listen(&port);
	server.port = port;
	int fd = relay_socket_connect(&server, 10, &error);
	cr_assert_geq(fd, 0, "%s", error.text);
	cr_expect_eq(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	close(fd);
	close(listening);
	cr_expect_eq(relay_socket_connect(&server, 10, &error), -1);
	cr_expect_str_eq(error.text, "Connection refused");
	strcpy(server.host, "a..b");
	cr_expect_eq(relay_socket_connect(&server, 10, &error), -1);
	cr_expect_not_null(strstr(error.text, "known"), "%s", error.text);
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
	struct host_port server = {.host = "127.0.0.1"};
	server.port = port;
	cr_expect_eq(relay_socket_connect(&server, 0.2, &error), -1);
	cr_expect_not_null(strstr(error.text, "Connection timed out"), "%s", error.text);
	for (int i = 0; i < MANY; i++)
		close(waiting[i]);
	close(listening);
}

/* What the relay says at first, and whether it hangs up then. */
static bool greets(const char *text, bool hangs_up, struct error *error)
{
	int ends[2];
	cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	cr_assert_eq(write(ends[1], text, strlen(text)), (ssize_t)strlen(text));
	if (hangs_up)
		shutdown(ends[1], SHUT_WR);
	bool good = relay_socket_greets(ends[0], 0.3, error);
	char first;
	if (good)
		cr_expect_eq(recv(ends[0], &first, 1, 0), 1, "the greeting is left to be read");
	close(ends[0]);
	close(ends[1]);
	return good;
}

Test(relay_socket, judges_the_greeting)
{
	static char endless[5001];
	static char lines[6001];
	static const struct {
		const char *text;
		const char *reason; /* NULL: it greets */
		bool hangs_up;
	} rows[] = {
		{"220 relay\r\n", NULL, false},
		{"220-relay\r\n220 no advertising\r\n", NULL, false},
		{"554 5.7.1 no\r\nmore", "the relay greeted us with: 554 5.7.1 no", false},
		{"554 no\r\n", "the relay greeted us with: 554 no", true},
		{"421-busy\r\n421 later\r\n", "the relay greeted us with: 421 later", false},
		{"HTTP/1.1 400 Bad\r\n", "the relay greeted us with: HTTP/1.1 400 Bad", false},
		{"", MUTE, false},
		{"220 rela", MUTE, false},
		{"", "the relay hung up without a greeting", true},
		{"220-relay\r\n", "the relay hung up without a greeting", true},
		{endless, "the relay's greeting has no end in 4096 octets", false},
		{lines, "the relay's greeting has no end in 4096 octets", false},
	};
	memset(endless, 'x', sizeof endless - 1);
	for (size_t i = 0; i + 6 < sizeof lines; i += 6)
		memcpy(lines + i, "220-x\n", 6);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error = {0};
		bool good = greets(rows[i].text, rows[i].hangs_up, &error);
		cr_expect_eq(good, rows[i].reason == NULL, "row %zu", i);
		if (!good && rows[i].reason != NULL)
			cr_expect_str_eq(error.text, rows[i].reason, "row %zu: %s", i, error.text);
	}
}

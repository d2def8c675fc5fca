#include "frontends/mail/relay/relay_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frontends/kit/metrics.h"

/* Postfix also writes brackets around a name, so they are taken there too. */
bool relay_socket_parse(const char *text, struct host_port *ret_server, struct error *reterr)
{
	if (host_port_parse(text, ret_server) && ret_server->port > 0 &&
		strpbrk(ret_server->host, "[] ") == NULL)
		return true;
	error_set(reterr, "'%s' is not host:port; write it as in localhost:25 or [::1]:25", text);
	return false;
}

static bool finish_connect(int fd, double deadline)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
	int status = ETIMEDOUT;
	socklen_t size = sizeof status;
	double left = deadline - metrics_clock();
	if (left > 0 && poll(&poll_fd, 1, (int)(left * 1000) + 1) == 1)
		getsockopt(fd, SOL_SOCKET, SO_ERROR, &status, &size);
	errno = status;
	return status == 0;
}

static int connect_one(const struct addrinfo *address, double deadline)
{
	int kind = address->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC;
	int fd = socket(address->ai_family, kind, address->ai_protocol);
	if (fd < 0)
		return -1;
	if (connect(fd, address->ai_addr, address->ai_addrlen) == 0 ||
		(errno == EINPROGRESS && finish_connect(fd, deadline))) {
		fcntl(fd, F_SETFL, 0);
		return fd;
	}
	int status = errno;
	close(fd);
	errno = status;
	return -1;
}

int relay_socket_connect(const struct host_port *server, double seconds, struct error *reterr)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	char port[sizeof "65535"];
	struct addrinfo *addresses;
	double deadline = metrics_clock() + seconds;
	snprintf(port, sizeof port, "%u", server->port);
	int status = getaddrinfo(server->host, port, &hints, &addresses);
	if (status != 0) {
		error_set(reterr, "%s", gai_strerror(status));
		return -1;
	}
	int fd = -1;
	for (const struct addrinfo *a = addresses; a && fd < 0; a = a->ai_next)
		fd = connect_one(a, deadline);
	if (fd < 0)
		error_set(reterr, "%s", strerrordesc_np(errno));
	freeaddrinfo(addresses);
	return fd;
}

enum { GREETING_MAX = 4096 /* octets */ };

/* Returns the last line of a whole greeting; NULL: there is more to come. */
static const char *last_line(const char *text)
{
	const char *end;
	while ((end = strchr(text, '\n')) != NULL) {
		bool numbered = strspn(text, "0123456789") == 3;
		if (end - text >= 3 && (!numbered || text[3] != '-'))
			return text;
		text = end + 1;
	}
	return NULL;
}

static bool judge_greeting(const char *text, struct error *reterr)
{
	if (strncmp(text, "220", 3) == 0)
		return true;
	error_set(reterr, "the relay greeted us with: %.*s", (int)strcspn(text, "\r\n"), text);
	return false;
}

/* Waits until more has come than the \p seen octets. */
static ssize_t peek(int fd, char *text, ssize_t seen, double deadline)
{
	ssize_t length = seen;
	while (length <= seen && length < GREETING_MAX) {
		/* What has been seen stays readable, so poll() would not wait for more. */
		struct pollfd poll_fd = {.fd = fd, .events = seen > 0 ? POLLRDHUP : POLLIN};
		double left = deadline - metrics_clock();
		if (left <= 0)
			return -1;
		int wait = (int)(left * 1000) + 1;
		if (poll(&poll_fd, 1, seen > 0 && wait > 20 ? 20 : wait) < 0)
			return -1;
		bool ended = (poll_fd.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
		length = recv(fd, text, GREETING_MAX, MSG_PEEK | MSG_DONTWAIT);
		if (length == 0 || (ended && length <= seen))
			return 0;
		if (length < 0)
			length = seen;
	}
	return length;
}

bool relay_socket_greets(int fd, double seconds, struct error *reterr)
{
	char text[GREETING_MAX + 1] = "";
	double deadline = metrics_clock() + seconds;
	ssize_t seen = 0;
	while (seen < GREETING_MAX) {
		seen = peek(fd, text, seen, deadline);
		if (seen <= 0)
			break;
		text[seen] = '\0';
		const char *line = last_line(text);
		if (line != NULL)
			return judge_greeting(line, reterr);
	}
	if (seen == 0)
		error_set(reterr, "the relay hung up without a greeting");
	else if (seen < 0)
		error_set(reterr, "the relay did not greet us in time; if it begins with TLS, as "
				  "on port 465, "
				  "use its port 587 and relay_tls");
	else
		error_set(reterr, "the relay's greeting has no end in %d octets", GREETING_MAX);
	return false;
}

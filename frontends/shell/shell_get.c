#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/kit/metrics.h"
#include "frontends/shell/shell.h"

enum {
	DATAGRAMS = 3, /* sent to an address that does not answer */
	/* As large as a quote may be, for servers that never send more than they received. */
	QUESTION_SIZE = 512,
	CHUNK_SIZE = 65536, /* no datagram is larger */
	MS_PER_SECOND = 1000,
	USUAL_PORTS = 2,
};

/* The standard one (RFC 865), which only root may listen on, and quoted's own default. */
static const uint16_t usual_ports[USUAL_PORTS] = {17, 1717};

/* What came, or why nothing did. */
struct getting {
	const struct shell_options *options;
	double deadline;
	struct buffer answer;
	bool reached; /* an address answers, so that no other is tried */
	int failure;  /* an errno; ETIMEDOUT: too late, EMSGSIZE: too long */
};

/* Returns false, with errno set, if it takes too long. */
static bool wait_for(int fd, short events, double until)
{
	struct pollfd entry = {.fd = fd, .events = events};
	int ready = 0;
	do {
		int left = (int)((until - metrics_clock()) * MS_PER_SECOND) + 1;
		ready = poll(&entry, 1, left > 0 ? left : 0);
	} while (ready < 0 && errno == EINTR);
	if (ready == 0)
		errno = ETIMEDOUT;
	return ready > 0;
}

/* Reads a stream to its end, or one datagram. */
static bool read_answer(struct getting *getting, int fd)
{
	const struct shell_options *options = getting->options;
	char chunk[CHUNK_SIZE];
	while (wait_for(fd, POLLIN, getting->deadline)) {
		ssize_t got = recv(fd, chunk, sizeof chunk, MSG_DONTWAIT);
		if (got < 0 && errno != EAGAIN && errno != EINTR)
			return false;
		size_t room = options->filter.max_bytes - getting->answer.length;
		if (got > 0 && (size_t)got > room) {
			buffer_append(&getting->answer, chunk, room);
			errno = EMSGSIZE;
			return false;
		}
		if (got > 0)
			buffer_append(&getting->answer, chunk, (size_t)got);
		if (got == 0 || (got > 0 && options->udp))
			return true;
	}
	return false;
}

static bool ask_tcp(struct getting *getting, int fd, double until)
{
	int failure = 0;
	socklen_t size = sizeof failure;
	if (!wait_for(fd, POLLOUT, until))
		return false;
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &size);
	errno = failure;
	getting->reached = failure == 0;
	return getting->reached && read_answer(getting, fd);
}

static bool ask_udp(struct getting *getting, int fd, double until)
{
	static const char question[QUESTION_SIZE];
	double pause = (until - metrics_clock()) / DATAGRAMS;
	for (int i = 0; i < DATAGRAMS && !getting->reached; i++) {
		if (send(fd, question, sizeof question, 0) < 0)
			return false;
		getting->reached = wait_for(fd, POLLIN, metrics_clock() + pause);
	}
	return getting->reached && read_answer(getting, fd);
}

/* A refused datagram shows only when its answer is read. */
static void ask(struct getting *getting, const struct addrinfo *address, double until)
{
	int fd = socket(address->ai_family, address->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	bool begun = fd >= 0 && (connect(fd, address->ai_addr, address->ai_addrlen) == 0 ||
					errno == EINPROGRESS);
	bool complete = begun && (getting->options->udp ? ask_udp(getting, fd, until)
							: ask_tcp(getting, fd, until));
	getting->failure = complete ? 0 : errno;
	getting->reached &= getting->failure != ECONNREFUSED;
	if (fd >= 0)
		close(fd);
}

static void set_port(const struct addrinfo *address, uint16_t port)
{
	if (address->ai_family == AF_INET6)
		((struct sockaddr_in6 *)address->ai_addr)->sin6_port = htons(port);
	else
		((struct sockaddr_in *)address->ai_addr)->sin_port = htons(port);
}

/* Each address may take its part of the time, so that a dead one leaves some for the next. */
static void ask_each(struct getting *getting, const struct addrinfo *addresses)
{
	const struct host_port *target = &getting->options->target;
	const uint16_t *ports = target->port > 0 ? &target->port : usual_ports;
	size_t port_count = target->port > 0 ? 1 : USUAL_PORTS;
	unsigned left = 0;
	for (const struct addrinfo *at = addresses; at != NULL; at = at->ai_next)
		left += (unsigned)port_count;
	getting->deadline = metrics_clock() + (double)getting->options->timeout;
	for (size_t i = 0; i < port_count; i++) {
		for (const struct addrinfo *at = addresses; at != NULL; at = at->ai_next) {
			double begun = metrics_clock();
			set_port(at, ports[i]);
			ask(getting, at, begun + (getting->deadline - begun) / left--);
			if (getting->reached)
				return;
		}
	}
}

/* "[::1]:17", "localhost, ports 17 and 1717" */
static char *name_of(const struct host_port *target)
{
	if (target->port == 0)
		return mem_format(
			"%s, ports %u and %u", target->host, usual_ports[0], usual_ports[1]);
	return mem_format(strchr(target->host, ':') != NULL ? "[%s]:%u" : "%s:%u", target->host,
		target->port);
}

static int explain(const struct getting *getting, const char *name, struct error *reterr)
{
	bool any = getting->answer.length > 0;
	switch (getting->failure) {
	case 0:
		if (any)
			return EX_OK;
		error_set(reterr, "%s: answered without a quote; look into its log", name);
		return EX_UNAVAILABLE;
	case ETIMEDOUT:
		error_set(reterr,
			any ? "%s: the quote did not end within %ld s; wait longer with --timeout"
			    : "%s: no answer within %ld s; wait longer with --timeout",
			name, getting->options->timeout);
		return EX_TEMPFAIL;
	case EMSGSIZE:
		error_set(reterr, "%s: more than %zu octets came; take more with --length", name,
			getting->options->filter.max_bytes);
		return EX_PROTOCOL;
	default:
		error_set(reterr,
			any ? "%s: %s; the quote may be incomplete, ask again"
			    : "%s: %s; name a QOTD server that runs, as HOST:PORT",
			name, strerror(getting->failure));
		return EX_UNAVAILABLE;
	}
}

static int find(
	const struct shell_options *options, struct addrinfo **ret_addresses, struct error *reterr)
{
	const struct addrinfo hints = {
		.ai_family = AF_UNSPEC,
		.ai_socktype = options->udp ? SOCK_DGRAM : SOCK_STREAM,
	};
	const char *host = options->target.host;
	int failure = getaddrinfo(host, NULL, &hints, ret_addresses);
	if (failure == 0)
		return EX_OK;
	if (failure == EAI_AGAIN) {
		error_set(reterr, "%s: no name server answers; try again later", host);
		return EX_TEMPFAIL;
	}
	error_set(reterr, "%s: %s; correct the name of the host", host, gai_strerror(failure));
	return EX_NOHOST;
}

int shell_get(const struct shell_options *options, struct output *out, struct error *reterr)
{
	struct getting getting = {.options = options};
	struct addrinfo *addresses;
	int status = find(options, &addresses, reterr);
	if (status != EX_OK)
		return status;
	ask_each(&getting, addresses);
	freeaddrinfo(addresses);
	shell_printing_foreign(out, getting.answer.data, getting.answer.length);
	char *name = name_of(&options->target);
	status = explain(&getting, name, reterr);
	free(name);
	buffer_finish(&getting.answer);
	return status;
}

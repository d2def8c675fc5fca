/* The least that a clean QOTD server on libev can do; scripts/bench measures quoted against it.
 * Usage: bench_reference PORT. One fixed quote, no limits. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <ev.h>

static const char quote[] =
	"The early bird catches the worm,\r\nbut the second mouse gets the cheese.\r\n";

struct lingering {
	ev_io io;
	ev_timer expiry;
};

/* Returns whether the client is gone. */
static int drain(int fd)
{
	char sink[16384];
	ssize_t got;
	do
		got = recv(fd, sink, sizeof sink, MSG_DONTWAIT | MSG_TRUNC);
	while (got > 0);
	return got == 0 || errno != EAGAIN;
}

static void finish(struct ev_loop *loop, struct lingering *lingering)
{
	ev_io_stop(loop, &lingering->io);
	ev_timer_stop(loop, &lingering->expiry);
	close(lingering->io.fd);
	free(lingering);
}

static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
	(void)events;
	if (drain(io->fd))
		finish(loop, io->data);
}

static void on_expiry(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	finish(loop, timer->data);
}

static void linger(struct ev_loop *loop, int fd)
{
	struct lingering *lingering = calloc(1, sizeof *lingering);
	if (lingering == NULL)
		abort();
	ev_io_init(&lingering->io, on_readable, fd, EV_READ);
	ev_timer_init(&lingering->expiry, on_expiry, 2, 0);
	lingering->io.data = lingering->expiry.data = lingering;
	ev_io_start(loop, &lingering->io);
	ev_timer_start(loop, &lingering->expiry);
}

static void on_connection(struct ev_loop *loop, ev_io *io, int events)
{
	(void)events;
	for (int i = 0; i < 64; i++) {
		int fd = accept4(io->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd < 0)
			return;
		send(fd, quote, sizeof quote - 1, MSG_MORE | MSG_NOSIGNAL);
		shutdown(fd, SHUT_WR);
		if (drain(fd))
			close(fd);
		else
			linger(loop, fd);
	}
}

static void on_datagram(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop;
	(void)events;
	for (int i = 0; i < 64; i++) {
		char octet;
		struct sockaddr_in peer;
		socklen_t length = sizeof peer;
		if (recvfrom(io->fd, &octet, 1, MSG_DONTWAIT, (struct sockaddr *)&peer, &length) <
			0)
			return;
		sendto(io->fd, quote, sizeof quote - 1, 0, (struct sockaddr *)&peer, length);
	}
}

static int bound(int type, uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int on = 1;
	int fd = socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0)
		abort();
	return fd;
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 64;
	uint16_t port = (uint16_t)atoi(argv[1]);
	struct ev_loop *loop = ev_default_loop(EVBACKEND_EPOLL | EVFLAG_NOENV);
	ev_io tcp;
	ev_io udp;
	ev_io_init(&tcp, on_connection, bound(SOCK_STREAM, port), EV_READ);
	ev_io_init(&udp, on_datagram, bound(SOCK_DGRAM, port), EV_READ);
	listen(tcp.fd, 4096);
	ev_io_start(loop, &tcp);
	ev_io_start(loop, &udp);
	return ev_run(loop, 0);
}

#include "frontends/net/captive_socket.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* Descriptors that other threads may open at that moment, at the most. */
enum { NEARBY = 256 };

static bool listen_on_loopback(int fd, uint16_t *ret_port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t length = sizeof address;
	bool listens = bind(fd, (struct sockaddr *)&address, length) == 0 && listen(fd, 1) == 0 &&
		       getsockname(fd, (struct sockaddr *)&address, &length) == 0;
	*ret_port = ntohs(address.sin_port);
	return listens;
}

/* A new descriptor is the lowest that is free. Moving the listener up frees the one it came on. */
bool captive_socket_open(struct captive_socket *captive)
{
	int lowest = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (lowest < 0)
		return false;
	captive->expected = lowest;
	captive->listener = fcntl(lowest, F_DUPFD_CLOEXEC, lowest + 1);
	bool listens =
		captive->listener >= 0 && listen_on_loopback(captive->listener, &captive->port);
	if (!listens && captive->listener >= 0)
		close(captive->listener);
	close(lowest);
	return listens;
}

static bool is_connected(const struct captive_socket *captive, int fd)
{
	struct sockaddr_in peer = {0};
	socklen_t length = sizeof peer;
	return getpeername(fd, (struct sockaddr *)&peer, &length) == 0 &&
	       peer.sin_family == AF_INET && ntohs(peer.sin_port) == captive->port &&
	       peer.sin_addr.s_addr == htonl(INADDR_LOOPBACK);
}

static int find(const struct captive_socket *captive)
{
	if (is_connected(captive, captive->expected))
		return captive->expected;
	/* Another thread took or freed a number in between: it is one of those nearby. */
	for (int fd = 0; fd <= captive->listener + NEARBY; fd++)
		if (is_connected(captive, fd))
			return fd;
	return -1;
}

int captive_socket_replace(const struct captive_socket *captive, int end)
{
	int fd = find(captive);
	return fd >= 0 ? dup3(end, fd, O_CLOEXEC) : -1;
}

void captive_socket_close(struct captive_socket *captive)
{
	close(captive->listener);
}

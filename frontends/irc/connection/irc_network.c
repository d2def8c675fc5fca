#include "frontends/irc/connection/irc_network.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/mem.h"

enum { READ_SIZE = 16384, READS_PER_TURN = 4 };

struct irc_network {
	struct ev_loop *loop;
	const struct irc_network_events *events;
	void *data;
	struct address *addresses;
	size_t count;
	size_t next;
	double seconds;
	int fd;
	ev_io io;
	ev_timer timer; /* time-out of the connection attempt, later the call of on_closed() */
	struct buffer unsent;
	struct error reason;
	bool connected;
	bool closed;
};

static void on_closed_turn(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	struct irc_network *network = timer->data;
	network->events->on_closed(network->data, network->reason.text);
}

static void close_socket(struct irc_network *network)
{
	ev_io_stop(network->loop, &network->io);
	ev_timer_stop(network->loop, &network->timer);
	if (network->fd >= 0)
		close(network->fd);
	network->fd = -1;
}

void irc_network_close(struct irc_network *network, const char *reason)
{
	if (network->closed)
		return;
	network->closed = true;
	close_socket(network);
	error_set(&network->reason, "%s", reason);
	ev_set_cb(&network->timer, on_closed_turn);
	ev_timer_set(&network->timer, 0, 0);
	ev_timer_start(network->loop, &network->timer);
}

static void watch(struct irc_network *network, int events)
{
	if (ev_is_active(&network->io) && network->io.events == events)
		return;
	ev_io_stop(network->loop, &network->io);
	ev_io_set(&network->io, network->fd, events);
	ev_io_start(network->loop, &network->io);
}

static void flush(struct irc_network *network)
{
	struct buffer *unsent = &network->unsent;
	while (unsent->length > 0) {
		ssize_t sent = send(network->fd, unsent->data, unsent->length, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0 && errno != EAGAIN) {
			irc_network_close(network, strerror(errno));
			return;
		}
		if (sent < 0)
			break;
		buffer_consume(unsent, (size_t)sent);
	}
	watch(network, unsent->length > 0 ? EV_READ | EV_WRITE : EV_READ);
}

static void read_some(struct irc_network *network)
{
	char octets[READ_SIZE];
	for (int i = 0; i < READS_PER_TURN && !network->closed; i++) {
		ssize_t length = recv(network->fd, octets, sizeof octets, 0);
		if (length < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (length <= 0) {
			irc_network_close(network,
				length == 0 ? "the server closed the connection" : strerror(errno));
			return;
		}
		network->events->on_data(network->data, octets, (size_t)length);
	}
}

static void on_io(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop;
	struct irc_network *network = io->data;
	if (events & EV_READ)
		read_some(network);
	if ((events & EV_WRITE) && !network->closed)
		flush(network);
}

static void try_next(struct irc_network *network);

static void next_after(struct irc_network *network, const char *reason)
{
	char text[ADDRESS_TEXT_SIZE];
	address_format(&network->addresses[network->next - 1], text);
	error_set(&network->reason, "%s: %s", text, reason);
	close_socket(network);
	try_next(network);
}

static void on_connect_timeout(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	next_after(timer->data, "timed out");
}

static void on_connected(struct ev_loop *loop, ev_io *io, int events)
{
	(void)events;
	struct irc_network *network = io->data;
	int error = 0;
	socklen_t length = sizeof error;
	getsockopt(network->fd, SOL_SOCKET, SO_ERROR, &error, &length);
	if (error != 0) {
		next_after(network, strerror(error));
		return;
	}
	ev_timer_stop(loop, &network->timer);
	ev_set_cb(io, on_io);
	network->connected = true;
	watch(network, EV_READ);
	network->events->on_connected(network->data);
}

/* Starts a connection attempt; returns false with errno set if that fails at once. */
static bool begin(struct irc_network *network, const struct address *address)
{
	network->fd =
		socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (network->fd < 0)
		return false;
	const struct sockaddr *name = (const struct sockaddr *)&address->storage;
	if (connect(network->fd, name, address->length) < 0 && errno != EINPROGRESS)
		return false;
	ev_set_cb(&network->io, on_connected);
	watch(network, EV_WRITE);
	ev_timer_set(&network->timer, network->seconds, 0);
	ev_timer_start(network->loop, &network->timer);
	return true;
}

static void try_next(struct irc_network *network)
{
	while (network->next < network->count) {
		const struct address *address = &network->addresses[network->next++];
		if (begin(network, address))
			return;
		char text[ADDRESS_TEXT_SIZE];
		int error = errno;
		address_format(address, text);
		error_set(&network->reason, "%s: %s", text, strerror(error));
		close_socket(network);
	}
	struct error reason = network->reason;
	irc_network_close(network, reason.text);
}

struct irc_network *irc_network_create(
	struct ev_loop *loop, const struct irc_network_events *events, void *data)
{
	struct irc_network *network = mem_alloc(sizeof *network);
	network->loop = loop;
	network->events = events;
	network->data = data;
	network->fd = -1;
	ev_io_init(&network->io, on_connected, -1, 0);
	network->io.data = network;
	ev_timer_init(&network->timer, on_connect_timeout, 0, 0);
	network->timer.data = network;
	return network;
}

void irc_network_connect(
	struct irc_network *network, const struct address *addresses, size_t count, double seconds)
{
	network->addresses = mem_resize(NULL, count + 1, sizeof *addresses);
	for (size_t i = 0; i < count; i++)
		network->addresses[i] = addresses[i];
	network->count = count;
	network->seconds = seconds;
	error_set(&network->reason, "no address");
	try_next(network);
}

void irc_network_send(struct irc_network *network, const char *octets, size_t length)
{
	if (!network->connected || network->closed)
		return;
	if (network->unsent.length + length > IRC_NETWORK_UNSENT) {
		irc_network_close(network, "the server does not read what we send");
		return;
	}
	buffer_append(&network->unsent, octets, length);
	flush(network);
}

void irc_network_destroy(struct irc_network *network)
{
	if (network == NULL)
		return;
	close_socket(network);
	buffer_finish(&network->unsent);
	free(network->addresses);
	free(network);
}

#include "frontends/irc/connection/irc_network.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/mem.h"
#include "frontends/irc/connection/irc_race.h"

enum { READ_SIZE = 16384, READS_PER_TURN = 4 };

struct irc_network {
	struct ev_loop *loop;
	const struct irc_network_events *events;
	void *data;
	struct irc_race *race;
	struct tls_context *tls;
	char *host;
	struct tls_stream *stream; /* NULL: without TLS */
	int fd;
	ev_io io;
	ev_timer closing; /* calls on_closed() */
	struct buffer unsent;
	struct error reason;
	bool read_blocked; /* TLS must write before it can read on */
	bool connected;
	bool closed;
};

static const char hung_up[] = "the server closed the connection";

static void on_closing(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct irc_network *network = timer->data;
	irc_race_destroy(network->race);
	network->race = NULL;
	network->events->on_closed(network->data, network->reason.text);
}

static void close_socket(struct irc_network *network)
{
	ev_io_stop(network->loop, &network->io);
	tls_stream_destroy(network->stream);
	network->stream = NULL;
	if (network->fd >= 0)
		close(network->fd);
	network->fd = -1;
}

/* The race stays for now, as this may be called by its callback. */
void irc_network_close(struct irc_network *network, const char *format, ...)
{
	va_list arguments;
	if (network->closed)
		return;
	network->closed = true;
	va_start(arguments, format);
	vsnprintf(network->reason.text, sizeof network->reason.text, format, arguments);
	va_end(arguments);
	close_socket(network);
	ev_timer_start(network->loop, &network->closing);
}

static void watch(struct irc_network *network, int events)
{
	if (ev_is_active(&network->io) && network->io.events == events)
		return;
	ev_io_stop(network->loop, &network->io);
	ev_io_set(&network->io, network->fd, events);
	ev_io_start(network->loop, &network->io);
}

static bool is_over(struct irc_network *network, enum tls_stream_result result, const char *reason)
{
	if (result != TLS_STREAM_RESULT_CLOSED && result != TLS_STREAM_RESULT_FAILED)
		return false;
	irc_network_close(network, "%s", result == TLS_STREAM_RESULT_CLOSED ? hung_up : reason);
	return true;
}

static void flush(struct irc_network *network)
{
	enum tls_stream_result result = TLS_STREAM_RESULT_DONE;
	while (network->unsent.length > 0 && result == TLS_STREAM_RESULT_DONE) {
		struct error error;
		size_t length = 0;
		result = tls_stream_write(network->stream, network->fd, network->unsent.data,
			network->unsent.length, &length, &error);
		if (is_over(network, result, error.text))
			return;
		buffer_consume(&network->unsent, length);
	}
	bool writes = network->read_blocked || result == TLS_STREAM_RESULT_WRITE;
	watch(network, writes ? EV_READ | EV_WRITE : EV_READ);
}

/* A short read has emptied the socket, which saves a call that would say so. */
static void take_input(struct irc_network *network)
{
	char octets[READ_SIZE];
	size_t length = sizeof octets;
	for (int i = 0; i < READS_PER_TURN && !network->closed; i++) {
		struct error error;
		enum tls_stream_result result = tls_stream_read(
			network->stream, network->fd, octets, sizeof octets, &length, &error);
		network->read_blocked = result == TLS_STREAM_RESULT_WRITE;
		if (is_over(network, result, error.text) || result != TLS_STREAM_RESULT_DONE)
			return;
		network->events->on_data(network->data, octets, length);
		if (network->stream == NULL && length < sizeof octets)
			return;
	}
	/* The socket is not readable for what TLS holds already. */
	if (!network->closed && tls_stream_is_pending(network->stream))
		ev_feed_event(network->loop, &network->io, EV_READ);
}

static void on_io(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop;
	struct irc_network *network = io->data;
	if ((events & EV_READ) || network->read_blocked)
		take_input(network);
	if (!network->closed && ((events & EV_WRITE) || network->unsent.length > 0))
		flush(network);
}

static void begin(struct irc_network *network)
{
	char tls[64];
	ev_set_cb(&network->io, on_io);
	network->connected = true;
	watch(network, EV_READ);
	if (network->stream != NULL)
		tls_stream_describe(network->stream, tls, sizeof tls);
	network->events->on_connected(network->data, network->stream != NULL ? tls : NULL);
}

static void on_handshake(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop, (void)events;
	struct irc_network *network = io->data;
	struct error error;
	enum tls_stream_result result = tls_stream_handshake(network->stream, &error);
	bool closed = result == TLS_STREAM_RESULT_CLOSED;
	if (closed || result == TLS_STREAM_RESULT_FAILED) {
		irc_network_close(network, "%s: %s", network->host, closed ? hung_up : error.text);
		return;
	}
	if (result == TLS_STREAM_RESULT_DONE)
		begin(network);
	else
		watch(network, result == TLS_STREAM_RESULT_READ ? EV_READ : EV_WRITE);
}

static void on_raced(void *data, int fd, const char *reason)
{
	struct irc_network *network = data;
	int on = 1;
	if (network->closed && fd >= 0)
		close(fd);
	if (fd < 0)
		irc_network_close(network, "%s", reason);
	if (network->closed)
		return;
	network->fd = fd;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (network->tls == NULL) {
		begin(network);
		return;
	}
	network->stream = tls_stream_connect(network->tls, fd, network->host);
	ev_set_cb(&network->io, on_handshake);
	watch(network, EV_WRITE);
}

struct irc_network *irc_network_create(
	struct ev_loop *loop, const struct irc_network_events *events, void *data)
{
	struct irc_network *network = mem_alloc(sizeof *network);
	network->loop = loop;
	network->events = events;
	network->data = data;
	network->fd = -1;
	ev_io_init(&network->io, on_io, -1, 0);
	network->io.data = network;
	ev_timer_init(&network->closing, on_closing, 0, 0);
	network->closing.data = network;
	return network;
}

void irc_network_connect(struct irc_network *network, const struct address *addresses, size_t count,
	struct tls_context *tls, const char *host)
{
	network->tls = tls;
	network->host = mem_strdup(host);
	network->race = irc_race_create(network->loop, addresses, count, on_raced, network);
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
	irc_race_destroy(network->race);
	ev_timer_stop(network->loop, &network->closing);
	buffer_finish(&network->unsent);
	free(network->host);
	free(network);
}

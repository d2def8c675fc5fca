#include "frontends/net/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "frontends/kit/log.h"

enum { ACCEPTS_PER_TURN = 64, BACKLOG = 4096 };
static const double PAUSE_SECONDS = 0.1;

static void set_accepting(struct listener *listener, bool accepting)
{
	if (listener->accepting == accepting)
		return;
	listener->accepting = accepting;
	for (size_t i = 0; i < listener->sockets.count; i++) {
		if (accepting)
			ev_io_start(listener->loop, &listener->sockets.items[i].io);
		else
			ev_io_stop(listener->loop, &listener->sockets.items[i].io);
	}
}

static void on_pause_over(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	struct listener *listener = timer->data;
	if (listener->spare_fd < 0)
		listener->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (!limits_is_full(listener->limits))
		set_accepting(listener, true);
}

static void pause_accepting(struct listener *listener)
{
	set_accepting(listener, false);
	ev_timer_stop(listener->loop, &listener->pause);
	ev_timer_set(&listener->pause, PAUSE_SECONDS, 0);
	ev_timer_start(listener->loop, &listener->pause);
}

/* Without a free fd nothing can be accepted, yet the socket stays readable: the spare one gives
 * way. */
static void on_no_fd(struct listener *listener, int listening_fd)
{
	if (!listener->starved)
		log_warning(listener->name, "%s; new connections wait", strerror(errno));
	listener->starved = true;
	if (listener->spare_fd >= 0) {
		close(listener->spare_fd);
		int refused = accept(listening_fd, NULL, NULL);
		if (refused >= 0) {
			limits_refuse(listener->limits, LIMITS_REASON_DESCRIPTORS, NULL);
			metrics_add(listener->metrics, LISTENER_METRICS_DESCRIPTOR, 1);
			close(refused);
		}
		listener->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	}
	pause_accepting(listener);
}

static void hand_over(struct listener *listener, int fd, const struct address *peer)
{
	if (!limits_admit(listener->limits, peer)) {
		metrics_add(listener->metrics, LISTENER_METRICS_PREFIX, 1);
		close(fd);
		return;
	}
	metrics_add(listener->metrics, METRICS_CONNECTIONS, 1);
	listener->on_connection(listener->data, fd, peer);
}

static bool is_of_one_connection(int error)
{
	return error == EINTR || error == ECONNABORTED || error == EPROTO || error == EPERM;
}

static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop;
	(void)events;
	struct listener *listener = io->data;
	for (int i = 0; i < ACCEPTS_PER_TURN && listener->accepting; i++) {
		struct address peer = {.length = sizeof peer.storage};
		int fd = accept4(io->fd, (struct sockaddr *)&peer.storage, &peer.length,
			SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd >= 0) {
			listener->starved = false;
			hand_over(listener, fd, &peer);
			if (limits_is_full(listener->limits))
				set_accepting(listener, false);
		} else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
			   errno == ENOMEM) {
			on_no_fd(listener, io->fd);
		} else if (!is_of_one_connection(errno)) {
			return;
		}
	}
}

/* A killed process leaves its socket file behind: connecting to it is refused. */
static void remove_stale(const struct address *address)
{
	const struct sockaddr_un *un = (const struct sockaddr_un *)&address->storage;
	struct stat status;
	if (lstat(un->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
		return;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	if (connect(fd, (const struct sockaddr *)un, address->length) != 0 && errno == ECONNREFUSED)
		unlink(un->sun_path);
	close(fd);
}

/* Until the socket listens, every connection is refused: no mode is needed before this one. */
static bool open_to(const struct address *address, mode_t mode)
{
	const struct sockaddr_un *un = (const struct sockaddr_un *)&address->storage;
	return address->storage.ss_family != AF_UNIX || mode == 0 || chmod(un->sun_path, mode) == 0;
}

static int bind_socket(void *data, const struct address *address)
{
	const struct listener *listener = data;
	int family = address->storage.ss_family;
	int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	int on = 1;
	if (family == AF_UNIX)
		remove_stale(address);
	else
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
	bool bound = bind(fd, (const struct sockaddr *)&address->storage, address->length) == 0;
	if (bound && open_to(address, listener->socket_mode) && listen(fd, BACKLOG) == 0)
		return fd;
	int error = errno;
	close(fd);
	if (bound && family == AF_UNIX)
		unlink(((const struct sockaddr_un *)&address->storage)->sun_path);
	errno = error;
	return -1;
}

static bool bind_all(struct listener *listener, struct error *reterr)
{
	struct binding_request request = {
		.owner = listener->name,
		.type = SOCK_STREAM,
		.addresses = listener->addresses,
		.bind_one = bind_socket,
		.data = listener,
	};
	if (!binding_open(&request, &listener->sockets, reterr))
		return false;
	for (size_t i = 0; i < listener->sockets.count; i++) {
		struct binding *socket = &listener->sockets.items[i];
		ev_io_init(&socket->io, on_readable, socket->fd, EV_READ);
		socket->io.data = listener;
	}
	return true;
}

bool listener_read_mode(const char *text, mode_t *ret_mode, struct error *reterr)
{
	size_t digits = strspn(text, "01234567");
	unsigned long mode = strtoul(text, NULL, 8);
	if (digits == 0 || text[digits] != '\0' || mode > 0777 || (mode & 0600) != 0600) {
		error_set(reterr, "'%s' is not the mode of a socket; write it in octal, as in 0660",
			text);
		return false;
	}
	*ret_mode = (mode_t)mode;
	return true;
}

bool listener_check_mode(const char *text, struct error *reterr)
{
	mode_t mode;
	return listener_read_mode(text, &mode, reterr);
}

bool listener_check(const struct strings *addresses, struct error *reterr)
{
	struct error error;
	struct address parsed[2];
	size_t count;
	for (size_t i = 0; i < addresses->count; i++) {
		if (!address_parse(addresses->items[i], parsed, &count, &error)) {
			error_set(reterr, "listen: %s", error.text);
			return false;
		}
	}
	return true;
}

/* By now nothing can undo the start, so shared sockets get their mode too. */
static void on_settled(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	const struct listener *listener = timer->data;
	for (size_t i = 0; i < listener->sockets.count; i++)
		if (!open_to(&listener->sockets.items[i].address, listener->socket_mode))
			log_warning(listener->name, "socket_mode: %s", strerror(errno));
}

void listener_init(struct listener *listener)
{
	listener->spare_fd = -1;
	ev_timer_init(&listener->pause, on_pause_over, 0, 0);
	ev_timer_init(&listener->settle, on_settled, 0, 0);
	listener->pause.data = listener->settle.data = listener;
}

bool listener_start(struct listener *listener, struct error *reterr)
{
	if (!bind_all(listener, reterr))
		return false;
	listener->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	set_accepting(listener, true);
	ev_timer_start(listener->loop, &listener->settle);
	return true;
}

void listener_release(struct listener *listener, const struct address *peer)
{
	limits_release(listener->limits, peer);
	metrics_add(listener->metrics, METRICS_CONNECTIONS, -1);
	if (listener->sockets.count > 0 && !ev_is_active(&listener->pause))
		set_accepting(listener, true);
}

void listener_take_waiting(struct listener *listener)
{
	for (size_t i = 0; i < listener->sockets.count; i++)
		for (int most = BACKLOG; most > 0 && listener->accepting; most -= ACCEPTS_PER_TURN)
			on_readable(listener->loop, &listener->sockets.items[i].io, EV_READ);
}

void listener_stop(struct listener *listener)
{
	set_accepting(listener, false);
	ev_timer_stop(listener->loop, &listener->pause);
	ev_timer_stop(listener->loop, &listener->settle);
	binding_close(&listener->sockets);
	if (listener->spare_fd >= 0)
		close(listener->spare_fd);
	listener->spare_fd = -1;
}

const struct address *listener_address(const struct listener *listener, size_t index)
{
	const struct bindings *sockets = &listener->sockets;
	return index < sockets->count ? &sockets->items[index].address : NULL;
}

void listener_url(
	const struct listener *listener, const char *scheme, char ret_url[LISTENER_URL_SIZE])
{
	const struct address *address;
	char text[ADDRESS_TEXT_SIZE];
	ret_url[0] = '\0';
	for (size_t i = 0; (address = listener_address(listener, i)) != NULL; i++) {
		if (address->storage.ss_family == AF_UNIX)
			continue;
		address_format(address, text);
		snprintf(ret_url, LISTENER_URL_SIZE, "%s://%s", scheme, text);
		return;
	}
}

#include "frontends/irc/connection/resolver.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ares.h>

#include "core/base/mem.h"

enum { TIMEOUT_MS = 3000, TRIES = 3, SOCKETS = 16 };

struct resolver {
	struct ev_loop *loop;
	ares_channel channel;
	ev_io sockets[SOCKETS];
	bool used[SOCKETS];
	ev_timer timeout;
	ev_timer deliver; /* calls on_done() later, as c-ares may answer before its call returns */
	struct address addresses[RESOLVER_ADDRESSES];
	size_t count;
	const char *reason;
	resolver_on_done *on_done;
	void *data;
	bool closing;
};

static void set_timeout(struct resolver *resolver)
{
	struct timeval most = {.tv_sec = TIMEOUT_MS / 1000};
	struct timeval wait;
	const struct timeval *next = ares_timeout(resolver->channel, &most, &wait);
	ev_timer_stop(resolver->loop, &resolver->timeout);
	ev_timer_set(
		&resolver->timeout, (double)next->tv_sec + (double)next->tv_usec / 1e6 + 0.001, 0);
	ev_timer_start(resolver->loop, &resolver->timeout);
}

static void on_socket(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop;
	struct resolver *resolver = io->data;
	ares_process_fd(resolver->channel, events & EV_READ ? io->fd : ARES_SOCKET_BAD,
		events & EV_WRITE ? io->fd : ARES_SOCKET_BAD);
	set_timeout(resolver);
}

static void on_timeout(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct resolver *resolver = timer->data;
	ares_process_fd(resolver->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	set_timeout(resolver);
}

/* Returns the place of a socket, a free place if it is new, or -1 if all are used. */
static int place_of(const struct resolver *resolver, int fd)
{
	int place = -1;
	for (int i = 0; i < SOCKETS; i++) {
		if (resolver->used[i] && resolver->sockets[i].fd == fd)
			return i;
		if (!resolver->used[i])
			place = i;
	}
	return place;
}

static void on_socket_state(void *data, ares_socket_t fd, int readable, int writable)
{
	struct resolver *resolver = data;
	int place = place_of(resolver, fd);
	if (place < 0)
		return;
	ev_io *io = &resolver->sockets[place];
	if (resolver->used[place])
		ev_io_stop(resolver->loop, io);
	resolver->used[place] = readable || writable;
	if (!resolver->used[place])
		return;
	ev_io_init(io, on_socket, fd, (readable ? EV_READ : 0) | (writable ? EV_WRITE : 0));
	io->data = resolver;
	ev_io_start(resolver->loop, io);
}

static void on_deliver(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct resolver *resolver = timer->data;
	ev_timer_stop(loop, &resolver->timeout);
	resolver->on_done(resolver->data, resolver->addresses, resolver->count, resolver->reason);
}

static void on_answer(void *data, int status, int timeouts, struct ares_addrinfo *answer)
{
	(void)timeouts;
	struct resolver *resolver = data;
	if (answer != NULL) {
		for (const struct ares_addrinfo_node *node = answer->nodes;
			node != NULL && resolver->count < RESOLVER_ADDRESSES;
			node = node->ai_next) {
			struct address *address = &resolver->addresses[resolver->count];
			if (node->ai_addrlen > sizeof address->storage)
				continue;
			memcpy(&address->storage, node->ai_addr, node->ai_addrlen);
			address->length = node->ai_addrlen;
			resolver->count++;
		}
		ares_freeaddrinfo(answer);
	}
	resolver->reason = status == ARES_SUCCESS ? "no address" : ares_strerror(status);
	if (!resolver->closing)
		ev_timer_start(resolver->loop, &resolver->deliver);
}

struct resolver *resolver_create(struct ev_loop *loop, struct error *reterr)
{
	struct resolver *resolver = mem_alloc(sizeof *resolver);
	struct ares_options options = {
		.timeout = TIMEOUT_MS,
		.tries = TRIES,
		.sock_state_cb = on_socket_state,
		.sock_state_cb_data = resolver,
	};
	resolver->loop = loop;
	int status = ares_init_options(&resolver->channel, &options,
		ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB);
	if (status != ARES_SUCCESS) {
		error_set(reterr, "cannot look up names: %s", ares_strerror(status));
		free(resolver);
		return NULL;
	}
	ev_timer_init(&resolver->timeout, on_timeout, 0, 0);
	resolver->timeout.data = resolver;
	ev_timer_init(&resolver->deliver, on_deliver, 0, 0);
	resolver->deliver.data = resolver;
	return resolver;
}

void resolver_lookup(struct resolver *resolver, const char *host, uint16_t port,
	resolver_on_done *on_done, void *data)
{
	const struct ares_addrinfo_hints hints = {
		.ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM,
		.ai_flags = ARES_AI_NUMERICSERV,
	};
	char service[8];
	snprintf(service, sizeof service, "%u", port);
	resolver->on_done = on_done;
	resolver->data = data;
	ares_getaddrinfo(resolver->channel, host, service, &hints, on_answer, resolver);
	if (!ev_is_active(&resolver->deliver))
		set_timeout(resolver);
}

void resolver_destroy(struct resolver *resolver)
{
	if (resolver == NULL)
		return;
	resolver->closing = true;
	ares_destroy(resolver->channel);
	for (int i = 0; i < SOCKETS; i++) {
		if (resolver->used[i])
			ev_io_stop(resolver->loop, &resolver->sockets[i]);
	}
	ev_timer_stop(resolver->loop, &resolver->timeout);
	ev_timer_stop(resolver->loop, &resolver->deliver);
	free(resolver);
}

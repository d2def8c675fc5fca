#include "frontends/qotd/qotd_udp.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/net/binding.h"

enum { DATAGRAMS_PER_TURN = 64 };

struct udp_socket {
	ev_io io;
	struct qotd_udp *udp;
	struct address address;
	bool wildcard;
};

struct qotd_udp {
	struct qotd_udp_options options;
	struct udp_socket **sockets;
	size_t count;
	unsigned long failed;
};

/* Room for the one control message we ask for: the address of ours that the datagram went to. */
union control {
	struct cmsghdr aligned;
	char ipv4[CMSG_SPACE(sizeof(struct in_pktinfo))];
	char ipv6[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

/* Sent back unchanged, the control message would also send the answer out of the interface that the
 * datagram came in by, which need not be the way back. */
static void forget_interface(struct msghdr *message)
{
	struct cmsghdr *header = CMSG_FIRSTHDR(message);
	if (header == NULL)
		return;
	if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
		struct in_pktinfo info;
		memcpy(&info, CMSG_DATA(header), sizeof info);
		info.ipi_ifindex = 0;
		memcpy(CMSG_DATA(header), &info, sizeof info);
	} else if (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO) {
		struct in6_pktinfo info;
		memcpy(&info, CMSG_DATA(header), sizeof info);
		info.ipi6_ifindex = 0;
		memcpy(CMSG_DATA(header), &info, sizeof info);
	}
}

static const size_t rows[LIMITS_REASON_COUNT] = {
	[LIMITS_REASON_ONE] = QOTD_ANSWER_METRICS_PREFIX,
	[LIMITS_REASON_ALL] = QOTD_ANSWER_METRICS_GLOBAL,
	[LIMITS_REASON_SMALL] = QOTD_ANSWER_METRICS_TOO_SMALL,
	[LIMITS_REASON_PORT] = QOTD_ANSWER_METRICS_PORT,
};

static void answer(struct udp_socket *udp_socket, struct msghdr *message,
	const struct address *peer, size_t received)
{
	struct qotd_udp *udp = udp_socket->udp;
	const struct qotd_udp_options *options = &udp->options;
	size_t room = qotd_policy_room(options->max_bytes, options->no_amplification, received);
	if (room == 0) {
		limits_refuse(options->limits, LIMITS_REASON_SMALL, peer);
		metrics_add(options->answer->metrics, rows[LIMITS_REASON_SMALL], 1);
		return;
	}
	if (!qotd_answer_next(options->answer, room))
		return;
	message->msg_iov->iov_base = options->answer->text.data;
	message->msg_iov->iov_len = options->answer->text.length;
	if (udp_socket->wildcard)
		forget_interface(message);
	bool sent = sendmsg(udp_socket->io.fd, message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
	udp->failed += !sent;
	qotd_answer_count(options->answer, sent);
}

static bool is_ours(const struct qotd_udp *udp, uint16_t port)
{
	for (size_t i = 0; i < udp->count; i++) {
		if (address_port(&udp->sockets[i]->address) == port)
			return true;
	}
	return false;
}

/* Only the length of the datagram matters. Returns false if none is left. */
static bool serve_one(struct udp_socket *udp_socket)
{
	struct qotd_udp *udp = udp_socket->udp;
	struct address peer;
	union control control;
	char octet;
	struct iovec content = {.iov_base = &octet, .iov_len = sizeof octet};
	struct msghdr message = {
		.msg_name = &peer.storage,
		.msg_namelen = sizeof peer.storage,
		.msg_iov = &content,
		.msg_iovlen = 1,
		.msg_control = udp_socket->wildcard ? &control : NULL,
		.msg_controllen = udp_socket->wildcard ? sizeof control : 0,
	};
	ssize_t received = recvmsg(udp_socket->io.fd, &message, MSG_DONTWAIT | MSG_TRUNC);
	if (received < 0)
		return errno == EINTR;
	metrics_add(udp->options.answer->metrics, METRICS_REQUESTS, 1);
	peer.length = message.msg_namelen;
	enum limits_reason reason = qotd_policy_judge(udp->options.limits, &peer,
		is_ours(udp, address_port(&peer)), ev_now(udp->options.loop));
	if (reason == LIMITS_REASON_NONE)
		answer(udp_socket, &message, &peer, (size_t)received);
	else
		metrics_add(udp->options.answer->metrics, rows[reason], 1);
	return true;
}

static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop;
	(void)events;
	for (int i = 0; i < DATAGRAMS_PER_TURN && serve_one(io->data); i++)
		continue;
}

static bool is_wildcard(const struct address *address)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)&address->storage;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&address->storage;
	if (address->storage.ss_family == AF_INET)
		return in->sin_addr.s_addr == htonl(INADDR_ANY);
	return IN6_IS_ADDR_UNSPECIFIED(&in6->sin6_addr);
}

static int bind_socket(void *data, const struct address *address)
{
	(void)data;
	int family = address->storage.ss_family;
	int fd = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	int on = 1;
	if (family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
	if (bind(fd, (const struct sockaddr *)&address->storage, address->length) == 0)
		return fd;
	int error = errno;
	close(fd);
	errno = error;
	return -1;
}

/* Has each datagram come with the address of ours that it went to. */
static void ask_for_address(int fd, int family)
{
	int on = 1;
	if (family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
	else
		setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
}

static void add_socket(struct qotd_udp *udp, const struct binding *binding)
{
	struct udp_socket *added = mem_alloc(sizeof *added);
	added->udp = udp;
	added->address = binding->address;
	added->wildcard = is_wildcard(&binding->address);
	if (added->wildcard)
		ask_for_address(binding->fd, binding->address.storage.ss_family);
	ev_io_init(&added->io, on_readable, binding->fd, EV_READ);
	added->io.data = added;
	udp->sockets = mem_resize(udp->sockets, udp->count + 1, sizeof(void *));
	udp->sockets[udp->count++] = added;
	ev_io_start(udp->options.loop, &added->io);
}

struct qotd_udp *qotd_udp_create(const struct qotd_udp_options *options)
{
	struct qotd_udp *udp = mem_alloc(sizeof *udp);
	udp->options = *options;
	return udp;
}

/* The settings were checked before; a socket that was passed was not. */
static bool may_serve(
	const struct qotd_udp *udp, const struct bindings *bindings, struct error *reterr)
{
	for (size_t i = 0; i < bindings->count && !udp->options.is_public; i++) {
		char text[ADDRESS_TEXT_SIZE];
		if (address_is_loopback(&bindings->items[i].address))
			continue;
		address_format(&bindings->items[i].address, text);
		error_set(reterr,
			"the UDP socket %s that was passed is reachable from other machines, which "
			"can abuse UDP as an amplifier; set udp_public = true",
			text);
		return false;
	}
	return true;
}

bool qotd_udp_start(struct qotd_udp *udp, struct error *reterr)
{
	struct binding_request request = {
		.owner = udp->options.name,
		.type = SOCK_DGRAM,
		.addresses = udp->options.addresses,
		.bind_one = bind_socket,
	};
	struct bindings bindings;
	if (!binding_open(&request, &bindings, reterr))
		return false;
	bool allowed = may_serve(udp, &bindings, reterr);
	for (size_t i = 0; i < bindings.count; i++) {
		if (allowed)
			add_socket(udp, &bindings.items[i]);
		else
			binding_close(bindings.items[i].fd);
	}
	free(bindings.items);
	return allowed;
}

void qotd_udp_stop(struct qotd_udp *udp)
{
	while (udp->count > 0) {
		struct udp_socket *stopped = udp->sockets[--udp->count];
		ev_io_stop(udp->options.loop, &stopped->io);
		binding_close(stopped->io.fd);
		free(stopped);
	}
}

unsigned long qotd_udp_failed(const struct qotd_udp *udp)
{
	return udp->failed;
}

const struct address *qotd_udp_address(const struct qotd_udp *udp, size_t index)
{
	return index < udp->count ? &udp->sockets[index]->address : NULL;
}

void qotd_udp_destroy(struct qotd_udp *udp)
{
	if (udp == NULL)
		return;
	qotd_udp_stop(udp);
	free(udp->sockets);
	free(udp);
}

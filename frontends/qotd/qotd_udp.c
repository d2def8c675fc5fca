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
#include "frontends/qotd/qotd_frontend.h"

enum { DATAGRAMS_PER_TURN = 64 };

struct qotd_udp {
	const struct frontend_context *context;
	const struct qotd_options *options;
	struct buffer text; /* of the last answer */
	struct limits *limits;
	struct bindings sockets;
	unsigned long failed;
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

static void answer(struct qotd_udp *udp, int fd, struct msghdr *message, const struct address *peer,
	size_t received)
{
	size_t room = qotd_policy_room(
		(size_t)udp->options->max_bytes, udp->options->udp_no_amplification, received);
	if (room == 0) {
		limits_refuse(udp->limits, LIMITS_REASON_SMALL, peer);
		metrics_add(udp->context->metrics, rows[LIMITS_REASON_SMALL], 1);
		return;
	}
	if (!qotd_answer_next(udp->context, udp->options, room, &udp->text))
		return;
	message->msg_iov->iov_base = udp->text.data;
	message->msg_iov->iov_len = udp->text.length;
	forget_interface(message);
	bool sent = sendmsg(fd, message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
	udp->failed += !sent;
	qotd_answer_count(udp->context->metrics, sent);
}

static bool is_ours(const struct qotd_udp *udp, uint16_t port)
{
	for (size_t i = 0; i < udp->sockets.count; i++)
		if (address_port(&udp->sockets.items[i].address) == port)
			return true;
	return false;
}

static bool is_wildcard(const struct address *address)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)&address->storage;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&address->storage;
	if (address->storage.ss_family == AF_INET)
		return in->sin_addr.s_addr == htonl(INADDR_ANY);
	return IN6_IS_ADDR_UNSPECIFIED(&in6->sin6_addr);
}

/* Only the length of the datagram matters. The one control message, asked for on a wildcard socket,
 * is the address of ours that the datagram went to. Returns false if none is left. */
static bool serve_one(struct qotd_udp *udp, const struct binding *socket)
{
	bool wildcard = is_wildcard(&socket->address);
	struct address peer;
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct in6_pktinfo))];
	char octet;
	struct iovec content = {.iov_base = &octet, .iov_len = sizeof octet};
	struct msghdr message = {
		.msg_name = &peer.storage,
		.msg_namelen = sizeof peer.storage,
		.msg_iov = &content,
		.msg_iovlen = 1,
		.msg_control = wildcard ? control : NULL,
		.msg_controllen = wildcard ? sizeof control : 0,
	};
	ssize_t received = recvmsg(socket->fd, &message, MSG_DONTWAIT | MSG_TRUNC);
	if (received < 0)
		return errno == EINTR;
	metrics_add(udp->context->metrics, METRICS_REQUESTS, 1);
	peer.length = message.msg_namelen;
	enum limits_reason reason = qotd_policy_judge(
		udp->limits, &peer, is_ours(udp, address_port(&peer)), ev_now(udp->context->loop));
	if (reason == LIMITS_REASON_NONE)
		answer(udp, socket->fd, &message, &peer, (size_t)received);
	else
		metrics_add(udp->context->metrics, rows[reason], 1);
	return true;
}

static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop;
	(void)events;
	for (int i = 0; i < DATAGRAMS_PER_TURN && serve_one(io->data, (struct binding *)io); i++)
		continue;
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

static void watch(struct qotd_udp *udp, struct binding *socket)
{
	if (is_wildcard(&socket->address))
		ask_for_address(socket->fd, socket->address.storage.ss_family);
	ev_io_init(&socket->io, on_readable, socket->fd, EV_READ);
	socket->io.data = udp;
	ev_io_start(udp->context->loop, &socket->io);
}

struct qotd_udp *qotd_udp_create(const struct frontend_context *context,
	const struct qotd_options *options, struct limits *limits)
{
	struct qotd_udp *udp = mem_alloc(sizeof *udp);
	udp->context = context;
	udp->options = options;
	udp->limits = limits;
	return udp;
}

/* The settings were checked before; a socket that was passed was not. */
static bool may_serve(const struct qotd_udp *udp, struct error *reterr)
{
	for (size_t i = 0; i < udp->sockets.count && !udp->options->udp_public; i++) {
		const struct address *address = &udp->sockets.items[i].address;
		char text[ADDRESS_TEXT_SIZE];
		if (address_is_loopback(address))
			continue;
		address_format(address, text);
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
		.owner = udp->context->name,
		.type = SOCK_DGRAM,
		.addresses = &udp->options->udp,
		.bind_one = bind_socket,
	};
	if (!binding_open(&request, &udp->sockets, reterr))
		return false;
	if (!may_serve(udp, reterr)) {
		binding_close(&udp->sockets);
		return false;
	}
	for (size_t i = 0; i < udp->sockets.count; i++)
		watch(udp, &udp->sockets.items[i]);
	return true;
}

void qotd_udp_stop(struct qotd_udp *udp)
{
	for (size_t i = 0; i < udp->sockets.count; i++)
		ev_io_stop(udp->context->loop, &udp->sockets.items[i].io);
	binding_close(&udp->sockets);
}

unsigned long qotd_udp_failed(const struct qotd_udp *udp)
{
	return udp->failed;
}

const struct address *qotd_udp_address(const struct qotd_udp *udp, size_t index)
{
	return index < udp->sockets.count ? &udp->sockets.items[index].address : NULL;
}

void qotd_udp_destroy(struct qotd_udp *udp)
{
	if (udp == NULL)
		return;
	qotd_udp_stop(udp);
	buffer_finish(&udp->text);
	free(udp);
}

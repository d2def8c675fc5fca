#include "tests/support/peer.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "tests/support/loop_support.h"

void peer_init(struct peer *peer, struct ev_loop *loop)
{
	*peer = (struct peer){.loop = loop, .listener = -1, .fd = -1};
}

uint16_t peer_listen(struct peer *peer)
{
	uint16_t port;
	peer->listener = loop_support_listen(&port);
	fcntl(peer->listener, F_SETFL, O_NONBLOCK);
	return port;
}

static int accept_any(int good, X509_STORE_CTX *store)
{
	(void)good;
	(void)store;
	return 1;
}

void peer_encrypt(struct peer *peer, const char *path, bool asks)
{
	SSL_CTX_free(peer->context);
	peer->context = SSL_CTX_new(TLS_server_method());
	SSL_CTX_use_certificate_chain_file(peer->context, path);
	SSL_CTX_use_PrivateKey_file(peer->context, path, SSL_FILETYPE_PEM);
	SSL_CTX_set_mode(
		peer->context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	if (asks)
		SSL_CTX_set_verify(peer->context, SSL_VERIFY_PEER, accept_any);
}

bool peer_has_certificate(const struct peer *peer)
{
	return SSL_get0_peer_certificate(peer->ssl) != NULL;
}

bool peer_connect(struct peer *peer, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strncpy(address.sun_path, path, sizeof address.sun_path - 1);
	peer->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	return connect(peer->fd, (struct sockaddr *)&address, sizeof address) == 0;
}

int peer_pair(struct peer *peer)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) != 0)
		return -1;
	peer->fd = pair[0];
	return pair[1];
}

static void take_call(struct peer *peer)
{
	peer->fd = accept4(peer->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (peer->fd < 0 || peer->context == NULL)
		return;
	peer->ssl = SSL_new(peer->context);
	SSL_set_fd(peer->ssl, peer->fd);
	SSL_set_accept_state(peer->ssl);
}

/* Returns as recv() does. */
static ssize_t receive(struct peer *peer, char *octets, size_t size)
{
	if (peer->ssl == NULL)
		return recv(peer->fd, octets, size, 0);
	ERR_clear_error();
	int length = SSL_read(peer->ssl, octets, (int)size);
	if (length > 0)
		return length;
	int error = SSL_get_error(peer->ssl, length);
	return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? -1 : 0;
}

static ssize_t transmit(struct peer *peer, const char *octets, size_t length)
{
	if (peer->ssl == NULL)
		return send(peer->fd, octets, length, MSG_NOSIGNAL);
	ERR_clear_error();
	return SSL_write(peer->ssl, octets, (int)length);
}

void peer_listen_to(struct peer *peer)
{
	char octets[4096];
	if (peer->fd < 0 && peer->listener >= 0)
		take_call(peer);
	if (peer->fd < 0 || peer->closed)
		return;
	ssize_t length;
	while ((length = receive(peer, octets, sizeof octets)) > 0)
		buffer_append(&peer->heard, octets, (size_t)length);
	peer->closed = length == 0;
}

static bool is_called(void *data)
{
	peer_listen_to(data);
	return ((const struct peer *)data)->fd >= 0;
}

bool peer_is_called(struct peer *peer)
{
	return loop_support_until(peer->loop, is_called, peer);
}

struct hearing {
	struct peer *peer;
	const char *text;
	size_t times;
};

static bool is_heard(void *data)
{
	const struct hearing *hearing = data;
	size_t times = 0;
	peer_listen_to(hearing->peer);
	const char *at = hearing->peer->heard.length > 0 ? hearing->peer->heard.data : "";
	for (; (at = strstr(at, hearing->text)) != NULL; at++)
		times++;
	return times >= hearing->times;
}

bool peer_hears(struct peer *peer, const char *text, size_t times)
{
	struct hearing hearing = {peer, text, times};
	return loop_support_until(peer->loop, is_heard, &hearing);
}

static bool is_closed(void *data)
{
	peer_listen_to(data);
	return ((const struct peer *)data)->closed;
}

bool peer_is_left(struct peer *peer)
{
	return loop_support_until(peer->loop, is_closed, peer);
}

struct saying {
	struct peer *peer;
	const char *octets;
	size_t length;
};

static bool is_said(void *data)
{
	struct saying *saying = data;
	peer_listen_to(saying->peer);
	ssize_t sent = saying->length > 0 && saying->peer->fd >= 0
			       ? transmit(saying->peer, saying->octets, saying->length)
			       : 0;
	if (sent > 0) {
		saying->octets += sent;
		saying->length -= (size_t)sent;
	}
	return saying->length == 0;
}

bool peer_says(struct peer *peer, const char *octets, size_t length)
{
	struct saying saying = {peer, octets, length};
	return loop_support_until(peer->loop, is_said, &saying);
}

void peer_say(struct peer *peer, const char *text)
{
	cr_assert(peer_says(peer, text, strlen(text)), "'%s' was not sent", text);
}

void peer_expect(struct peer *peer, const char *text)
{
	cr_assert(peer_hears(peer, text, 1), "%s was not heard in:\n%s", text,
		peer->heard.length > 0 ? peer->heard.data : "");
	buffer_clear(&peer->heard);
}

void peer_hang_up(struct peer *peer)
{
	if (peer->ssl != NULL) {
		SSL_shutdown(peer->ssl);
		SSL_free(peer->ssl);
	}
	peer->ssl = NULL;
	if (peer->fd >= 0)
		close(peer->fd);
	peer->fd = -1;
	peer->closed = false;
	buffer_clear(&peer->heard);
}

void peer_finish(struct peer *peer)
{
	peer_hang_up(peer);
	if (peer->listener >= 0)
		close(peer->listener);
	SSL_CTX_free(peer->context);
	buffer_finish(&peer->heard);
}

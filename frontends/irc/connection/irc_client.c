#include "frontends/irc/connection/irc_client.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libircclient.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/net/captive_socket.h"

struct irc_client {
	irc_session_t *session;
	const struct irc_client_events *events;
	void *data;
	int fd;     /* the library's end */
	int our_fd; /* the other one */
	int *reserved;
	double now; /* of the line that it is fed */
};

int irc_client_reserve(void)
{
	int devnull = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (devnull < 0)
		return -1;
	int fd = fcntl(devnull, F_DUPFD_CLOEXEC, 3);
	int low = fd < devnull ? fd : devnull;
	close(fd < devnull ? devnull : fd);
	if (low < FD_SETSIZE)
		return low;
	if (low >= 0)
		close(low);
	return -1;
}

void irc_client_release(int reserved)
{
	if (reserved >= 0)
		close(reserved);
}

static void on_numeric(irc_session_t *session, unsigned int code, const char *origin,
	const char **params, unsigned int count)
{
	(void)origin;
	struct irc_client *client = irc_get_ctx(session);
	client->events->on_numeric(client->data, (int)code, params, count, client->now);
}

static void on_nick(irc_session_t *session, const char *event, const char *origin,
	const char **params, unsigned int count)
{
	(void)event;
	struct irc_client *client = irc_get_ctx(session);
	if (origin != NULL && count >= 1)
		client->events->on_nick(client->data, origin, params[0]);
}

static void on_join(irc_session_t *session, const char *event, const char *origin,
	const char **params, unsigned int count)
{
	(void)event;
	struct irc_client *client = irc_get_ctx(session);
	if (origin != NULL && count >= 1)
		client->events->on_join(client->data, origin, params[0]);
}

static void on_part(irc_session_t *session, const char *event, const char *origin,
	const char **params, unsigned int count)
{
	(void)event;
	struct irc_client *client = irc_get_ctx(session);
	if (origin != NULL && count >= 1)
		client->events->on_leave(client->data, origin, params[0], NULL, client->now);
}

static void on_kick(irc_session_t *session, const char *event, const char *origin,
	const char **params, unsigned int count)
{
	(void)event;
	struct irc_client *client = irc_get_ctx(session);
	if (origin != NULL && count >= 2)
		client->events->on_leave(client->data, params[1], params[0], origin, client->now);
}

static irc_session_t *new_session(struct irc_client *client)
{
	irc_callbacks_t callbacks = {
		.event_numeric = on_numeric,
		.event_nick = on_nick,
		.event_join = on_join,
		.event_part = on_part,
		.event_kick = on_kick,
	};
	irc_session_t *session = irc_create_session(&callbacks);
	if (session != NULL)
		irc_set_ctx(session, client);
	return session;
}

/* The library uses these strings as printf formats. */
static char *double_percent(const char *text)
{
	struct buffer out = {0};
	buffer_add(&out, "");
	for (; *text != '\0'; text++)
		buffer_append(&out, *text == '%' ? "%%" : text, *text == '%' ? 2 : 1);
	return out.data;
}

static bool connect_library(
	struct irc_client *client, const struct irc_client_identity *identity, uint16_t port)
{
	char *nick = double_percent(identity->nick);
	char *username = double_percent(identity->username);
	char *realname = double_percent(identity->realname);
	int failed =
		irc_connect(client->session, "127.0.0.1", port, NULL, nick, username, realname);
	free(nick);
	free(username);
	free(realname);
	return failed == 0;
}

/* Gives the library one end of a socket pair; returns whether it can select() on it. */
static bool put_pair(struct irc_client *client, const struct captive_socket *captive)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) < 0)
		return false;
	client->fd = captive_socket_replace(captive, pair[1]);
	close(pair[1]);
	client->our_fd = pair[0];
	return client->fd >= 0 && client->fd < FD_SETSIZE;
}

/* The library's socket gets the lowest free descriptor: the one released here, or a lower one. */
static bool connect_to_us(struct irc_client *client, const struct irc_client_identity *identity)
{
	struct captive_socket captive;
	irc_client_release(*client->reserved);
	*client->reserved = -1;
	if (!captive_socket_open(&captive))
		return false;
	bool made = connect_library(client, identity, captive.port) && put_pair(client, &captive);
	captive_socket_close(&captive);
	return made;
}

struct irc_client *irc_client_create(const struct irc_client_identity *identity,
	const struct irc_client_events *events, void *data, int *reserved, struct error *reterr)
{
	struct irc_client *client = mem_alloc(sizeof *client);
	*client = (struct irc_client){
		.events = events, .data = data, .fd = -1, .our_fd = -1, .reserved = reserved};
	client->session = new_session(client);
	if (*reserved < 0)
		*reserved = irc_client_reserve();
	if (client->session != NULL && connect_to_us(client, identity))
		return client;
	error_set(reterr,
		"no descriptor below %d is free for libircclient; lower max_connections of other "
		"front ends, or raise the limit on open files",
		FD_SETSIZE);
	irc_client_destroy(client);
	return NULL;
}

/* The library acts on every bit that is set, so only what is ready may be. */
static bool step(struct irc_client *client, bool reads)
{
	fd_set in;
	fd_set out;
	int most = 0;
	FD_ZERO(&in);
	FD_ZERO(&out);
	if (irc_add_select_descriptors(client->session, &in, &out, &most) != 0)
		return false;
	FD_ZERO(reads ? &out : &in);
	return irc_process_select_descriptors(client->session, &in, &out) == 0;
}

/* A new socket pair is writable. The library first notices that it is connected, then sends. */
void irc_client_register(struct irc_client *client)
{
	for (int i = 0; i < 2; i++)
		step(client, false);
}

/* The socket is readable then, and the library has nothing to send. */
bool irc_client_feed(struct irc_client *client, const char *line, size_t length, double now)
{
	client->now = now;
	if (send(client->our_fd, line, length, MSG_NOSIGNAL) != (ssize_t)length)
		return false;
	return step(client, true) && irc_is_connected(client->session);
}

size_t irc_client_read(struct irc_client *client, char *out, size_t size)
{
	ssize_t length = recv(client->our_fd, out, size, 0);
	return length > 0 ? (size_t)length : 0;
}

void irc_client_destroy(struct irc_client *client)
{
	if (client == NULL)
		return;
	if (client->session != NULL)
		irc_destroy_session(client->session);
	if (client->our_fd >= 0)
		close(client->our_fd);
	if (*client->reserved < 0)
		*client->reserved = irc_client_reserve();
	free(client);
}

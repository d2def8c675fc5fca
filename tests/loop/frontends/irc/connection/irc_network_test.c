#include "frontends/irc/connection/irc_network.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/loop_support.h"

struct scene {
	struct ev_loop *loop;
	struct irc_network *network;
	int connected;
	int closed;
	char reason[256];
};

static void on_connected(void *data)
{
	((struct scene *)data)->connected++;
}

static void on_data(void *data, const char *octets, size_t length)
{
	(void)data;
	(void)octets;
	(void)length;
}

static void on_closed(void *data, const char *reason)
{
	struct scene *scene = data;
	scene->closed++;
	strncpy(scene->reason, reason, sizeof scene->reason - 1);
}

static const struct irc_network_events events = {on_connected, on_data, on_closed};

static bool is_decided(void *data)
{
	const struct scene *scene = data;
	return scene->connected + scene->closed > 0;
}

/* Returns a bound socket, whose address refuses connections until it listens. */
static int reserve(struct address *ret_address)
{
	struct sockaddr_in *in = (struct sockaddr_in *)&ret_address->storage;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	*ret_address = (struct address){.length = sizeof *in};
	in->sin_family = AF_INET;
	in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	cr_assert_eq(bind(fd, (struct sockaddr *)in, ret_address->length), 0);
	getsockname(fd, (struct sockaddr *)in, &ret_address->length);
	return fd;
}

static void connect_to(struct scene *scene, const struct address *addresses, size_t count)
{
	*scene = (struct scene){.loop = loop_support_create()};
	scene->network = irc_network_create(scene->loop, &events, scene);
	irc_network_connect(scene->network, addresses, count, 30);
	cr_assert(loop_support_until(scene->loop, is_decided, scene));
}

static void finish(struct scene *scene)
{
	irc_network_destroy(scene->network);
	ev_loop_destroy(scene->loop);
}

Test(irc_network, tries_every_address)
{
	struct scene scene;
	struct address addresses[3];
	int fds[3];
	for (int i = 0; i < 3; i++)
		fds[i] = reserve(&addresses[i]);
	cr_assert_eq(listen(fds[2], 1), 0);
	connect_to(&scene, addresses, 3);
	cr_assert_eq(scene.connected, 1, "%s", scene.reason);
	cr_assert_eq(scene.closed, 0);
	finish(&scene);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
}

Test(irc_network, says_why_the_last_address_refused)
{
	struct scene scene;
	struct address addresses[2];
	char text[ADDRESS_TEXT_SIZE];
	int fds[2] = {reserve(&addresses[0]), reserve(&addresses[1])};
	connect_to(&scene, addresses, 2);
	cr_assert_eq(scene.connected, 0);
	cr_assert_eq(scene.closed, 1);
	address_format(&addresses[1], text);
	cr_assert_eq(strncmp(scene.reason, text, strlen(text)), 0, "%s", scene.reason);
	cr_assert(strstr(scene.reason, "refused"), "%s", scene.reason);
	finish(&scene);
	close(fds[0]);
	close(fds[1]);
}

Test(irc_network, no_address_at_all)
{
	struct scene scene;
	connect_to(&scene, NULL, 0);
	cr_assert_eq(scene.closed, 1);
	cr_assert_str_eq(scene.reason, "no address");
	finish(&scene);
}

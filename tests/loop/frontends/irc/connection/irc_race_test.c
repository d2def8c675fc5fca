#include "frontends/irc/connection/irc_race.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/loop_support.h"

enum { FILLERS = 3 };

struct scene {
	struct ev_loop *loop;
	struct irc_race *race;
	int calls;
	int fd;
	char reason[256];
};

static void on_done(void *data, int fd, const char *reason)
{
	struct scene *scene = data;
	scene->calls++;
	scene->fd = fd;
	strncpy(scene->reason, reason != NULL ? reason : "", sizeof scene->reason - 1);
}

static bool is_done(void *data)
{
	return ((const struct scene *)data)->calls > 0;
}

/* Returns a bound socket, whose address refuses connections until it listens. */
static int reserve(struct address *ret_address, int family)
{
	int fd = socket(family, SOCK_STREAM, 0);
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&ret_address->storage;
	struct sockaddr_in *in = (struct sockaddr_in *)&ret_address->storage;
	*ret_address = (struct address){.length = family == AF_INET ? sizeof *in : sizeof *in6};
	ret_address->storage.ss_family = (sa_family_t)family;
	if (family == AF_INET)
		in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	else
		in6->sin6_addr = in6addr_loopback;
	struct sockaddr *name = (struct sockaddr *)&ret_address->storage;
	cr_assert_eq(bind(fd, name, ret_address->length), 0);
	getsockname(fd, name, &ret_address->length);
	return fd;
}

/* Fills the backlog, so that further connections get no answer at all. */
static void swallow(int fd, const struct address *address, int fillers[FILLERS])
{
	cr_assert_eq(listen(fd, 0), 0);
	for (int i = 0; i < FILLERS; i++) {
		fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		connect(fillers[i], (const struct sockaddr *)&address->storage, address->length);
	}
}

static void race(struct scene *scene, const struct address *addresses, size_t count)
{
	*scene = (struct scene){.loop = loop_support_create()};
	scene->race = irc_race_create(scene->loop, addresses, count, on_done, scene);
	cr_assert_eq(scene->calls, 0, "only from the loop");
	cr_assert(loop_support_until(scene->loop, is_done, scene));
}

static void finish(struct scene *scene)
{
	if (scene->fd >= 0)
		close(scene->fd);
	irc_race_destroy(scene->race);
	ev_loop_destroy(scene->loop);
}

Test(irc_race, tries_every_address)
{
	struct scene scene;
	struct address addresses[3];
	int fds[3];
	for (int i = 0; i < 3; i++)
		fds[i] = reserve(&addresses[i], AF_INET);
	cr_assert_eq(listen(fds[2], 1), 0);
	race(&scene, addresses, 3);
	cr_assert_geq(scene.fd, 0, "%s", scene.reason);
	finish(&scene);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
}

Test(irc_race, says_why_the_last_address_refused)
{
	struct scene scene;
	struct address addresses[2];
	char text[ADDRESS_TEXT_SIZE];
	int fds[2] = {reserve(&addresses[0], AF_INET), reserve(&addresses[1], AF_INET)};
	race(&scene, addresses, 2);
	cr_assert_eq(scene.fd, -1);
	address_format(&addresses[1], text);
	cr_assert_eq(strncmp(scene.reason, text, strlen(text)), 0, "%s", scene.reason);
	cr_assert(strstr(scene.reason, "refused"), "%s", scene.reason);
	finish(&scene);
	close(fds[0]);
	close(fds[1]);
}

Test(irc_race, no_address_at_all)
{
	struct scene scene;
	race(&scene, NULL, 0);
	cr_assert_eq(scene.fd, -1);
	cr_assert_str_eq(scene.reason, "no address");
	finish(&scene);
}

Test(irc_race, does_not_wait_for_a_black_hole)
{
	struct scene scene;
	struct address addresses[2];
	int fillers[FILLERS];
	int fds[2] = {reserve(&addresses[0], AF_INET), reserve(&addresses[1], AF_INET)};
	swallow(fds[0], &addresses[0], fillers);
	cr_assert_eq(listen(fds[1], 1), 0);
	ev_tstamp begun = ev_time();
	race(&scene, addresses, 2);
	cr_assert_geq(scene.fd, 0, "%s", scene.reason);
	cr_assert_lt(ev_time() - begun, 5);
	cr_assert_geq(ev_time() - begun, 0.2, "the first address has its turn");
	finish(&scene);
	for (int i = 0; i < FILLERS; i++)
		close(fillers[i]);
	close(fds[0]);
	close(fds[1]);
}

/* Of two addresses of IPv6 and one of IPv4, that of IPv4 is tried second. */
Test(irc_race, takes_the_families_by_turns)
{
	struct scene scene;
	struct address addresses[3];
	struct sockaddr_storage peer;
	socklen_t length = sizeof peer;
	int fds[3] = {reserve(&addresses[0], AF_INET6), reserve(&addresses[1], AF_INET6),
		reserve(&addresses[2], AF_INET)};
	cr_assert_eq(listen(fds[1], 1), 0);
	cr_assert_eq(listen(fds[2], 1), 0);
	race(&scene, addresses, 3);
	cr_assert_geq(scene.fd, 0, "%s", scene.reason);
	getpeername(scene.fd, (struct sockaddr *)&peer, &length);
	cr_assert_eq(peer.ss_family, AF_INET);
	finish(&scene);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
}

Test(irc_race, destroyed_under_way)
{
	struct address address;
	int fillers[FILLERS];
	int fd = reserve(&address, AF_INET);
	swallow(fd, &address, fillers);
	struct scene scene = {.loop = loop_support_create()};
	scene.race = irc_race_create(scene.loop, &address, 1, on_done, &scene);
	for (int i = 0; i < 3; i++)
		ev_run(scene.loop, EVRUN_NOWAIT);
	irc_race_destroy(scene.race);
	cr_assert_eq(scene.calls, 0);
	ev_loop_destroy(scene.loop);
	for (int i = 0; i < FILLERS; i++)
		close(fillers[i]);
	close(fd);
}

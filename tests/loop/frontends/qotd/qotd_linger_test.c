#include "frontends/qotd/qotd_linger.h"

#include <criterion/criterion.h>
#include <string.h>
#include <sys/socket.h>

#include "frontends/qotd/qotd_frontend.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"

enum { CLIENTS = 3, SPEECH = 1000 };

struct scene {
	struct ev_loop *loop;
	struct qotd_options options;
	struct qotd_linger *linger;
	struct peer clients[CLIENTS];
	int closed;
};

static void on_closed(void *data, const struct address *peer)
{
	cr_assert_eq(peer->length, sizeof(sa_family_t));
	((struct scene *)data)->closed++;
}

static void prepare(struct scene *scene)
{
	*scene = (struct scene){.loop = loop_support_create()};
	scene->options = (struct qotd_options){
		.linger_ms = 60000,
		.linger_bytes = 10 * SPEECH,
		.linger_max = CLIENTS,
	};
}

/* Makes a client that has sent \p length octets before it lingers. */
static struct peer *add(struct scene *scene, int index, size_t length)
{
	static const char speech[11 * SPEECH];
	struct address address = {.length = sizeof(sa_family_t)};
	struct peer *client = &scene->clients[index];
	if (scene->linger == NULL)
		scene->linger = qotd_linger_create(scene->loop, &scene->options, on_closed, scene);
	peer_init(client, scene->loop);
	int fd = peer_pair(client);
	cr_assert_eq(send(client->fd, speech, length, MSG_NOSIGNAL), (ssize_t)length);
	qotd_linger_add(scene->linger, fd, &address);
	return client;
}

static void expect(const struct scene *scene, int closed, size_t count, unsigned long cut_short)
{
	cr_assert_eq(scene->closed, closed, "%d closed", scene->closed);
	cr_assert_eq(qotd_linger_count(scene->linger), count);
	cr_assert_eq(qotd_linger_cut_short(scene->linger), cut_short);
}

static void finish(struct scene *scene)
{
	for (int i = 0; i < CLIENTS; i++)
		if (scene->clients[i].loop != NULL)
			peer_finish(&scene->clients[i]);
	qotd_linger_destroy(scene->linger);
	ev_loop_destroy(scene->loop);
}

static bool is_closed(void *data)
{
	return ((const struct scene *)data)->closed > 0;
}

Test(qotd_linger, reads_until_the_client_closes)
{
	struct scene scene;
	prepare(&scene);
	struct peer *client = add(&scene, 0, SPEECH);
	expect(&scene, 0, 1, 0);
	cr_assert(peer_says(client, "more", 4));
	ev_run(scene.loop, EVRUN_NOWAIT);
	expect(&scene, 0, 1, 0);
	peer_hang_up(client);
	cr_assert(loop_support_until(scene.loop, is_closed, &scene));
	expect(&scene, 1, 0, 0);
	finish(&scene);
}

Test(qotd_linger, waits_for_a_bounded_time)
{
	struct scene scene;
	prepare(&scene);
	scene.options.linger_ms = 100;
	ev_tstamp began = ev_time();
	struct peer *client = add(&scene, 0, 0);
	cr_assert(peer_is_left(client));
	cr_assert_geq(ev_time() - began, 0.05, "it waited for the client");
	expect(&scene, 1, 0, 1);
	finish(&scene);
}

Test(qotd_linger, reads_a_bounded_number_of_octets)
{
	struct scene scene;
	prepare(&scene);
	add(&scene, 0, 10 * SPEECH - 1);
	expect(&scene, 0, 1, 0);
	cr_assert(peer_says(&scene.clients[0], "x", 1));
	cr_assert(loop_support_until(scene.loop, is_closed, &scene));
	expect(&scene, 1, 0, 1);
	add(&scene, 1, 11 * SPEECH);
	expect(&scene, 2, 0, 2);
	finish(&scene);
}

Test(qotd_linger, closes_the_oldest_of_too_many)
{
	struct scene scene;
	prepare(&scene);
	scene.options.linger_max = 2;
	for (int i = 0; i < CLIENTS; i++)
		add(&scene, i, 0);
	expect(&scene, 1, 2, 1);
	cr_assert(peer_is_left(&scene.clients[0]));
	peer_listen_to(&scene.clients[1]);
	cr_assert_not(scene.clients[1].closed);
	qotd_linger_stop(scene.linger);
	expect(&scene, 3, 0, 3);
	finish(&scene);
}

#include "frontends/mail/mail_listener.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/support/mail_scene.h"
#include "tests/support/scratch.h"

TestSuite(mail_listener, .init = scratch_enter, .fini = scratch_leave);

enum { CLIENTS = 3 };

/* A listener on a unix socket, with a service behind it. */
struct setup {
	struct mail_scene scene;
	struct mail_options options;
	struct mail_listener *listener;
	struct peer clients[CLIENTS];
};

static void prepare(struct setup *setup)
{
	*setup = (struct setup){.listener = NULL};
	mail_scene_prepare(&setup->scene);
	mail_scene_open(&setup->scene);
	char *directory = getcwd(NULL, 0);
	char *address = mem_format("unix:%s/smtp", directory);
	strings_add(&setup->options.smtp, address);
	free(address);
	free(directory);
	setup->options.max_connections = 10;
	setup->options.max_per_prefix = 10;
	setup->options.idle_timeout = 60;
	setup->options.max_age = 60;
	for (int i = 0; i < CLIENTS; i++)
		peer_init(&setup->clients[i], setup->scene.loop);
}

static void start(struct setup *setup)
{
	struct error error = {0};
	setup->listener = mail_listener_create(
		&setup->scene.context, &setup->options, &setup->scene.session, NULL, 0600);
	cr_assert(mail_listener_start(setup->listener, setup->scene.service, &error), "%s",
		error.text);
}

static void finish(struct setup *setup)
{
	mail_listener_stop(setup->listener);
	cr_expect_eq(mail_listener_busy(setup->listener), 0);
	mail_listener_destroy(setup->listener);
	for (int i = 0; i < CLIENTS; i++)
		peer_finish(&setup->clients[i]);
	strings_finish(&setup->options.smtp);
	mail_scene_finish(&setup->scene);
}

static struct peer *call(struct setup *setup, int index)
{
	cr_assert(peer_connect(&setup->clients[index], "smtp"));
	return &setup->clients[index];
}

Test(mail_listener, lets_no_client_take_the_last_place)
{
	struct setup setup;
	prepare(&setup);
	setup.options.max_connections = 3;
	start(&setup);
	peer_expect(call(&setup, 0), "220 ");
	peer_expect(call(&setup, 1), "220 ");
	peer_expect(
		call(&setup, 2), "421 4.3.2 mx.q.example too many connections; try again later");
	cr_assert(peer_is_left(&setup.clients[2]));
	peer_say(&setup.clients[0], "NOOP\r\n");
	peer_expect(&setup.clients[0], "250 ");
	finish(&setup);
}

Test(mail_listener, lets_connections_over_the_limit_wait)
{
	struct setup setup;
	prepare(&setup);
	setup.options.max_connections = 1;
	start(&setup);
	peer_expect(call(&setup, 0), "220 ");
	call(&setup, 1);
	peer_say(&setup.clients[0], "NOOP\r\n");
	peer_expect(&setup.clients[0], "250 ");
	peer_listen_to(&setup.clients[1]);
	cr_assert_eq(setup.clients[1].heard.length, 0);
	peer_say(&setup.clients[0], "QUIT\r\n");
	peer_expect(&setup.clients[1], "220 ");
	finish(&setup);
}

Test(mail_listener, spares_unix_sockets_from_max_per_prefix)
{
	struct setup setup;
	prepare(&setup);
	setup.options.max_per_prefix = 1;
	start(&setup);
	peer_expect(call(&setup, 0), "220 ");
	peer_expect(call(&setup, 1), "220 ");
	finish(&setup);
}

Test(mail_listener, drains_all_its_connections)
{
	struct setup setup;
	prepare(&setup);
	start(&setup);
	peer_expect(call(&setup, 0), "220 ");
	peer_expect(call(&setup, 1), "220 ");
	peer_say(&setup.clients[1], "EHLO me\r\nMAIL FROM:<a@b.example>\r\n");
	peer_expect(&setup.clients[1], "\r\n250 2.1.0");
	cr_expect_eq(mail_listener_busy(setup.listener), 1);
	mail_listener_drain(setup.listener);
	peer_expect(&setup.clients[0], "421 ");
	cr_assert(peer_is_left(&setup.clients[0]));
	cr_expect_not(peer_connect(&setup.clients[2], "smtp"), "it takes no more");
	peer_say(&setup.clients[1], "RSET\r\n");
	peer_expect(&setup.clients[1], "421 ");
	cr_assert(peer_is_left(&setup.clients[1]));
	finish(&setup);
}

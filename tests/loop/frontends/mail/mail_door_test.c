#include "frontends/mail/mail_door.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/support/mail_scene.h"
#include "tests/support/scratch.h"

TestSuite(mail_door, .init = scratch_enter, .fini = scratch_leave);

enum { CLIENTS = 3 };

/* A door on a unix socket, with a service behind it. */
struct house {
	struct mail_scene scene;
	struct mail_options options;
	struct mail_door *door;
	struct peer clients[CLIENTS];
};

static void prepare(struct house *house)
{
	*house = (struct house){.door = NULL};
	mail_scene_prepare(&house->scene);
	mail_scene_open(&house->scene);
	char *directory = getcwd(NULL, 0);
	char *address = mem_format("unix:%s/smtp", directory);
	strings_add(&house->options.smtp, address);
	free(address);
	free(directory);
	house->options.max_connections = 10;
	house->options.max_per_prefix = 10;
	house->options.idle_timeout = 60;
	house->options.max_age = 60;
	for (int i = 0; i < CLIENTS; i++)
		peer_init(&house->clients[i], house->scene.loop);
}

static void start(struct house *house)
{
	struct error error = {0};
	house->door = mail_door_create(&(struct mail_door_options){
		.context = &house->scene.context,
		.options = &house->options,
		.session = {.hostname = "mx.q.example",
			.mailboxes = &house->scene.mailboxes,
			.max_message_bytes = 100000,
			.max_recipients = 100,
			.max_errors = 5,
			.max_commands = 1000},
		.socket_mode = 0600,
	});
	cr_assert(mail_door_start(house->door, house->scene.service, &error), "%s", error.text);
}

static void finish(struct house *house)
{
	mail_door_stop(house->door);
	cr_expect_eq(mail_door_busy(house->door), 0);
	mail_door_destroy(house->door);
	for (int i = 0; i < CLIENTS; i++)
		peer_finish(&house->clients[i]);
	strings_finish(&house->options.smtp);
	mail_scene_finish(&house->scene);
}

static struct peer *call(struct house *house, int index)
{
	cr_assert(peer_connect(&house->clients[index], "smtp"));
	return &house->clients[index];
}

/* Waits for wanted, and forgets what was heard so far. */
static void expect(struct peer *client, const char *wanted)
{
	cr_assert(peer_hears(client, wanted, 1), "%s was not heard in:\n%s", wanted,
		client->heard.length > 0 ? client->heard.data : "");
	buffer_clear(&client->heard);
}

static void say(struct peer *client, const char *text)
{
	cr_assert(peer_says(client, text, strlen(text)));
}

Test(mail_door, lets_no_client_take_the_last_place)
{
	struct house house;
	prepare(&house);
	house.options.max_connections = 3;
	start(&house);
	expect(call(&house, 0), "220 ");
	expect(call(&house, 1), "220 ");
	expect(call(&house, 2), "421 4.3.2 mx.q.example too many connections; try again later");
	cr_assert(peer_is_left(&house.clients[2]));
	say(&house.clients[0], "NOOP\r\n");
	expect(&house.clients[0], "250 ");
	finish(&house);
}

Test(mail_door, lets_connections_over_the_limit_wait)
{
	struct house house;
	prepare(&house);
	house.options.max_connections = 1;
	start(&house);
	expect(call(&house, 0), "220 ");
	call(&house, 1);
	say(&house.clients[0], "NOOP\r\n");
	expect(&house.clients[0], "250 ");
	peer_listen_to(&house.clients[1]);
	cr_assert_eq(house.clients[1].heard.length, 0);
	say(&house.clients[0], "QUIT\r\n");
	expect(&house.clients[1], "220 ");
	finish(&house);
}

Test(mail_door, spares_unix_sockets_from_max_per_prefix)
{
	struct house house;
	prepare(&house);
	house.options.max_per_prefix = 1;
	start(&house);
	expect(call(&house, 0), "220 ");
	expect(call(&house, 1), "220 ");
	finish(&house);
}

Test(mail_door, drains_all_its_connections)
{
	struct house house;
	prepare(&house);
	start(&house);
	expect(call(&house, 0), "220 ");
	expect(call(&house, 1), "220 ");
	say(&house.clients[1], "EHLO me\r\nMAIL FROM:<a@b.example>\r\n");
	expect(&house.clients[1], "\r\n250 2.1.0");
	cr_expect_eq(mail_door_busy(house.door), 1);
	mail_door_drain(house.door);
	expect(&house.clients[0], "421 ");
	cr_assert(peer_is_left(&house.clients[0]));
	cr_expect_not(peer_connect(&house.clients[2], "smtp"), "it takes no more");
	say(&house.clients[1], "RSET\r\n");
	expect(&house.clients[1], "421 ");
	cr_assert(peer_is_left(&house.clients[1]));
	finish(&house);
}

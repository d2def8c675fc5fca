#include "frontends/mail/mail_connection.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "tests/support/loop_support.h"
#include "tests/support/mail_scene.h"
#include "tests/support/scratch.h"

TestSuite(mail_connection, .init = scratch_enter, .fini = scratch_leave);

/* A connection to a service whose relay never speaks. */
struct setup {
	struct mail_scene scene;
	struct mail_connection_options options;
	struct mail_connection *connection; /* NULL once it is closed */
	struct peer client;
};

static void on_close(void *data, struct mail_connection *connection, const struct address *peer)
{
	struct setup *setup = data;
	cr_assert_eq(connection, setup->connection);
	cr_assert_eq(peer->length, sizeof(sa_family_t));
	setup->connection = NULL;
}

static void prepare(struct setup *setup)
{
	*setup = (struct setup){.connection = NULL};
	mail_scene_prepare(&setup->scene);
	setup->scene.mail.relay_timeout = 1;
	peer_init(&setup->client, setup->scene.loop);
	setup->options = (struct mail_connection_options){
		.loop = setup->scene.loop,
		.session = &setup->scene.session,
		.idle_timeout = 60,
		.max_age = 60,
		.on_close = on_close,
		.data = setup,
	};
}

static void open(struct setup *setup)
{
	struct address address = {.length = sizeof(sa_family_t)};
	mail_scene_open(&setup->scene);
	setup->options.service = setup->scene.service;
	int fd = peer_pair(&setup->client);
	setup->connection = mail_connection_create(&setup->options, fd, &address);
	cr_assert(peer_hears(&setup->client, "220 mx.q.example ", 1));
}

static void finish(struct setup *setup)
{
	if (setup->connection != NULL)
		mail_connection_close(setup->connection);
	cr_assert_null(setup->connection);
	peer_finish(&setup->client);
	mail_scene_finish(&setup->scene);
}

/* Waits until the server closes, with a 421. */
static void expect_shut(struct setup *setup, const char *reason)
{
	cr_assert(peer_is_left(&setup->client));
	cr_assert_not_null(
		strstr(setup->client.heard.data, reason), "%s", setup->client.heard.data);
	cr_assert_null(setup->connection);
}

static const char timed_out[] = "421 4.3.2 mx.q.example the session timed out\r\n";
static const char closing[] = "421 4.3.2 mx.q.example closing the connection\r\n";
static const char message[] = "EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<quote@q.example>\r\n"
			      "DATA\r\n";

static void on_trickle(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	const struct peer *client = timer->data;
	send(client->fd, "x", 1, MSG_NOSIGNAL);
}

/* Sends single octets until the server closes; returns how many seconds that took. */
static double trickle(struct setup *setup)
{
	ev_timer timer;
	double began = ev_time();
	ev_timer_init(&timer, on_trickle, 0.05, 0.05);
	timer.data = &setup->client;
	ev_timer_start(setup->scene.loop, &timer);
	expect_shut(setup, timed_out);
	ev_timer_stop(setup->scene.loop, &timer);
	return ev_time() - began;
}

Test(mail_connection, closes_for_a_silent_client)
{
	struct setup setup;
	prepare(&setup);
	setup.options.idle_timeout = 0.2;
	open(&setup);
	expect_shut(&setup, timed_out);
	finish(&setup);
}

Test(mail_connection, octets_of_a_command_buy_no_time)
{
	struct setup setup;
	prepare(&setup);
	setup.options.idle_timeout = 0.5;
	open(&setup);
	trickle(&setup);
	finish(&setup);
}

/* Each octet of a text buys time, but not beyond max_age. */
Test(mail_connection, a_text_that_trickles_ends_with_the_session)
{
	struct setup setup;
	prepare(&setup);
	setup.options.idle_timeout = 0.5;
	setup.options.max_age = 1.5;
	open(&setup);
	peer_say(&setup.client, message);
	cr_assert(peer_hears(&setup.client, "\r\n354 ", 1));
	double seconds = trickle(&setup);
	cr_assert(seconds > 1, "%g: ended by the wrong timer", seconds);
	finish(&setup);
}

static bool is_closed_though_it_talks(void *data)
{
	struct peer *client = data;
	peer_listen_to(client);
	send(client->fd, "NOOP\r\n", 6, MSG_NOSIGNAL);
	return client->closed;
}

Test(mail_connection, commands_buy_no_time_beyond_max_age)
{
	struct setup setup;
	prepare(&setup);
	setup.options.max_age = 0.5;
	open(&setup);
	cr_assert(loop_support_until(setup.scene.loop, is_closed_though_it_talks, &setup.client));
	expect_shut(&setup, timed_out);
	finish(&setup);
}

/* While another process writes to the database, nothing can be kept. */
Test(mail_connection, waits_until_a_message_is_kept)
{
	struct setup setup;
	struct error error = {0};
	prepare(&setup);
	setup.options.idle_timeout = 0.5;
	struct db *db = db_open("quoted.db", true, &error);
	cr_assert(db != NULL && db_begin(db), "%s", error.text);
	open(&setup);
	cr_assert_not(mail_connection_is_busy(setup.connection));
	peer_say(&setup.client, message);
	peer_say(&setup.client, "\r\nx\r\n.\r\nNOOP\r\nQUIT\r\n");
	cr_assert(peer_hears(&setup.client, "\r\n354 ", 1));
	cr_assert(mail_connection_is_busy(setup.connection));
	mail_connection_drain(setup.connection);
	cr_assert_not_null(setup.connection, "the message goes first");
	cr_assert_null(strstr(setup.client.heard.data, "\r\n250 2.0.0 message accepted"));
	db_rollback(db);
	db_close(db);
	cr_assert(peer_is_left(&setup.client));
	const char *verdict = strstr(setup.client.heard.data, "\r\n250 2.0.0 message accepted");
	cr_assert_not_null(verdict, "%s", setup.client.heard.data);
	cr_assert_not_null(strstr(verdict + 2, "\r\n250 "), "then NOOP: %s", verdict);
	cr_assert_not_null(strstr(verdict, "\r\n221 "), "then QUIT: %s", verdict);
	finish(&setup);
}

Test(mail_connection, drains_at_once_without_a_transaction)
{
	struct setup setup;
	prepare(&setup);
	open(&setup);
	mail_connection_drain(setup.connection);
	expect_shut(&setup, closing);
	finish(&setup);
}

Test(mail_connection, drains_once_the_transaction_ends)
{
	struct setup setup;
	prepare(&setup);
	open(&setup);
	peer_say(&setup.client, "EHLO me\r\nMAIL FROM:<a@b.example>\r\n");
	cr_assert(peer_hears(&setup.client, "250 2.1.0 ", 1));
	mail_connection_drain(setup.connection);
	cr_assert_not_null(setup.connection);
	peer_say(&setup.client, "RSET\r\n");
	expect_shut(&setup, closing);
	finish(&setup);
}

Test(mail_connection, ends_with_its_client)
{
	struct setup setup;
	prepare(&setup);
	open(&setup);
	struct mail_connection **connection = &setup.connection;
	peer_hang_up(&setup.client);
	while (*connection != NULL)
		ev_run(setup.scene.loop, EVRUN_ONCE);
	finish(&setup);
}

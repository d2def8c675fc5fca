#include "frontends/mail/mail_connection.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"
#include "tests/support/stores.h"

TestSuite(mail_connection, .init = scratch_enter, .fini = scratch_leave);

/* A connection whose messages go to a relay that never speaks. */
struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct frontend_context context;
	struct smtp_address address;
	struct smtp_mailboxes mailboxes;
	struct smtp_session_options session;
	struct mail_service_options service;
	struct mail_connection_options options;
	struct mail_connection *connection; /* NULL once it is closed */
	struct peer client;
	struct peer relay;
};

static void on_close(void *data, struct mail_connection *connection, const struct address *peer)
{
	struct scene *scene = data;
	cr_assert_eq(connection, scene->connection);
	cr_assert_eq(peer->length, sizeof(sa_family_t));
	scene->connection = NULL;
}

static void prepare(struct scene *scene)
{
	*scene = (struct scene){.loop = loop_support_create()};
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:An apple a day");
	scene->context = (struct frontend_context){
		.loop = scene->loop,
		.rng = &scene->quotes.rng,
		.name = "mail.test",
		.asker = askers_open(quoter, NULL, "mail.test"),
		.store = stores_open(scene->loop),
	};
	peer_init(&scene->client, scene->loop);
	peer_init(&scene->relay, scene->loop);
	cr_assert(smtp_address_parse("quote@q.example", &scene->address));
	scene->mailboxes = (struct smtp_mailboxes){&scene->address, 1, "+"};
	scene->session = (struct smtp_session_options){
		.hostname = "mx.q.example",
		.mailboxes = &scene->mailboxes,
		.max_message_bytes = 100000,
		.max_recipients = 100,
		.max_errors = 5,
		.max_commands = 1000000,
	};
	scene->service = (struct mail_service_options){
		.context = &scene->context,
		.from_name = "quoted",
		.hostname = "mx.q.example",
		.postmaster = "",
		.policy = {&scene->mailboxes, "mx.q.example", "", NULL, 10},
		.queue = {.loop = scene->loop,
			.store = scene->context.store,
			.rng = &scene->quotes.rng,
			.name = "mail.test",
			.relay = {.servers = {{.host = "127.0.0.1"}},
				.server_count = 1,
				.timeout = 1,
				.hostname = "mx.q.example",
				.login = {.ca_file = "", .user = "", .password_file = ""}},
			.workers = 1,
			.limit = 10,
			.retry_first = 60,
			.retry_last = 60,
			.lifetime = 60},
		.sender_per_hour = 10,
		.total_per_hour = 10,
	};
	struct relay_server *server = &scene->service.queue.relay.servers[0];
	snprintf(server->port, sizeof server->port, "%u", peer_listen(&scene->relay));
	scene->options = (struct mail_connection_options){
		.loop = scene->loop,
		.session = &scene->session,
		.idle_timeout = 60,
		.max_age = 60,
		.on_close = on_close,
		.data = scene,
	};
}

static void open(struct scene *scene)
{
	struct error error = {0};
	struct address address = {.length = sizeof(sa_family_t)};
	scene->options.service = mail_service_create(&scene->service, &error);
	cr_assert_not_null(scene->options.service, "%s", error.text);
	int fd = peer_pair(&scene->client);
	scene->connection = mail_connection_create(&scene->options, fd, &address);
	cr_assert(peer_hears(&scene->client, "220 mx.q.example ", 1));
}

static void finish(struct scene *scene)
{
	if (scene->connection != NULL)
		mail_connection_close(scene->connection);
	cr_assert_null(scene->connection);
	mail_service_destroy(scene->options.service);
	stores_close(scene->context.store);
	peer_finish(&scene->client);
	peer_finish(&scene->relay);
	asker_destroy(scene->context.asker);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->loop);
}

static void say(struct scene *scene, const char *text)
{
	cr_assert(peer_says(&scene->client, text, strlen(text)));
}

static void expect(struct scene *scene, const char *text)
{
	cr_assert(peer_hears(&scene->client, text, 1), "%s is not in %s", text,
		scene->client.heard.data);
}

/* Waits until the server closes, with a 421. */
static void expect_shut(struct scene *scene, const char *reason)
{
	cr_assert(peer_is_left(&scene->client));
	cr_assert_not_null(
		strstr(scene->client.heard.data, reason), "%s", scene->client.heard.data);
	cr_assert_null(scene->connection);
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
static double trickle(struct scene *scene)
{
	ev_timer timer;
	double began = ev_time();
	ev_timer_init(&timer, on_trickle, 0.05, 0.05);
	timer.data = &scene->client;
	ev_timer_start(scene->loop, &timer);
	expect_shut(scene, timed_out);
	ev_timer_stop(scene->loop, &timer);
	return ev_time() - began;
}

Test(mail_connection, closes_for_a_silent_client)
{
	struct scene scene;
	prepare(&scene);
	scene.options.idle_timeout = 0.2;
	open(&scene);
	expect_shut(&scene, timed_out);
	finish(&scene);
}

Test(mail_connection, octets_of_a_command_buy_no_time)
{
	struct scene scene;
	prepare(&scene);
	scene.options.idle_timeout = 0.5;
	open(&scene);
	trickle(&scene);
	finish(&scene);
}

/* Each octet of a text buys time, but not beyond max_age. */
Test(mail_connection, a_text_that_trickles_ends_with_the_session)
{
	struct scene scene;
	prepare(&scene);
	scene.options.idle_timeout = 0.5;
	scene.options.max_age = 1.5;
	open(&scene);
	say(&scene, message);
	expect(&scene, "\r\n354 ");
	double seconds = trickle(&scene);
	cr_assert(seconds > 1, "%g: ended by the wrong timer", seconds);
	finish(&scene);
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
	struct scene scene;
	prepare(&scene);
	scene.options.max_age = 0.5;
	open(&scene);
	cr_assert(loop_support_until(scene.loop, is_closed_though_it_talks, &scene.client));
	expect_shut(&scene, timed_out);
	finish(&scene);
}

/* While another process writes to the database, nothing can be kept. */
Test(mail_connection, waits_until_a_message_is_kept)
{
	struct scene scene;
	struct error error = {0};
	prepare(&scene);
	scene.options.idle_timeout = 0.5;
	struct db *db = db_open("quoted.db", true, &error);
	cr_assert(db != NULL && db_begin(db), "%s", error.text);
	open(&scene);
	cr_assert_not(mail_connection_is_busy(scene.connection));
	say(&scene, message);
	say(&scene, "\r\nx\r\n.\r\nNOOP\r\nQUIT\r\n");
	expect(&scene, "\r\n354 ");
	cr_assert(mail_connection_is_busy(scene.connection));
	mail_connection_drain(scene.connection);
	cr_assert_not_null(scene.connection, "the message goes first");
	cr_assert_null(strstr(scene.client.heard.data, "\r\n250 2.0.0 message accepted"));
	db_rollback(db);
	db_close(db);
	cr_assert(peer_is_left(&scene.client));
	const char *verdict = strstr(scene.client.heard.data, "\r\n250 2.0.0 message accepted");
	cr_assert_not_null(verdict, "%s", scene.client.heard.data);
	cr_assert_not_null(strstr(verdict + 2, "\r\n250 "), "then NOOP: %s", verdict);
	cr_assert_not_null(strstr(verdict, "\r\n221 "), "then QUIT: %s", verdict);
	finish(&scene);
}

Test(mail_connection, drains_at_once_without_a_transaction)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	mail_connection_drain(scene.connection);
	expect_shut(&scene, closing);
	finish(&scene);
}

Test(mail_connection, drains_once_the_transaction_ends)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	say(&scene, "EHLO me\r\nMAIL FROM:<a@b.example>\r\n");
	expect(&scene, "250 2.1.0 ");
	mail_connection_drain(scene.connection);
	cr_assert_not_null(scene.connection);
	say(&scene, "RSET\r\n");
	expect_shut(&scene, closing);
	finish(&scene);
}

Test(mail_connection, ends_with_its_client)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	struct mail_connection **connection = &scene.connection;
	peer_hang_up(&scene.client);
	while (*connection != NULL)
		ev_run(scene.loop, EVRUN_ONCE);
	finish(&scene);
}

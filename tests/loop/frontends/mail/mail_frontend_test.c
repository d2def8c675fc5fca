#include "frontends/mail/mail_frontend.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/keeper/searcher.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"

enum { CLIENTS = 3 };

struct client {
	int fd;
	struct buffer heard;
	bool closed;
	const char *wanted;
};

/* The front end on a unix socket, with a relay that accepts connections and never speaks. */
struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct mail_frontend_options options;
	struct frontend_context context;
	struct searcher *searcher;
	struct frontend *frontend;
	char directory[32];
	char path[64];
	int relay;
	struct client clients[CLIENTS];
};

static void set_text(char **field, char *text)
{
	free(*field);
	*field = text;
}

static void prepare(struct scene *scene)
{
	uint16_t port;
	struct error error;
	*scene = (struct scene){.loop = loop_support_create(), .directory = "/tmp/quoted_XXXXXX"};
	cr_assert_not_null(mkdtemp(scene->directory));
	snprintf(scene->path, sizeof scene->path, "%s/smtp", scene->directory);
	scene->relay = loop_support_listen(&port);
	setting_defaults(mail_frontend_ops.settings, &scene->options);
	set_text(&scene->options.address, mem_strdup("quote@q.example"));
	set_text(&scene->options.hostname, mem_strdup("mx.q.example"));
	set_text(&scene->options.relay, mem_format("127.0.0.1:%u", (unsigned)port));
	char *listen = mem_format("unix:%s", scene->path);
	strings_finish(&scene->options.smtp);
	strings_add(&scene->options.smtp, listen);
	free(listen);
	scene->context = (struct frontend_context){
		.loop = scene->loop,
		.rng = &scene->quotes.rng,
		.name = "mail.test",
	};
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:An apple a day");
	scene->searcher = searcher_create(scene->loop, quoter, &scene->quotes.rng, &error);
	cr_assert_not_null(scene->searcher);
	scene->context.asker = askers_open(quoter, scene->searcher, "mail.test");
}

static void start(struct scene *scene)
{
	struct error error;
	scene->frontend = mail_frontend_ops.create(&scene->context, &scene->options, &error);
	cr_assert_not_null(scene->frontend, "%s", error.text);
	cr_assert(mail_frontend_ops.start(scene->frontend, &error), "%s", error.text);
	for (int i = 0; i < CLIENTS; i++)
		scene->clients[i].fd = -1;
}

static void finish(struct scene *scene)
{
	mail_frontend_ops.stop(scene->frontend);
	mail_frontend_ops.destroy(scene->frontend);
	asker_destroy(scene->context.asker);
	searcher_destroy(scene->searcher);
	setting_finish(mail_frontend_ops.settings, &scene->options);
	quotes_finish(&scene->quotes);
	for (int i = 0; i < CLIENTS; i++) {
		buffer_finish(&scene->clients[i].heard);
		if (scene->clients[i].fd >= 0)
			close(scene->clients[i].fd);
	}
	if (scene->relay >= 0)
		close(scene->relay);
	ev_loop_destroy(scene->loop);
	cr_assert_eq(rmdir(scene->directory), 0);
}

static struct client *call(struct scene *scene, int index)
{
	struct client *client = &scene->clients[index];
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strcpy(address.sun_path, scene->path);
	client->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	cr_assert_eq(connect(client->fd, (struct sockaddr *)&address, sizeof address), 0);
	return client;
}

static void listen_to(struct client *client)
{
	char octets[1024];
	ssize_t length;
	while ((length = recv(client->fd, octets, sizeof octets, 0)) > 0)
		buffer_append(&client->heard, octets, (size_t)length);
	client->closed = client->closed || length == 0;
}

static bool is_heard(void *data)
{
	struct client *client = data;
	listen_to(client);
	return client->heard.length > 0 && strstr(client->heard.data, client->wanted) != NULL;
}

static bool is_closed(void *data)
{
	listen_to(data);
	return ((struct client *)data)->closed;
}

/* Waits for wanted, and forgets what was heard so far. */
static void expect(struct scene *scene, struct client *client, const char *wanted)
{
	client->wanted = wanted;
	cr_assert(loop_support_until(scene->loop, is_heard, client), "%s was not heard in:\n%s",
		wanted, client->heard.length > 0 ? client->heard.data : "");
	buffer_clear(&client->heard);
}

static void say(struct client *client, const char *text)
{
	cr_assert_eq(send(client->fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

static void begin_data(struct scene *scene, struct client *client)
{
	say(client, "EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<quote@q.example>\r\nDATA\r\n");
	expect(scene, client, "\r\n354 ");
}

/* Waits until the server closes, with a 421. */
static void expect_shut(struct scene *scene, struct client *client)
{
	cr_assert(loop_support_until(scene->loop, is_closed, client));
	client->wanted = "421 4.3.2 mx.q.example the session timed out\r\n";
	cr_assert(is_heard(client), "%s", client->heard.length > 0 ? client->heard.data : "");
}

static void on_trickle(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	const struct client *client = timer->data;
	send(client->fd, "x", 1, MSG_NOSIGNAL);
}

/* Sends single octets until the server closes; returns how many seconds that took. */
static double trickle(struct scene *scene, struct client *client)
{
	ev_timer timer;
	double began = ev_time();
	ev_timer_init(&timer, on_trickle, 0.05, 0.05);
	timer.data = client;
	ev_timer_start(scene->loop, &timer);
	expect_shut(scene, client);
	ev_timer_stop(scene->loop, &timer);
	return ev_time() - began;
}

Test(mail_frontend, closes_a_silent_client)
{
	struct scene scene;
	prepare(&scene);
	scene.options.idle_timeout = 1;
	start(&scene);
	expect_shut(&scene, call(&scene, 0));
	finish(&scene);
}

Test(mail_frontend, octets_of_a_command_buy_no_time)
{
	struct scene scene;
	prepare(&scene);
	scene.options.idle_timeout = 1;
	start(&scene);
	trickle(&scene, call(&scene, 0));
	finish(&scene);
}

/* Each octet of a text buys time, but not beyond max_age. */
Test(mail_frontend, a_text_that_trickles_ends_with_the_session)
{
	struct scene scene;
	prepare(&scene);
	scene.options.idle_timeout = 1;
	scene.options.max_age = 3;
	start(&scene);
	struct client *client = call(&scene, 0);
	begin_data(&scene, client);
	double seconds = trickle(&scene, client);
	cr_assert(seconds > 2, "%g: ended by the wrong timer", seconds);
	finish(&scene);
}

static bool is_closed_though_it_talks(void *data)
{
	struct client *client = data;
	listen_to(client);
	send(client->fd, "NOOP\r\n", 6, MSG_NOSIGNAL);
	return client->closed;
}

Test(mail_frontend, commands_buy_no_time_beyond_max_age)
{
	struct scene scene;
	prepare(&scene);
	scene.options.max_age = 1;
	scene.options.max_commands = 1000000;
	start(&scene);
	struct client *client = call(&scene, 0);
	cr_assert(loop_support_until(scene.loop, is_closed_though_it_talks, client));
	expect_shut(&scene, client);
	finish(&scene);
}

Test(mail_frontend, connections_over_the_limit_wait)
{
	struct scene scene;
	prepare(&scene);
	scene.options.max_connections = 2;
	start(&scene);
	for (int i = 0; i < 3; i++)
		call(&scene, i);
	expect(&scene, &scene.clients[0], "220 ");
	expect(&scene, &scene.clients[1], "220 ");
	say(&scene.clients[0], "NOOP\r\n");
	expect(&scene, &scene.clients[0], "250 ");
	listen_to(&scene.clients[2]);
	cr_assert_eq(scene.clients[2].heard.length, 0);
	say(&scene.clients[0], "QUIT\r\n");
	expect(&scene, &scene.clients[2], "220 ");
	finish(&scene);
}

Test(mail_frontend, max_per_prefix_spares_unix_sockets)
{
	struct scene scene;
	prepare(&scene);
	scene.options.max_per_prefix = 1;
	start(&scene);
	expect(&scene, call(&scene, 0), "220 ");
	expect(&scene, call(&scene, 1), "220 ");
	finish(&scene);
}

static bool holds_two(void *data)
{
	const struct scene *scene = data;
	/* Each message counts twice: as a transaction and as a job. */
	return mail_frontend_ops.in_flight(scene->frontend) == 4;
}

/* One message is with the relay, and one waits for it. */
static void fill_queue(struct scene *scene)
{
	prepare(scene);
	scene->options.workers = 1;
	scene->options.queue_limit = 1;
	start(scene);
	for (int i = 0; i < 2; i++) {
		begin_data(scene, call(scene, i));
		say(&scene->clients[i], "\r\nx\r\n.\r\n");
	}
	cr_assert(loop_support_until(scene->loop, holds_two, scene));
}

Test(mail_frontend, a_full_queue_puts_mail_off)
{
	struct scene scene;
	fill_queue(&scene);
	struct client *third = call(&scene, 2);
	begin_data(&scene, third);
	say(third, "\r\nx\r\n.\r\n");
	expect(&scene, third, "451 ");
	cr_assert(holds_two(&scene), "the other two are still under way");
	/* With the relay gone, they are put off too. */
	close(scene.relay);
	scene.relay = -1;
	expect(&scene, &scene.clients[0], "451 ");
	expect(&scene, &scene.clients[1], "451 ");
	finish(&scene);
}

Test(mail_frontend, a_stop_drops_what_waits)
{
	struct scene scene;
	fill_queue(&scene);
	mail_frontend_ops.stop(scene.frontend);
	cr_assert_eq(mail_frontend_ops.in_flight(scene.frontend), 0);
	cr_assert(is_closed(&scene.clients[0]) && is_closed(&scene.clients[1]));
	finish(&scene);
}

static bool holds_one(void *data)
{
	const struct scene *scene = data;
	return mail_frontend_ops.in_flight(scene->frontend) == 2;
}

/* The same message sent again is not a duplicate, and is answered once there is an index. */
Test(mail_frontend, a_search_before_there_is_an_index_puts_mail_off)
{
	static const char message[] =
		"Message-ID: <1@b.example>\r\nSubject: search quote7\r\n\r\nx\r\n.\r\n";
	struct scene scene;
	prepare(&scene);
	start(&scene);
	struct client *client = call(&scene, 0);
	for (int i = 0; i < 2; i++) {
		begin_data(&scene, client);
		say(client, message);
		expect(&scene, client, "451 ");
		cr_assert_eq(mail_frontend_ops.in_flight(scene.frontend), 0);
	}
	searcher_index(scene.searcher);
	askers_search_until(scene.context.asker, scene.loop, ASK_OUTCOME_NONE);
	begin_data(&scene, client);
	say(client, message);
	cr_assert(loop_support_until(scene.loop, holds_one, &scene), "the relay is asked");
	finish(&scene);
}

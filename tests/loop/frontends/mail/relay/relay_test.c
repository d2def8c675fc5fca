#include "frontends/mail/relay/relay.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "frontends/kit/metrics.h"
#include "tests/support/loop_support.h"

/* A relay that sends each reply in turn, for a line each, then hangs up or stalls. */
struct peer {
	int listening;
	const char *const *replies;
	bool hangs_up;
};

static void *peer_main(void *argument)
{
	const struct peer *peer = argument;
	char line[4096];
	int fd = accept(peer->listening, NULL, NULL);
	for (const char *const *reply = peer->replies; *reply; reply++) {
		if (send(fd, *reply, strlen(*reply), MSG_NOSIGNAL) < 0 ||
			recv(fd, line, sizeof line, 0) <= 0) {
			break;
		}
	}
	/* Stalls until the other side gives up. */
	while (!peer->hangs_up && recv(fd, line, sizeof line, 0) > 0) {
	}
	close(fd);
	return NULL;
}

static bool finished;
static int ticks;

static void on_done(struct job *job)
{
	(void)job;
	finished = true;
}

static bool is_finished(void *data)
{
	(void)data;
	return finished;
}

static void on_tick(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	ticks++;
	relay_check(timer->data);
}

/* Sessions with a relay on another thread. */
struct scene {
	struct ev_loop *loop;
	struct worker *worker;
	struct relay_options options;
	struct relay_session session;
	ev_timer timer;
};

static void add(struct relay_session *session, const char *recipient, const char *text)
{
	struct relay_message *message = &session->messages[session->count++];
	*message = (struct relay_message){.sender = mem_strdup(""),
		.recipient = mem_strdup(recipient),
		.text = mem_strdup(text)};
}

static void run(struct scene *scene, void (*job)(struct job *job))
{
	finished = false;
	scene->session.job = (struct job){.run = job, .done = on_done};
	cr_assert(worker_submit(scene->worker, &scene->session.job));
	cr_assert(loop_support_until(scene->loop, is_finished, NULL));
}

static void prepare(struct scene *scene, uint16_t port)
{
	*scene = (struct scene){.loop = loop_support_create()};
	scene->worker = worker_create(scene->loop, 1, 1);
	scene->options = (struct relay_options){.server_count = 1,
		.timeout = 1,
		.text_timeout = 20,
		.hostname = "me",
		.login = {.ca_file = "", .user = "", .password_file = ""}};
	struct host_port *server = &scene->options.servers[0];
	snprintf(server->host, sizeof server->host, "127.0.0.1");
	server->port = port;
	scene->session = (struct relay_session){.options = &scene->options, .fd = -1};
	ticks = 0;
	ev_timer_init(&scene->timer, on_tick, 0.01, 0.01);
	scene->timer.data = &scene->session;
	ev_timer_start(scene->loop, &scene->timer);
}

static void finish(struct scene *scene)
{
	relay_finish(&scene->session);
	worker_destroy(scene->worker);
	ev_timer_stop(scene->loop, &scene->timer);
	ev_loop_destroy(scene->loop);
}

/* What becomes of two messages, the first word of each; "-": the relay did not greet us. */
struct expected {
	enum relay_outcome first;
	enum relay_outcome second;
	const char *refused; /* why the session ended before any message; NULL: it did not */
};

static void expect(const char *const *replies, bool hangs_up, const struct expected *expected)
{
	uint16_t port;
	pthread_t thread;
	struct scene scene;
	struct peer peer = {loop_support_listen(&port), replies, hangs_up};
	prepare(&scene, port);
	pthread_create(&thread, NULL, peer_main, &peer);
	run(&scene, relay_connect);
	cr_assert_geq(scene.session.fd, 0, "%s", scene.session.reason);
	add(&scene.session, "a@b.example", "Subject: x\r\n\r\nx\r\n");
	add(&scene.session, "c@b.example", "Subject: y\r\n\r\ny\r\n");
	run(&scene, relay_send);
	const struct relay_message *messages = scene.session.messages;
	cr_expect_eq(messages[0].outcome, expected->first, "%d: %s", (int)messages[0].outcome,
		messages[0].reason);
	cr_expect_eq(messages[1].outcome, expected->second, "%d: %s", (int)messages[1].outcome,
		messages[1].reason);
	cr_expect_eq(scene.session.refused, expected->refused != NULL, "%s", scene.session.reason);
	if (expected->refused != NULL)
		cr_expect_str_eq(scene.session.reason, expected->refused);
	/* The loop runs on while the peer stalls for a second. */
	cr_expect(hangs_up || expected->first == RELAY_OUTCOME_TAKEN || ticks > 10);
	finish(&scene);
	pthread_join(thread, NULL);
	close(peer.listening);
}

#define HELLO "220 x\r\n", "250 x\r\n"
#define ONE "250 a\r\n", "250 b\r\n", "354 c\r\n", "250 d\r\n"

Test(relay, hands_over_two_messages)
{
	static const char *const both[] = {HELLO, ONE, ONE, "221 e\r\n", NULL};
	static const char *const first_refused[] = {HELLO, "250 a\r\n", "550 b\r\n", "554 no\r\n",
		"250 rset\r\n", ONE, "221 e\r\n", NULL};
	static const char *const sender_refused[] = {HELLO, "553 a\r\n", ONE, "221 e\r\n", NULL};
	static const char *const text_put_off[] = {HELLO, "250 a\r\n", "250 b\r\n", "354 c\r\n",
		"451 d\r\n", "250 rset\r\n", ONE, "221 e\r\n", NULL};
	expect(both, true, &(struct expected){RELAY_OUTCOME_TAKEN, RELAY_OUTCOME_TAKEN, NULL});
	expect(first_refused, true,
		&(struct expected){RELAY_OUTCOME_PERMANENT, RELAY_OUTCOME_TAKEN, NULL});
	expect(sender_refused, true,
		&(struct expected){RELAY_OUTCOME_PERMANENT, RELAY_OUTCOME_TAKEN, NULL});
	expect(text_put_off, true,
		&(struct expected){RELAY_OUTCOME_TEMPORARY, RELAY_OUTCOME_TAKEN, NULL});
}

/* What came before the end counts, what would come after it is untried. */
Test(relay, a_relay_that_ends)
{
	static const char *const in_first[] = {HELLO, "250 a\r\n", "250 b\r\n", NULL};
	static const char *const in_first_text[] = {
		HELLO, "250 a\r\n", "250 b\r\n", "354 c\r\n", NULL};
	static const char *const in_second[] = {HELLO, ONE, "250 a\r\n", NULL};
	static const char *const in_second_text[] = {
		HELLO, ONE, "250 a\r\n", "250 b\r\n", "354 c\r\n", NULL};
	static const struct expected in_first_ends = {
		RELAY_OUTCOME_TEMPORARY, RELAY_OUTCOME_UNTRIED, NULL};
	static const struct expected in_first_text_ends = {
		RELAY_OUTCOME_UNKNOWN, RELAY_OUTCOME_UNTRIED, NULL};
	static const struct expected in_second_ends = {
		RELAY_OUTCOME_TAKEN, RELAY_OUTCOME_TEMPORARY, NULL};
	static const struct expected in_second_text_ends = {
		RELAY_OUTCOME_TAKEN, RELAY_OUTCOME_UNKNOWN, NULL};
	expect(in_first, true, &in_first_ends);
	expect(in_first, false, &in_first_ends);
	expect(in_first_text, true, &in_first_text_ends);
	expect(in_second, true, &in_second_ends);
	expect(in_second, false, &in_second_ends);
	expect(in_second_text, true, &in_second_text_ends);
}

Test(relay, tells_why_it_is_refused)
{
	static const char *const name[] = {"220 relay\r\n", "504 5.5.2 <me>: need a full name\r\n",
		"504 5.5.2 <me>: need a full name\r\n", "221 bye\r\n", NULL};
	static const char *const busy[] = {
		"220 relay\r\n", "421 too busy\r\n", "221 bye\r\n", NULL};
	static const char *const silent[] = {"220 relay\r\n", NULL};
	expect(name, true,
		&(struct expected){RELAY_OUTCOME_UNTRIED, RELAY_OUTCOME_UNTRIED,
			"the relay replied to HELO: 504 5.5.2 <me>: need a full name; set hostname "
			"to a name that it accepts"});
	expect(busy, true,
		&(struct expected){RELAY_OUTCOME_UNTRIED, RELAY_OUTCOME_UNTRIED,
			"the relay replied to EHLO: 421 too busy"});
	expect(silent, false,
		&(struct expected){RELAY_OUTCOME_UNTRIED, RELAY_OUTCOME_UNTRIED,
			"the relay hung up or did not reply to EHLO in time"});
}

/* An octet each half second, for ever. */
static void *drip_main(void *argument)
{
	const struct peer *peer = argument;
	int fd = accept(peer->listening, NULL, NULL);
	send(fd, "220 x\r\n", 7, MSG_NOSIGNAL);
	while (send(fd, "2", 1, MSG_NOSIGNAL) == 1)
		usleep(500000);
	close(fd);
	return NULL;
}

/* As fast as it can. */
static void *flood_main(void *argument)
{
	const struct peer *peer = argument;
	int fd = accept(peer->listening, NULL, NULL);
	send(fd, "220 x\r\n", 7, MSG_NOSIGNAL);
	while (send(fd, "250-more\r\n", 10, MSG_NOSIGNAL) == 10)
		continue;
	close(fd);
	return NULL;
}

static void expect_cut(void *(*peer_of)(void *argument))
{
	uint16_t port;
	pthread_t thread;
	struct scene scene;
	struct peer peer = {loop_support_listen(&port), NULL, false};
	prepare(&scene, port);
	pthread_create(&thread, NULL, peer_of, &peer);
	run(&scene, relay_connect);
	add(&scene.session, "a@b.example", "Subject: x\r\n\r\nx\r\n");
	double began = metrics_clock();
	run(&scene, relay_send);
	cr_expect(metrics_clock() - began < 10);
	cr_expect(scene.session.refused);
	cr_expect_eq(scene.session.messages[0].outcome, RELAY_OUTCOME_UNTRIED);
	finish(&scene);
	pthread_join(thread, NULL);
	close(peer.listening);
}

Test(relay, cuts_what_drips_or_has_no_end)
{
	expect_cut(drip_main);
	expect_cut(flood_main);
}

Test(relay, takes_the_next_server)
{
	uint16_t port;
	pthread_t thread;
	struct scene scene;
	static const char *const replies[] = {HELLO, ONE, "221 e\r\n", NULL};
	struct peer peer = {loop_support_listen(&port), replies, true};
	prepare(&scene, port);
	scene.options.servers[1] = scene.options.servers[0];
	scene.options.server_count = 2;
	scene.options.servers[0].port = 1;
	pthread_create(&thread, NULL, peer_main, &peer);
	run(&scene, relay_connect);
	cr_assert_geq(scene.session.fd, 0, "%s", scene.session.reason);
	cr_expect_eq(scene.session.server, 1);
	cr_expect_str_eq(scene.session.reason, "127.0.0.1:1: Connection refused");
	add(&scene.session, "a@b.example", "Subject: x\r\n\r\nx\r\n");
	run(&scene, relay_send);
	cr_expect_eq(scene.session.messages[0].outcome, RELAY_OUTCOME_TAKEN);
	finish(&scene);
	pthread_join(thread, NULL);
	close(peer.listening);
}

/* A message with octets over 127 must not keep the others from a relay without 8BITMIME. */
Test(relay, puts_off_only_the_eight_bit_message)
{
	uint16_t port;
	pthread_t thread;
	struct scene scene;
	static const char *const replies[] = {HELLO, "221 e\r\n", NULL};
	struct peer peer = {loop_support_listen(&port), replies, true};
	prepare(&scene, port);
	pthread_create(&thread, NULL, peer_main, &peer);
	run(&scene, relay_connect);
	add(&scene.session, "a@b.example", "Subject: x\r\n\r\nx\r\n");
	add(&scene.session, "c@b.example", "Subject: x\r\n\r\n\xc3\xa4\r\n");
	run(&scene, relay_send);
	cr_expect_not(scene.session.refused);
	cr_expect_eq(scene.session.messages[0].outcome, RELAY_OUTCOME_UNTRIED);
	cr_expect_eq(scene.session.messages[1].outcome, RELAY_OUTCOME_TEMPORARY);
	cr_expect_str_eq(scene.session.messages[1].reason, "the relay lacks 8BITMIME");
	finish(&scene);
	pthread_join(thread, NULL);
	close(peer.listening);
}

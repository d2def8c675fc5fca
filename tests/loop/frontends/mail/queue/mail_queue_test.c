#include "frontends/mail/queue/mail_queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "core/base/mem.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/scratch.h"
#include "tests/support/stores.h"

TestSuite(mail_queue, .init = scratch_enter, .fini = scratch_leave);

struct scene {
	struct ev_loop *loop;
	struct store *store;
	struct rng rng;
	struct mail_queue_options options;
	struct mail_queue *queue;
	struct peer relay;
	size_t verdicts;
	enum mail_queue_verdict verdict; /* the last */
	size_t recent;
	size_t changes;
};

static void on_recent(void *data, const char *key, const char *sender, int64_t at)
{
	struct scene *scene = data;
	(void)key, (void)sender, (void)at;
	scene->recent++;
}

static void on_state(void *data)
{
	((struct scene *)data)->changes++;
}

static void prepare(struct scene *scene)
{
	*scene = (struct scene){.loop = loop_support_create()};
	rng_init(&scene->rng, 1);
	scene->store = stores_open(scene->loop);
	scene->options = (struct mail_queue_options){.loop = scene->loop,
		.store = scene->store,
		.rng = &scene->rng,
		.name = "mail.test",
		.relay = {.server_count = 1,
			.timeout = 5,
			.text_timeout = 20,
			.hostname = "mx.q.example",
			.login = {.ca_file = "", .user = "", .password_file = ""}},
		.workers = 1,
		.limit = 2,
		.retry_first = 1,
		.retry_last = 1,
		.lifetime = 1000,
		.on_recent = on_recent,
		.on_state = on_state,
		.data = scene};
	peer_init(&scene->relay, scene->loop);
	struct host_port *server = &scene->options.relay.servers[0];
	snprintf(server->host, sizeof server->host, "127.0.0.1");
	server->port = peer_listen(&scene->relay);
}

static void open(struct scene *scene)
{
	struct error error = {0};
	scene->queue = mail_queue_create(&scene->options, &error);
	cr_assert_not_null(scene->queue, "%s", error.text);
}

static void finish(struct scene *scene)
{
	mail_queue_close(scene->queue);
	peer_finish(&scene->relay);
	stores_close(scene->store);
	ev_loop_destroy(scene->loop);
}

static void on_added(void *data, enum mail_queue_verdict verdict)
{
	struct scene *scene = data;
	scene->verdicts++;
	scene->verdict = verdict;
}

static bool has_verdict(void *data)
{
	return ((struct scene *)data)->verdicts > 0;
}

static enum mail_queue_verdict add(struct scene *scene, const char *recipient, const char *key)
{
	struct relay_message message = {.sender = mem_strdup(""),
		.recipient = mem_strdup(recipient),
		.text = mem_strdup("Subject: x\r\n\r\nx\r\n")};
	scene->verdicts = 0;
	mail_queue_add(scene->queue, &message, key, on_added, scene);
	cr_assert(loop_support_until(scene->loop, has_verdict, scene));
	return scene->verdict;
}

/* Says the line of an SMTP server once the client has said so much. */
static void reply(struct scene *scene, const char *heard, const char *line)
{
	cr_assert(peer_hears(&scene->relay, heard, 1), "%s is not in %s", heard,
		scene->relay.heard.length > 0 ? scene->relay.heard.data : "");
	cr_assert(peer_says(&scene->relay, line, strlen(line)));
}

static void begin(struct scene *scene)
{
	cr_assert(peer_says(&scene->relay, "220 x\r\n", 7));
	reply(scene, "EHLO mx.q.example", "250 x\r\n");
	reply(scene, "MAIL FROM:<>", "250 x\r\n");
}

static void take(struct scene *scene)
{
	begin(scene);
	reply(scene, "RCPT TO:", "250 x\r\n");
	reply(scene, "DATA\r\n", "354 x\r\n");
	reply(scene, "\r\n.\r\n", "250 x\r\n");
	reply(scene, "QUIT", "221 x\r\n");
	peer_hang_up(&scene->relay);
}

static bool is_idle(void *data)
{
	return mail_queue_pending(((struct scene *)data)->queue) == 0;
}

static void count_row(void *data, const struct mail_store_row *row)
{
	((size_t *)data)[row->state]++;
}

static void expect_states(size_t waiting, size_t unknown, size_t failed)
{
	size_t states[MAIL_STATE_COUNT] = {0};
	struct error error = {0};
	char *directory = getcwd(NULL, 0);
	struct db *db = store_open(directory, false, &mail_store_schema, &error);
	cr_assert_not_null(db, "%s", error.text);
	cr_assert(mail_store_list(db, count_row, states));
	db_close(db);
	free(directory);
	cr_expect_eq(states[MAIL_STATE_WAITING], waiting, "%zu wait", states[MAIL_STATE_WAITING]);
	cr_expect_eq(
		states[MAIL_STATE_UNKNOWN], unknown, "%zu unknown", states[MAIL_STATE_UNKNOWN]);
	cr_expect_eq(states[MAIL_STATE_FAILED], failed, "%zu failed", states[MAIL_STATE_FAILED]);
	cr_expect_eq(states[MAIL_STATE_SENDING], 0);
}

Test(mail_queue, sends_what_is_added_once)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	cr_expect_eq(add(&scene, "a@b.example", "<1>"), MAIL_QUEUE_VERDICT_DURABLE);
	cr_expect_eq(add(&scene, "a@b.example", "<1>"), MAIL_QUEUE_VERDICT_REPEATED);
	take(&scene);
	cr_assert(loop_support_until(scene.loop, is_idle, &scene));
	expect_states(0, 0, 0);
	finish(&scene);
}

Test(mail_queue, tries_again_what_is_put_off)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	add(&scene, "a@b.example", "<1>");
	begin(&scene);
	reply(&scene, "RCPT TO:", "450 greylisted\r\n");
	reply(&scene, "DATA", "503 no\r\n");
	reply(&scene, "QUIT", "221 x\r\n");
	peer_hang_up(&scene.relay);
	take(&scene);
	cr_assert(loop_support_until(scene.loop, is_idle, &scene));
	expect_states(0, 0, 0);
	finish(&scene);
}

Test(mail_queue, says_that_it_gives_up)
{
	struct scene scene;
	char log[1024];
	cr_redirect_stderr();
	prepare(&scene);
	scene.options.lifetime = -1; /* over from the start */
	open(&scene);
	add(&scene, "a@b.example", "<1>");
	begin(&scene);
	reply(&scene, "RCPT TO:", "554 5.7.1 Relay access denied\r\n");
	reply(&scene, "DATA", "503 no\r\n");
	reply(&scene, "QUIT", "221 x\r\n");
	peer_hang_up(&scene.relay);
	cr_assert(loop_support_until(scene.loop, is_idle, &scene));
	fflush(stderr);
	log[fread(log, 1, sizeof log - 1, cr_get_redirected_stderr())] = '\0';
	cr_expect_not_null(
		strstr(log, "is given up after queue_lifetime: the relay replied 554"), "%s", log);
	expect_states(0, 0, 1);
	finish(&scene);
}

Test(mail_queue, records_what_the_relay_leaves_open)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	add(&scene, "a@b.example", "<1>");
	begin(&scene);
	reply(&scene, "RCPT TO:", "250 x\r\n");
	reply(&scene, "DATA\r\n", "354 x\r\n");
	cr_assert(peer_hears(&scene.relay, "\r\n.\r\n", 1));
	peer_hang_up(&scene.relay);
	cr_assert(loop_support_until(scene.loop, is_idle, &scene));
	expect_states(0, 1, 0);
	finish(&scene);
}

static double seconds(const struct scene *scene)
{
	ev_now_update(scene->loop);
	return ev_now(scene->loop);
}

/* It is longer than for any other reply, and then the outcome is unknown. */
Test(mail_queue, waits_for_the_reply_to_a_text_in_its_own_time)
{
	struct scene scene;
	prepare(&scene);
	scene.options.relay.timeout = 1;
	scene.options.relay.text_timeout = 3;
	open(&scene);
	add(&scene, "a@b.example", "<1>");
	begin(&scene);
	reply(&scene, "RCPT TO:", "250 x\r\n");
	reply(&scene, "DATA\r\n", "354 x\r\n");
	cr_assert(peer_hears(&scene.relay, "\r\n.\r\n", 1));
	double began = seconds(&scene);
	cr_assert(loop_support_until(scene.loop, is_idle, &scene));
	cr_expect_gt(seconds(&scene) - began, 2.5);
	cr_expect_lt(seconds(&scene) - began, 9);
	expect_states(0, 1, 0);
	finish(&scene);
}

/* The outcome of what is cut is written, though nothing calls back any more. */
Test(mail_queue, writes_the_outcome_when_it_is_closed)
{
	struct scene scene;
	prepare(&scene);
	scene.options.limit = 3;
	open(&scene);
	add(&scene, "a@b.example", "<1>");
	begin(&scene);
	mail_queue_close(scene.queue);
	store_wait(scene.store, 10);
	expect_states(1, 0, 0);
	peer_hang_up(&scene.relay);
	open(&scene);
	take(&scene);
	cr_assert(loop_support_until(scene.loop, is_idle, &scene));
	cr_expect_eq(scene.recent, 1);
	finish(&scene);
}

Test(mail_queue, is_full_and_begins_nothing_while_draining)
{
	struct scene scene;
	prepare(&scene);
	open(&scene);
	mail_queue_drain(scene.queue);
	add(&scene, "a@b.example", "<1>");
	cr_expect_not(mail_queue_is_full(scene.queue));
	add(&scene, "a@b.example", "<2>");
	cr_expect(mail_queue_is_full(scene.queue));
	cr_expect_eq(mail_queue_pending(scene.queue), 0);
	finish(&scene);
}

Test(mail_queue, tells_of_a_store_that_fails)
{
	struct scene scene;
	prepare(&scene);
	scratch_write("quoted.lock", "", 0);
	cr_assert_eq(unlink("quoted.lock"), 0);
	cr_assert_eq(symlink("nowhere/x", "quoted.lock"), 0);
	open(&scene);
	cr_expect_eq(add(&scene, "a@b.example", "<1>"), MAIL_QUEUE_VERDICT_FAILED);
	cr_expect_not_null(strstr(mail_queue_failure(scene.queue), "let quoted write there"));
	cr_expect_eq(scene.changes, 1);
	cr_assert_eq(unlink("quoted.lock"), 0);
	cr_expect_eq(add(&scene, "a@b.example", "<1>"), MAIL_QUEUE_VERDICT_DURABLE);
	cr_expect_null(mail_queue_failure(scene.queue));
	cr_expect_eq(scene.changes, 2);
	finish(&scene);
}

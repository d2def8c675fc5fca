#include "frontends/mail/relay/relay.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
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
	(void)loop;
	(void)timer;
	(void)events;
	ticks++;
}

static void expect(const char *const *replies, bool hangs_up, enum relay_outcome outcome)
{
	uint16_t port;
	pthread_t thread;
	ev_timer timer;
	struct peer peer = {loop_support_listen(&port), replies, hangs_up};
	struct ev_loop *loop = loop_support_create();
	struct worker *worker = worker_create(loop, 1, 1);
	struct relay_job *job = relay_job_create();
	finished = false;
	ticks = 0;
	pthread_create(&thread, NULL, peer_main, &peer);
	job->job.done = on_done;
	strcpy(job->server.host, "127.0.0.1");
	snprintf(job->server.port, sizeof job->server.port, "%u", port);
	job->timeout = 1;
	job->hostname = mem_strdup("me");
	job->sender = mem_strdup("");
	job->recipient = mem_strdup("a@b.example");
	job->text = mem_strdup("Subject: x\r\n\r\nx\r\n");
	ev_timer_init(&timer, on_tick, 0.01, 0.01);
	ev_timer_start(loop, &timer);
	cr_assert(worker_submit(worker, &job->job));
	cr_assert(loop_support_until(loop, is_finished, NULL));
	cr_assert_eq(job->outcome, outcome, "%d: %s", (int)job->outcome, job->reason);
	/* The loop runs on while the peer stalls for a second. */
	cr_assert(hangs_up || outcome == RELAY_OUTCOME_TAKEN ||
		  outcome == RELAY_OUTCOME_PERMANENT || ticks > 10);
	pthread_join(thread, NULL);
	ev_timer_stop(loop, &timer);
	relay_job_destroy(job);
	worker_destroy(worker);
	ev_loop_destroy(loop);
	close(peer.listening);
}

#define HELLO "220 x\r\n", "250 x\r\n"

Test(relay, outcomes)
{
	expect((const char *const[]){HELLO, "250 a\r\n", "250 b\r\n", "354 c\r\n", "250 d\r\n",
		       "221 e\r\n", NULL},
		false, RELAY_OUTCOME_TAKEN);
	expect((const char *const[]){HELLO, "250 a\r\n", "550 b\r\n", "221 c\r\n", "221 e\r\n",
		       NULL},
		false, RELAY_OUTCOME_PERMANENT);
	expect((const char *const[]){NULL}, false, RELAY_OUTCOME_TEMPORARY);
	expect((const char *const[]){"220 x\r\n", NULL}, false, RELAY_OUTCOME_TEMPORARY);
	expect((const char *const[]){HELLO, "250 a\r\n", "250 b\r\n", NULL}, false,
		RELAY_OUTCOME_TEMPORARY);
	expect((const char *const[]){HELLO, "250 a\r\n", "250 b\r\n", "354 c\r\n", NULL}, false,
		RELAY_OUTCOME_UNKNOWN);
	static const char *const after_data[] = {
		HELLO, "250 a\r\n", "250 b\r\n", "354 c\r\n", NULL};
	static const char *const before_data[] = {HELLO, "250 a\r\n", "250 b\r\n", NULL};
	expect(after_data, true, RELAY_OUTCOME_UNKNOWN);
	expect(before_data, true, RELAY_OUTCOME_TEMPORARY);
}

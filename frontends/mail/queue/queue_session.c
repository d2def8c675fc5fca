#include "frontends/mail/queue/mail_queue_parts.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <utlist.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_options.h"

enum { MS = 1000 };

struct queue_session {
	struct relay_session relay; /* first: its job is ours */
	struct store_work work;
	struct mail_queue *queue;
	struct queue_session *next;
	struct mail_store_place place;
	struct mail_store_counts counts;
	int64_t waits[RELAY_BATCH];
	bool retried;
	bool sending;
	ev_timer again; /* to write the outcomes, as the store failed */
};

static struct queue_session *session_of(struct store_work *work)
{
	return (struct queue_session *)((char *)work - offsetof(struct queue_session, work));
}

static void end(struct queue_session *session)
{
	struct mail_queue *queue = session->queue;
	LL_DELETE(queue->sessions, session);
	queue_schedule_end(&queue->schedule, session->retried);
	ev_timer_stop(queue->options.loop, &session->again);
	relay_finish(&session->relay);
	free(session);
	if (queue->sessions == NULL)
		ev_timer_stop(queue->options.loop, &queue->tick);
	mail_queue_free_if_over(queue);
}

/* Settling */

static bool run_settle(struct store_work *work, struct db *db)
{
	struct queue_session *session = session_of(work);
	bool good = true;
	for (size_t i = 0; good && i < session->relay.count; i++)
		good = mail_store_settle(
			db, &session->place, &session->relay.messages[i], session->waits[i]);
	return good && mail_store_count(db, &session->place, &session->counts);
}

/* If the program ends before that, the outcomes are unknown to it. */
static void on_settled(struct store_work *work, const char *failure)
{
	struct queue_session *session = session_of(work);
	struct mail_queue *queue = session->queue;
	mail_queue_set_failure(queue, failure);
	if (failure != NULL && !queue->closed) {
		ev_timer_set(&session->again, 1, 0);
		ev_timer_start(queue->options.loop, &session->again);
		return;
	}
	struct mail_store_counts counts = session->counts;
	bool closed = queue->closed;
	end(session);
	if (!closed)
		mail_queue_set_counts(queue, &counts);
}

static void settle(struct queue_session *session)
{
	session->place = mail_queue_place(session->queue);
	session->work.run = run_settle;
	session->work.done = on_settled;
	store_submit(session->queue->options.store, &session->work);
}

static void on_again(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	settle(timer->data);
}

/* Sending */

static void tell_taken(const struct mail_queue_options *options,
	const struct relay_message *message, const char *recipient)
{
	double seconds = (double)(mail_store_now() - message->created) / MS;
	if (message->bulk) {
		metrics_add(options->metrics, MAIL_METRICS_LETTERS, 1);
		log_debug(options->name, "sent today's quote to %s", recipient);
		return;
	}
	if (*message->sender != '\0') {
		log_info(options->name, "forwarded a message to postmaster");
		return;
	}
	metrics_add(options->metrics, METRICS_ANSWERS, 1);
	metrics_observe(options->metrics, METRICS_SECONDS, seconds);
	log_info(options->name, "answered %s", recipient);
}

static void tell_failure(const struct mail_queue_options *options,
	const struct relay_message *message, const char *recipient, size_t row, const char *what)
{
	metrics_add(options->metrics, row, 1);
	log_warning(options->name, "message %lld to %s %s: %s", (long long)message->id, recipient,
		what, message->reason);
}

/* Shortens the recipient in the reason. */
static void tell(const struct mail_queue_options *options, const struct mail_store_place *place,
	struct relay_message *message)
{
	char recipient[RELAY_REASON_SIZE + 64];
	bool old = mail_store_is_old(place, message);
	snprintf(recipient, sizeof recipient, "%s", message->recipient);
	log_shorten_mailbox(recipient, sizeof recipient, message->recipient);
	log_shorten_mailbox(message->reason, sizeof message->reason, message->recipient);
	switch (message->outcome) {
	case RELAY_OUTCOME_TAKEN:
		tell_taken(options, message, recipient);
		break;
	case RELAY_OUTCOME_PERMANENT:
		tell_failure(
			options, message, recipient, MAIL_METRICS_PERMANENT, "cannot be delivered");
		if (message->bulk && options->on_refused != NULL)
			options->on_refused(options->data, message->sender);
		break;
	case RELAY_OUTCOME_UNKNOWN:
		tell_failure(options, message, recipient, MAIL_METRICS_UNKNOWN, "may be lost");
		break;
	case RELAY_OUTCOME_TEMPORARY:
		tell_failure(options, message, recipient,
			old ? MAIL_METRICS_PERMANENT : MAIL_METRICS_TEMPORARY,
			old ? "is given up after queue_lifetime" : "is put off");
		break;
	case RELAY_OUTCOME_UNTRIED:
		break;
	}
}

static void on_sent(struct job *job)
{
	struct queue_session *session = (struct queue_session *)job;
	struct mail_queue *queue = session->queue;
	session->sending = false;
	session->place = mail_queue_place(queue);
	for (size_t i = 0; i < session->relay.count; i++) {
		struct relay_message *message = &session->relay.messages[i];
		double chance = queue->closed ? 0 : rng_unit(queue->options.rng);
		tell(&queue->options, &session->place, message);
		session->waits[i] = queue_schedule_wait(&queue->schedule, message->tries, chance);
	}
	if (session->relay.refused)
		mail_queue_leave_relay(queue, session->relay.server, session->relay.reason);
	else
		retry_reset(&queue->away);
	settle(session);
}

/* Claiming */

static bool run_claim(struct store_work *work, struct db *db)
{
	struct queue_session *session = session_of(work);
	return mail_store_claim(db, &session->place, session->retried, &session->relay) &&
	       mail_store_count(db, &session->place, &session->counts);
}

/* The relay has greeted us, but there is nothing to send. */
static void say_quit(struct queue_session *session)
{
	static const char quit[] = "QUIT\r\n";
	ssize_t ignored = write(session->relay.fd, quit, sizeof quit - 1);
	(void)ignored;
}

static void put_back(struct queue_session *session)
{
	for (size_t i = 0; i < session->relay.count; i++)
		session->relay.messages[i].outcome = RELAY_OUTCOME_UNTRIED;
	settle(session);
}

static void on_claimed(struct store_work *work, const char *failure)
{
	struct queue_session *session = session_of(work);
	struct mail_queue *queue = session->queue;
	mail_queue_set_failure(queue, failure);
	if (failure != NULL || session->relay.count == 0) {
		say_quit(session);
		if (failure == NULL)
			queue->schedule.counts = session->counts;
		end(session);
		return;
	}
	if (queue->closed) {
		put_back(session);
		return;
	}
	session->relay.job.run = relay_send;
	session->relay.job.done = on_sent;
	session->sending = true;
	worker_submit(queue->worker, &session->relay.job);
	mail_queue_set_counts(queue, &session->counts);
}

static void on_connected(struct job *job)
{
	struct queue_session *session = (struct queue_session *)job;
	struct mail_queue *queue = session->queue;
	if (session->relay.fd < 0 || queue->closed) {
		if (session->relay.fd < 0)
			mail_queue_leave_relay(queue, session->relay.server, session->relay.reason);
		queue_look_begin(queue, true);
		end(session);
		return;
	}
	if (session->relay.reason[0] != '\0')
		log_warning(
			queue->options.name, "the next relay is used: %s", session->relay.reason);
	session->place = mail_queue_place(queue);
	session->work.run = run_claim;
	session->work.done = on_claimed;
	store_submit(queue->options.store, &session->work);
}

void queue_session_begin(struct mail_queue *queue, bool retried)
{
	struct queue_session *session = mem_alloc(sizeof *session);
	session->queue = queue;
	session->retried = retried;
	session->work.schema = &mail_store_schema;
	session->relay.options = &queue->options.relay;
	session->relay.server = queue->server;
	session->relay.fd = -1;
	session->relay.job.run = relay_connect;
	session->relay.job.done = on_connected;
	ev_timer_init(&session->again, on_again, 0, 0);
	session->again.data = session;
	LL_PREPEND(queue->sessions, session);
	worker_submit(queue->worker, &session->relay.job);
	if (!ev_is_active(&queue->tick))
		ev_timer_again(queue->options.loop, &queue->tick);
}

void queue_session_check_all(struct mail_queue *queue)
{
	for (struct queue_session *at = queue->sessions; at != NULL; at = at->next)
		if (at->sending)
			relay_check(&at->relay);
}

void queue_session_cut_all(struct mail_queue *queue)
{
	for (struct queue_session *at = queue->sessions, *next; at != NULL; at = next) {
		next = at->next;
		if (at->sending)
			relay_cut(&at->relay);
		if (ev_is_active(&at->again)) {
			ev_timer_stop(queue->options.loop, &at->again);
			settle(at);
		}
	}
}

#include "frontends/mail/queue/mail_queue.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/kit/retry.h"

enum {
	MS = 1000,
	LOOK_SECONDS = 10,     /* a person may have changed the queue */
	LOOKS_PER_CLEAN = 360, /* an hour */
	AWAY_FIRST = 1,        /* seconds until a relay that is away is tried again, doubled */
	AWAY_LAST = 300,
};

/* Work that reads: what is in the queue, and from time to time what is too old. */
struct look {
	struct store_work work;
	struct mail_queue *queue;
	struct mail_store_place place;
	struct mail_store_counts counts;
	bool first; /* also recovers what an earlier run left, and reads what was answered */
	bool clean;
	bool away; /* the relay is: also ends what has waited too long */
	int64_t unknown;
	int64_t expired;
	struct recent *recent;
};

/* An answer of the last days. */
struct recent {
	struct recent *next;
	char *key;
	char *sender;
	int64_t at;
};

struct mail_queue {
	struct mail_queue_options options;
	char *name;
	char *texts[4]; /* copies of what the relay's options have */
	struct worker *worker;
	struct session *sessions;
	size_t session_count;
	size_t retrying; /* of these, may have messages that failed before */
	size_t adding;
	size_t server; /* of the relay, to begin with */
	struct mail_store_counts counts;
	struct look look;
	bool looking;
	long looks;
	ev_timer next_look;
	ev_timer tick; /* while there are sessions */
	struct retry away;
	char *failure; /* of the store; NULL: none */
	bool draining;
	bool closed;
};

struct session {
	struct relay_session relay; /* first: its job is ours */
	struct store_work work;
	struct mail_queue *queue;
	struct session *next;
	struct mail_store_place place;
	struct mail_store_counts counts;
	int64_t waits[RELAY_BATCH];
	bool retried;
	bool sending;
	ev_timer again; /* to write the outcomes, as the store failed */
};

struct addition {
	struct store_work work;
	struct mail_queue *queue;
	struct mail_store_place place;
	struct relay_message message;
	char *key;
	bool repeated;
	mail_queue_callback *callback;
	void *data;
};

static struct mail_store_place place_of(const struct mail_queue *queue)
{
	return (struct mail_store_place){
		.section = queue->name,
		.run = store_run_number(queue->options.store),
		.now = mail_store_now(),
		.longest = (int64_t)queue->options.retry_last * MS * 2,
		.lifetime = (int64_t)queue->options.lifetime * MS,
	};
}

static void count(const struct mail_queue *queue, size_t row)
{
	metrics_add(queue->options.metrics, row, 1);
}

/* Logs what is new about the store. */
static void set_failure(struct mail_queue *queue, const char *failure)
{
	bool same =
		failure != NULL && queue->failure != NULL && strcmp(failure, queue->failure) == 0;
	if (same || (failure == NULL && queue->failure == NULL))
		return;
	if (failure != NULL)
		log_error(queue->name, "mail is put off, as it cannot be kept: %s", failure);
	else
		log_info(queue->name, "mail can be kept again");
	free(queue->failure);
	queue->failure = failure != NULL ? mem_strdup(failure) : NULL;
	if (!queue->closed)
		queue->options.on_state(queue->options.data);
}

static bool is_over(const struct mail_queue *queue)
{
	return queue->closed && queue->adding == 0 && !queue->looking && queue->session_count == 0;
}

/* From the loop, as the worker may be the caller. */
static void free_if_over(struct mail_queue *queue)
{
	if (is_over(queue) && !ev_is_active(&queue->next_look)) {
		ev_timer_set(&queue->next_look, 0, 0);
		ev_timer_start(queue->options.loop, &queue->next_look);
	}
}

static void free_queue(struct mail_queue *queue)
{
	worker_destroy(queue->worker);
	ev_timer_stop(queue->options.loop, &queue->tick);
	store_release(queue->options.store);
	free(queue->failure);
	for (size_t i = 0; i < sizeof queue->texts / sizeof queue->texts[0]; i++)
		free(queue->texts[i]);
	free(queue->name);
	free(queue);
}

/* Wakes for the next message that is due, or to look for what a person has changed. */
static void plan_look(struct mail_queue *queue)
{
	double seconds = LOOK_SECONDS;
	int64_t next = queue->counts.next_due;
	if (queue->closed)
		return;
	if (next > 0 && (double)(next - mail_store_now()) / MS < seconds)
		seconds = (double)(next - mail_store_now()) / MS;
	ev_timer_stop(queue->options.loop, &queue->next_look);
	ev_timer_set(&queue->next_look, seconds > 0.01 ? seconds : 0.01, 0);
	ev_timer_start(queue->options.loop, &queue->next_look);
}

static void begin_sessions(struct mail_queue *queue);

static void take_counts(struct mail_queue *queue, const struct mail_store_counts *counts)
{
	queue->counts = *counts;
	metrics_set(queue->options.metrics, queue->options.rows.queued, (double)counts->queued);
	plan_look(queue);
	begin_sessions(queue);
}

/* Sessions */

static void session_end(struct session *session)
{
	struct mail_queue *queue = session->queue;
	struct session **link = &queue->sessions;
	while (*link != session)
		link = &(*link)->next;
	*link = session->next;
	queue->session_count--;
	queue->retrying -= session->retried;
	ev_timer_stop(queue->options.loop, &session->again);
	relay_finish(&session->relay);
	free(session);
	if (queue->session_count == 0)
		ev_timer_stop(queue->options.loop, &queue->tick);
	free_if_over(queue);
}

static void on_tick(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct mail_queue *queue = timer->data;
	for (struct session *at = queue->sessions; at != NULL; at = at->next)
		if (at->sending)
			relay_check(&at->relay);
}

/* Seconds double with each failure, and no two messages wait for the same time. */
static int64_t wait_of(const struct mail_queue *queue, int64_t tries)
{
	double wait = (double)queue->options.retry_first;
	for (int64_t i = 0; i < tries && wait < (double)queue->options.retry_last; i++)
		wait *= 2;
	if (wait > (double)queue->options.retry_last)
		wait = (double)queue->options.retry_last;
	double chance = queue->closed ? 1 : 1 + rng_unit(queue->options.rng) / 10;
	return (int64_t)(wait * chance * MS);
}

static struct session *session_of(struct store_work *work)
{
	return (struct session *)((char *)work - offsetof(struct session, work));
}

static bool run_settle(struct store_work *work, struct db *db)
{
	struct session *session = session_of(work);
	bool good = true;
	for (size_t i = 0; good && i < session->relay.count; i++)
		good = mail_store_settle(
			db, &session->place, &session->relay.messages[i], session->waits[i]);
	return good && mail_store_count(db, &session->place, &session->counts);
}

/* If the program ends before that, the outcomes are unknown to it. */
static void on_settled(struct store_work *work, const char *failure)
{
	struct session *session = session_of(work);
	struct mail_queue *queue = session->queue;
	set_failure(queue, failure);
	if (failure != NULL && !queue->closed) {
		ev_timer_set(&session->again, 1, 0);
		ev_timer_start(queue->options.loop, &session->again);
		return;
	}
	struct mail_store_counts counts = session->counts;
	bool closed = queue->closed;
	session_end(session);
	if (!closed)
		take_counts(queue, &counts);
}

static void settle(struct session *session)
{
	session->place = place_of(session->queue);
	session->work.run = run_settle;
	session->work.done = on_settled;
	store_submit(session->queue->options.store, &session->work);
}

static void on_again(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	settle(timer->data);
}

static void tell_taken(
	const struct mail_queue *queue, const struct relay_message *message, const char *recipient)
{
	double seconds = (double)(mail_store_now() - message->created) / MS;
	if (*message->sender != '\0') {
		log_info(queue->name, "forwarded a message to postmaster");
		return;
	}
	count(queue, METRICS_ANSWERS);
	metrics_observe(queue->options.metrics, METRICS_SECONDS, seconds);
	log_info(queue->name, "answered %s", recipient);
}

static void tell_outcome(const struct mail_queue *queue, struct relay_message *message)
{
	char recipient[RELAY_REASON_SIZE + 64];
	snprintf(recipient, sizeof recipient, "%s", message->recipient);
	log_shorten_mailbox(recipient, message->recipient);
	log_shorten_mailbox(message->reason, message->recipient);
	switch (message->outcome) {
	case RELAY_OUTCOME_TAKEN:
		tell_taken(queue, message, recipient);
		break;
	case RELAY_OUTCOME_PERMANENT:
		count(queue, queue->options.rows.permanent);
		log_warning(queue->name, "message %lld to %s cannot be delivered: %s",
			(long long)message->id, recipient, message->reason);
		break;
	case RELAY_OUTCOME_UNKNOWN:
		count(queue, queue->options.rows.unknown);
		log_warning(queue->name, "message %lld to %s may be lost: %s",
			(long long)message->id, recipient, message->reason);
		break;
	case RELAY_OUTCOME_TEMPORARY:
		count(queue, queue->options.rows.temporary);
		log_warning(queue->name, "message %lld to %s is put off: %s",
			(long long)message->id, recipient, message->reason);
		break;
	case RELAY_OUTCOME_UNTRIED:
		break;
	}
}

/* Goes to the next relay, or waits until the first one may be back. */
static void leave_relay(struct mail_queue *queue, size_t server, const char *reason)
{
	if (queue->closed)
		return;
	if (server + 1 < queue->options.relay.server_count) {
		queue->server = server + 1;
		log_warning(queue->name, "the next relay is tried: %s", reason);
		return;
	}
	queue->server = 0;
	if (retry_is_waiting(&queue->away))
		return;
	double seconds = retry_later(&queue->away);
	log_warning(queue->name, "%lld %s for the relay, which is tried again in %.0f s: %s",
		(long long)queue->counts.queued,
		queue->counts.queued == 1 ? "message waits" : "messages wait", seconds, reason);
}

static void on_sent(struct job *job)
{
	struct session *session = (struct session *)job;
	struct mail_queue *queue = session->queue;
	session->sending = false;
	for (size_t i = 0; i < session->relay.count; i++) {
		struct relay_message *message = &session->relay.messages[i];
		tell_outcome(queue, message);
		session->waits[i] = wait_of(queue, message->tries);
	}
	if (session->relay.refused)
		leave_relay(queue, session->relay.server, session->relay.reason);
	else
		retry_reset(&queue->away);
	settle(session);
}

static bool run_claim(struct store_work *work, struct db *db)
{
	struct session *session = session_of(work);
	return mail_store_claim(db, &session->place, session->retried, &session->relay) &&
	       mail_store_count(db, &session->place, &session->counts);
}

/* The relay has greeted us, and is told that there is nothing. */
static void say_quit(struct session *session)
{
	static const char quit[] = "QUIT\r\n";
	ssize_t ignored = write(session->relay.fd, quit, sizeof quit - 1);
	(void)ignored;
}

static void put_back(struct session *session)
{
	for (size_t i = 0; i < session->relay.count; i++)
		session->relay.messages[i].outcome = RELAY_OUTCOME_UNTRIED;
	settle(session);
}

static void on_claimed(struct store_work *work, const char *failure)
{
	struct session *session = session_of(work);
	struct mail_queue *queue = session->queue;
	set_failure(queue, failure);
	if (failure != NULL || session->relay.count == 0) {
		say_quit(session);
		if (failure == NULL)
			queue->counts = session->counts;
		session_end(session);
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
	take_counts(queue, &session->counts);
}

static void look(struct mail_queue *queue, bool away);

static void on_connected(struct job *job)
{
	struct session *session = (struct session *)job;
	struct mail_queue *queue = session->queue;
	if (session->relay.fd < 0 || queue->closed) {
		if (session->relay.fd < 0)
			leave_relay(queue, session->relay.server, session->relay.reason);
		if (!queue->closed)
			look(queue, true);
		session_end(session);
		return;
	}
	if (session->relay.reason[0] != '\0')
		log_warning(queue->name, "the next relay is used: %s", session->relay.reason);
	session->place = place_of(queue);
	session->work.run = run_claim;
	session->work.done = on_claimed;
	store_submit(queue->options.store, &session->work);
}

/* A worker is left for messages that never failed, as the others may take the relay long. */
static bool may_retry(const struct mail_queue *queue)
{
	size_t workers = (size_t)queue->options.workers;
	return workers == 1 || queue->retrying + 1 < workers;
}

static void begin_session(struct mail_queue *queue)
{
	struct session *session = mem_alloc(sizeof *session);
	session->queue = queue;
	session->retried = may_retry(queue);
	session->next = queue->sessions;
	session->work.schema = &mail_store_schema;
	session->relay.options = &queue->options.relay;
	session->relay.server = queue->server;
	session->relay.fd = -1;
	session->relay.job.run = relay_connect;
	session->relay.job.done = on_connected;
	ev_timer_init(&session->again, on_again, 0, 0);
	session->again.data = session;
	queue->sessions = session;
	queue->session_count++;
	queue->retrying += session->retried;
	worker_submit(queue->worker, &session->relay.job);
	if (!ev_is_active(&queue->tick))
		ev_timer_again(queue->options.loop, &queue->tick);
}

static bool may_begin(const struct mail_queue *queue)
{
	int64_t due = may_retry(queue) ? queue->counts.due : queue->counts.fresh;
	return due > 0 && !queue->closed && !queue->draining && queue->failure == NULL &&
	       !retry_is_waiting(&queue->away) &&
	       queue->session_count < (size_t)queue->options.workers;
}

/* The counts are set anew once the session has taken its messages. */
static void begin_sessions(struct mail_queue *queue)
{
	while (may_begin(queue)) {
		queue->counts.due -= RELAY_BATCH;
		queue->counts.fresh -= RELAY_BATCH;
		begin_session(queue);
	}
}

static void on_back(void *data)
{
	struct mail_queue *queue = data;
	look(queue, false);
}

/* Looking */

static void add_recent(void *data, const char *key, const char *sender, int64_t at)
{
	struct recent ***end = data;
	struct recent *recent = mem_alloc(sizeof *recent);
	*recent = (struct recent){NULL, mem_strdup(key), mem_strdup(sender), at};
	**end = recent;
	*end = &recent->next;
}

static bool run_first(struct look *self, struct db *db)
{
	struct recent **end = &self->recent;
	return mail_store_recover(db, &self->place, &self->unknown) &&
	       mail_store_recent(db, &self->place, MAIL_QUEUE_RECENT, add_recent, &end);
}

static bool run_look(struct store_work *work, struct db *db)
{
	struct look *self = (struct look *)work;
	return (!self->first || run_first(self, db)) &&
	       (!self->clean || mail_store_clean(db, &self->place)) &&
	       (!self->away || mail_store_expire(db, &self->place, &self->expired)) &&
	       mail_store_count(db, &self->place, &self->counts);
}

static void tell_recent(struct mail_queue *queue, bool wanted)
{
	struct recent *recent = queue->look.recent;
	queue->look.recent = NULL;
	while (recent != NULL) {
		struct recent *next = recent->next;
		if (wanted)
			queue->options.on_recent(
				queue->options.data, recent->key, recent->sender, recent->at);
		free(recent->key);
		free(recent->sender);
		free(recent);
		recent = next;
	}
}

static void tell_look(struct mail_queue *queue)
{
	const struct look *self = &queue->look;
	if (self->unknown > 0)
		log_warning(queue->name,
			"%lld %s being sent when quoted was ended and may be lost; see 'quoted "
			"queue list'",
			(long long)self->unknown,
			self->unknown == 1 ? "message was" : "messages were");
	if (self->expired > 0)
		log_warning(queue->name,
			"gave up %lld %s after queue_lifetime, as the relay was away; see 'quoted "
			"queue list'",
			(long long)self->expired, self->expired == 1 ? "message" : "messages");
	metrics_add(queue->options.metrics, queue->options.rows.unknown, (double)self->unknown);
	metrics_add(queue->options.metrics, queue->options.rows.permanent, (double)self->expired);
}

static void on_looked(struct store_work *work, const char *failure)
{
	struct mail_queue *queue = ((struct look *)work)->queue;
	queue->looking = false;
	tell_recent(queue, failure == NULL && !queue->closed);
	if (queue->closed) {
		free_if_over(queue);
		return;
	}
	set_failure(queue, failure);
	if (failure != NULL) {
		plan_look(queue);
		return;
	}
	tell_look(queue);
	queue->server = 0;
	queue->looks++;
	take_counts(queue, &queue->look.counts);
}

static void look(struct mail_queue *queue, bool away)
{
	if (queue->looking || queue->closed)
		return;
	queue->looking = true;
	queue->look = (struct look){
		.work = {&mail_store_schema, run_look, on_looked, NULL, NULL},
		.queue = queue,
		.place = place_of(queue),
		.first = queue->looks == 0,
		.clean = queue->looks % LOOKS_PER_CLEAN == 0,
		.away = away,
	};
	store_submit(queue->options.store, &queue->look.work);
}

static void on_next_look(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct mail_queue *queue = timer->data;
	if (is_over(queue))
		free_queue(queue);
	else
		look(queue, false);
}

/* Adding */

static bool run_add(struct store_work *work, struct db *db)
{
	struct addition *addition = (struct addition *)work;
	return mail_store_add(
		db, &addition->place, &addition->message, addition->key, &addition->repeated);
}

static void free_addition(struct addition *addition)
{
	free(addition->message.sender);
	free(addition->message.recipient);
	free(addition->message.text);
	free(addition->key);
	free(addition);
}

static void on_added(struct store_work *work, const char *failure)
{
	struct addition *addition = (struct addition *)work;
	struct mail_queue *queue = addition->queue;
	enum mail_queue_verdict verdict = failure != NULL      ? MAIL_QUEUE_VERDICT_FAILED
					  : addition->repeated ? MAIL_QUEUE_VERDICT_REPEATED
							       : MAIL_QUEUE_VERDICT_DURABLE;
	queue->adding--;
	set_failure(queue, failure);
	if (!queue->closed) {
		addition->callback(addition->data, verdict);
		queue->counts.queued += verdict == MAIL_QUEUE_VERDICT_DURABLE;
		queue->counts.due += verdict == MAIL_QUEUE_VERDICT_DURABLE;
		queue->counts.fresh += verdict == MAIL_QUEUE_VERDICT_DURABLE;
		metrics_set(queue->options.metrics, queue->options.rows.queued,
			(double)queue->counts.queued);
		begin_sessions(queue);
	}
	free_addition(addition);
	free_if_over(queue);
}

bool mail_queue_is_full(const struct mail_queue *queue)
{
	return queue->counts.queued + (int64_t)queue->adding >= queue->options.limit;
}

void mail_queue_add(struct mail_queue *queue, const struct relay_message *message, const char *key,
	mail_queue_callback *callback, void *data)
{
	struct addition *addition = mem_alloc(sizeof *addition);
	addition->work = (struct store_work){&mail_store_schema, run_add, on_added, NULL, NULL};
	addition->queue = queue;
	addition->place = place_of(queue);
	addition->message = *message;
	addition->message.created = addition->place.now;
	addition->key = key != NULL ? mem_strdup(key) : NULL;
	addition->callback = callback;
	addition->data = data;
	queue->adding++;
	store_submit(queue->options.store, &addition->work);
}

/* The queue as a whole */

static void init_timers(struct mail_queue *queue)
{
	ev_timer_init(&queue->next_look, on_next_look, 0, 0);
	ev_timer_init(&queue->tick, on_tick, 0, 1);
	queue->next_look.data = queue->tick.data = queue;
	queue->away = (struct retry){
		.loop = queue->options.loop,
		.rng = queue->options.rng,
		.first = AWAY_FIRST,
		.last = AWAY_LAST,
		.again = on_back,
		.data = queue,
	};
	retry_init(&queue->away);
}

/* Sessions may go on after their front end is gone. */
static void copy_texts(struct mail_queue *queue)
{
	struct relay_options *relay = &queue->options.relay;
	const char **texts[] = {&relay->hostname, &relay->login.ca_file, &relay->login.user,
		&relay->login.password_file};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		queue->texts[i] = mem_strdup(*texts[i]);
		*texts[i] = queue->texts[i];
	}
}

struct mail_queue *mail_queue_create(const struct mail_queue_options *options, struct error *reterr)
{
	struct worker *worker =
		worker_create(options->loop, (unsigned)options->workers, (size_t)options->workers);
	if (worker == NULL) {
		error_set(
			reterr, "cannot create a thread for the relay; raise the limit on threads");
		return NULL;
	}
	struct mail_queue *queue = mem_alloc(sizeof *queue);
	queue->options = *options;
	queue->name = mem_strdup(options->name);
	copy_texts(queue);
	queue->worker = worker;
	store_hold(options->store);
	init_timers(queue);
	look(queue, false);
	return queue;
}

size_t mail_queue_pending(const struct mail_queue *queue)
{
	return queue->adding + queue->session_count;
}

const char *mail_queue_failure(const struct mail_queue *queue)
{
	return queue->failure;
}

void mail_queue_drain(struct mail_queue *queue)
{
	queue->draining = true;
}

void mail_queue_close(struct mail_queue *queue)
{
	if (queue == NULL)
		return;
	queue->closed = true;
	metrics_set(queue->options.metrics, queue->options.rows.queued, 0);
	queue->options.metrics = NULL;
	queue->options.rng = NULL;
	retry_stop(&queue->away);
	ev_timer_stop(queue->options.loop, &queue->next_look);
	for (struct session *session = queue->sessions, *next; session != NULL; session = next) {
		next = session->next;
		if (session->sending)
			relay_cut(&session->relay);
		if (ev_is_active(&session->again)) {
			ev_timer_stop(queue->options.loop, &session->again);
			settle(session);
		}
	}
	free_if_over(queue);
}

#include "frontends/mail/queue/mail_queue.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_options.h"
#include "frontends/mail/queue/mail_queue_parts.h"

enum {
	MS = 1000,
	AWAY_FIRST = 1, /* seconds until a relay that is away is tried again, doubled */
	AWAY_LAST = 300,
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

struct mail_store_place mail_queue_place(const struct mail_queue *queue)
{
	return (struct mail_store_place){
		.section = queue->options.name,
		.run = store_run_number(queue->options.store),
		.now = mail_store_now(),
		.longest = (int64_t)queue->options.retry_last * MS * 2,
		.lifetime = (int64_t)queue->options.lifetime * MS,
	};
}

static void show_queued(const struct mail_queue *queue)
{
	metrics_set(
		queue->options.metrics, MAIL_METRICS_RELAY, (double)queue->schedule.counts.queued);
}

void mail_queue_set_failure(struct mail_queue *queue, const char *failure)
{
	bool same =
		failure != NULL && queue->failure != NULL && strcmp(failure, queue->failure) == 0;
	if (same || (failure == NULL && queue->failure == NULL))
		return;
	if (failure != NULL)
		log_error(
			queue->options.name, "mail is put off, as it cannot be kept: %s", failure);
	else
		log_info(queue->options.name, "mail can be kept again");
	free(queue->failure);
	queue->failure = failure != NULL ? mem_strdup(failure) : NULL;
	if (!queue->closed)
		queue->options.on_state(queue->options.data);
}

static bool is_over(const struct mail_queue *queue)
{
	return queue->closed && queue->adding == 0 && !queue->looking && queue->sessions == NULL;
}

/* From the loop, as the worker may be the caller. */
void mail_queue_free_if_over(struct mail_queue *queue)
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
	free(queue);
}

/* Begins what the counts allow. */

void mail_queue_plan_look(struct mail_queue *queue)
{
	if (queue->closed)
		return;
	ev_timer_stop(queue->options.loop, &queue->next_look);
	ev_timer_set(&queue->next_look, queue_schedule_look(&queue->schedule, mail_store_now()), 0);
	ev_timer_start(queue->options.loop, &queue->next_look);
}

static void begin_sessions(struct mail_queue *queue)
{
	bool retried;
	bool may = !queue->closed && !queue->draining && queue->failure == NULL &&
		   !retry_is_waiting(&queue->away);
	while (may && queue_schedule_begin(&queue->schedule, &retried))
		queue_session_begin(queue, retried);
}

void mail_queue_set_counts(struct mail_queue *queue, const struct mail_store_counts *counts)
{
	queue->schedule.counts = *counts;
	show_queued(queue);
	mail_queue_plan_look(queue);
	begin_sessions(queue);
}

void mail_queue_leave_relay(struct mail_queue *queue, size_t server, const char *reason)
{
	if (queue->closed)
		return;
	if (server + 1 < queue->options.relay.server_count) {
		queue->server = server + 1;
		log_warning(queue->options.name, "the next relay is tried: %s", reason);
		return;
	}
	queue->server = 0;
	if (retry_is_waiting(&queue->away))
		return;
	double seconds = retry_later(&queue->away);
	log_warning(queue->options.name,
		"%lld %s for the relay, which is tried again in %.0f s: %s",
		(long long)queue->schedule.counts.queued,
		queue->schedule.counts.queued == 1 ? "message waits" : "messages wait", seconds,
		reason);
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
	mail_queue_set_failure(queue, failure);
	if (!queue->closed) {
		addition->callback(addition->data, verdict);
		if (verdict == MAIL_QUEUE_VERDICT_DURABLE)
			queue_schedule_add(&queue->schedule);
		show_queued(queue);
		begin_sessions(queue);
	}
	free_addition(addition);
	mail_queue_free_if_over(queue);
}

bool mail_queue_is_full(const struct mail_queue *queue)
{
	const struct mail_store_counts *counts = &queue->schedule.counts;
	return counts->queued - counts->bulk + (int64_t)queue->adding >= queue->options.limit;
}

size_t mail_queue_letters(const struct mail_queue *queue)
{
	return (size_t)queue->schedule.counts.bulk;
}

void mail_queue_wake(struct mail_queue *queue)
{
	queue->look_again = queue->looking;
	queue_look_begin(queue, false);
}

void mail_queue_add(struct mail_queue *queue, const struct relay_message *message, const char *key,
	mail_queue_callback *callback, void *data)
{
	struct addition *addition = mem_alloc(sizeof *addition);
	addition->work =
		(struct store_work){.schema = &mail_store_schema, .run = run_add, .done = on_added};
	addition->queue = queue;
	addition->place = mail_queue_place(queue);
	addition->message = *message;
	addition->message.created = addition->place.now;
	addition->key = key != NULL ? mem_strdup(key) : NULL;
	addition->callback = callback;
	addition->data = data;
	queue->adding++;
	store_submit(queue->options.store, &addition->work);
}

/* The queue as a whole */

static void on_next_look(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct mail_queue *queue = timer->data;
	if (is_over(queue))
		free_queue(queue);
	else
		queue_look_begin(queue, false);
}

static void on_tick(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	queue_session_check_all(timer->data);
}

static void on_back(void *data)
{
	queue_look_begin(data, false);
}

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
	const char **texts[] = {&queue->options.name, &relay->hostname, &relay->login.ca_file,
		&relay->login.user, &relay->login.password_file};
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
	copy_texts(queue);
	queue->worker = worker;
	queue->schedule.workers = (size_t)options->workers;
	queue->schedule.retry_first = options->retry_first;
	queue->schedule.retry_last = options->retry_last;
	store_hold(options->store);
	init_timers(queue);
	queue_look_begin(queue, false);
	return queue;
}

size_t mail_queue_pending(const struct mail_queue *queue)
{
	return queue->adding + queue->schedule.sessions;
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
	metrics_set(queue->options.metrics, MAIL_METRICS_RELAY, 0);
	queue->options.metrics = NULL;
	queue->options.rng = NULL;
	queue->options.on_refused = NULL;
	retry_stop(&queue->away);
	ev_timer_stop(queue->options.loop, &queue->next_look);
	queue_session_cut_all(queue);
	mail_queue_free_if_over(queue);
}

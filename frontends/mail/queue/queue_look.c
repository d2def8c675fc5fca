#include "frontends/mail/queue/mail_queue_parts.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_options.h"

enum { LOOKS_PER_CLEAN = 360 /* an hour */ };

/* An answer of the last days. */
struct queue_look_recent {
	struct queue_look_recent *next;
	char *key;
	char *sender;
	int64_t at;
};

static void add_recent(void *data, const char *key, const char *sender, int64_t at)
{
	struct queue_look_recent ***end = data;
	struct queue_look_recent *recent = mem_alloc(sizeof *recent);
	*recent = (struct queue_look_recent){NULL, mem_strdup(key), mem_strdup(sender), at};
	**end = recent;
	*end = &recent->next;
}

static bool run_first(struct queue_look *look, struct db *db)
{
	struct queue_look_recent **end = &look->recent;
	return mail_store_recover(db, &look->place, &look->unknown) &&
	       mail_store_recent(db, &look->place, MAIL_QUEUE_RECENT, add_recent, &end);
}

static bool run(struct store_work *work, struct db *db)
{
	struct queue_look *look = (struct queue_look *)work;
	return (!look->first || run_first(look, db)) &&
	       (!look->clean || mail_store_clean(db, &look->place)) &&
	       (!look->away || mail_store_expire(db, &look->place, &look->expired)) &&
	       mail_store_count(db, &look->place, &look->counts);
}

static void tell(const struct queue_look *look, const struct mail_queue_options *options)
{
	for (const struct queue_look_recent *at = look->recent; at != NULL; at = at->next)
		options->on_recent(options->data, at->key, at->sender, at->at);
	if (look->unknown > 0)
		log_warning(options->name,
			"%lld %s being sent when quoted was ended and may be lost; see 'quoted "
			"queue list'",
			(long long)look->unknown,
			look->unknown == 1 ? "message was" : "messages were");
	if (look->expired > 0)
		log_warning(options->name,
			"gave up %lld %s after queue_lifetime, as the relay was away; see 'quoted "
			"queue list'",
			(long long)look->expired, look->expired == 1 ? "message" : "messages");
	metrics_add(options->metrics, MAIL_METRICS_UNKNOWN, (double)look->unknown);
	metrics_add(options->metrics, MAIL_METRICS_PERMANENT, (double)look->expired);
}

static void forget_recent(struct queue_look *look)
{
	while (look->recent != NULL) {
		struct queue_look_recent *recent = look->recent;
		look->recent = recent->next;
		free(recent->key);
		free(recent->sender);
		free(recent);
	}
}

static void on_looked(struct store_work *work, const char *failure)
{
	struct queue_look *look = (struct queue_look *)work;
	struct mail_queue *queue = look->queue;
	queue->looking = false;
	if (queue->closed) {
		mail_queue_free_if_over(queue);
	} else if (failure != NULL) {
		mail_queue_set_failure(queue, failure);
		mail_queue_plan_look(queue);
	} else {
		mail_queue_set_failure(queue, NULL);
		tell(look, &queue->options);
		queue->server = 0;
		queue->looks++;
		mail_queue_set_counts(queue, &look->counts);
	}
	forget_recent(look);
	if (queue->look_again && !queue->closed)
		mail_queue_wake(queue);
}

void queue_look_begin(struct mail_queue *queue, bool away)
{
	if (queue->looking || queue->closed)
		return;
	queue->looking = true;
	queue->look = (struct queue_look){
		.work = {.schema = &mail_store_schema, .run = run, .done = on_looked},
		.queue = queue,
		.place = mail_queue_place(queue),
		.first = queue->looks == 0,
		.clean = queue->looks % LOOKS_PER_CLEAN == 0,
		.away = away,
	};
	store_submit(queue->options.store, &queue->look.work);
}

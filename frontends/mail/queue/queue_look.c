#include "frontends/mail/queue/queue_look.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_options.h"

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

void queue_look_submit(struct queue_look *look, struct store *store)
{
	look->work.schema = &mail_store_schema;
	look->work.run = run;
	store_submit(store, &look->work);
}

void queue_look_tell(struct queue_look *look, const struct mail_queue_options *options)
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

void queue_look_finish(struct queue_look *look)
{
	while (look->recent != NULL) {
		struct queue_look_recent *recent = look->recent;
		look->recent = recent->next;
		free(recent->key);
		free(recent->sender);
		free(recent);
	}
}

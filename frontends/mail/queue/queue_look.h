/** A look at the store for a queue: what it has, and from time to time what is too old. */
#ifndef QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_LOOK_H
#define QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_LOOK_H

#include "frontends/mail/queue/mail_queue.h"

/** The caller sets all but the results, which are 0, and what queue_look_submit() sets of work. */
struct queue_look {
	struct store_work work; /* first: done gets it */
	void *data;             /* the caller's */
	struct mail_store_place place;
	bool first; /* also recovers what an earlier run left, and reads what was answered */
	bool clean; /* also forgets what is too old */
	bool away;  /* the relay is: also ends what has waited too long */
	/* Results. */
	struct mail_store_counts counts;
	int64_t unknown; /* messages of an earlier run that may be lost */
	int64_t expired; /* messages given up */
	struct queue_look_recent *recent;
};

/** Looks; work.done is called on the loop, which ends with queue_look_finish(). */
void queue_look_submit(struct queue_look *look, struct store *store);

/** Logs and counts what was found, and tells on_recent() of the latest answers. */
void queue_look_tell(struct queue_look *look, const struct mail_queue_options *options);

/** Frees the latest answers. */
void queue_look_finish(struct queue_look *look);

#endif

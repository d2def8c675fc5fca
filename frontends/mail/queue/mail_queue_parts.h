/** A mail_queue from inside, for the files that it is made of: mail_queue.c keeps what is to be
 * sent, queue_session.c sends it. */
#ifndef QUOTED_FRONTENDS_MAIL_QUEUE_MAIL_QUEUE_PARTS_H
#define QUOTED_FRONTENDS_MAIL_QUEUE_MAIL_QUEUE_PARTS_H

#include "frontends/kit/retry.h"
#include "frontends/mail/queue/queue_look.h"
#include "frontends/mail/queue/queue_schedule.h"

/** The queue of one section. */
struct mail_queue {
	struct mail_queue_options options;
	char *texts[5]; /* copies of what the options have */
	struct worker *worker;
	struct queue_session *sessions;
	struct queue_schedule schedule;
	size_t adding;
	size_t server; /* of the relay, to begin with */
	struct queue_look look;
	bool looking;
	bool look_again; /* it was asked for meanwhile */
	long looks;
	ev_timer next_look;
	ev_timer tick; /* while there are sessions */
	struct retry away;
	char *failure; /* of the store; NULL: none */
	bool draining;
	bool closed;
};

/** Returns the place of the queue at this time. */
struct mail_store_place mail_queue_place(const struct mail_queue *queue);

/** Takes note of why the store failed, NULL: it did not, and tells what is new. */
void mail_queue_set_failure(struct mail_queue *queue, const char *failure);

/** Takes note of what is in the queue, plans the next look and begins sessions. */
void mail_queue_set_counts(struct mail_queue *queue, const struct mail_store_counts *counts);

/** Goes to the relay after \p server, or waits until the first one may be back. */
void mail_queue_leave_relay(struct mail_queue *queue, size_t server, const char *reason);

/** Looks at the store, unless it is being looked at; \p away as struct queue_look has it. */
void mail_queue_look(struct mail_queue *queue, bool away);

/** Frees the queue, from the loop, if it is closed and nothing goes on. */
void mail_queue_free_if_over(struct mail_queue *queue);

#endif

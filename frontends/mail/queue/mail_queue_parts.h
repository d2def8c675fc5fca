/**
 * A mail_queue from inside, for the files that it is made of: mail_queue.c keeps what is to be
 * sent, queue_look.c looks at the store for it, queue_session.c sends it.
 */
#ifndef QUOTED_FRONTENDS_MAIL_QUEUE_MAIL_QUEUE_PARTS_H
#define QUOTED_FRONTENDS_MAIL_QUEUE_MAIL_QUEUE_PARTS_H

#include "frontends/kit/retry.h"
#include "frontends/mail/queue/mail_queue.h"
#include "frontends/mail/queue/queue_schedule.h"

/** A look at the store: what the queue has, and from time to time what is too old. */
struct queue_look {
	struct store_work work;
	struct mail_queue *queue;
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

/** Plans the next look, by what is in the queue. */
void mail_queue_plan_look(struct mail_queue *queue);

/** Frees the queue, from the loop, if it is closed and nothing goes on. */
void mail_queue_free_if_over(struct mail_queue *queue);

/** Looks at the store, unless it is being looked at; \p away as struct queue_look has it. */
void queue_look_begin(struct mail_queue *queue, bool away);

/** Begins a session, which the schedule has counted, and which frees itself. \p retried: it may
 * also take messages that failed before. */
void queue_session_begin(struct mail_queue *queue, bool retried);

/** Cuts the connections of the sessions whose relay has exceeded its time; each second. */
void queue_session_check_all(struct mail_queue *queue);

/** Cuts all connections, so that the outcomes are written soon. */
void queue_session_cut_all(struct mail_queue *queue);

#endif

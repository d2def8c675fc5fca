/**
 * Sends mail through the relay: what is added is durable, and is sent once as far as SMTP allows.
 * Each session of a relay is connected first; only then its messages are marked as being sent, so
 * that a program that is killed leaves an unknown outcome only for what may have been sent.
 */
#ifndef QUOTED_FRONTENDS_MAIL_QUEUE_MAIL_QUEUE_H
#define QUOTED_FRONTENDS_MAIL_QUEUE_MAIL_QUEUE_H

#include "core/base/rng.h"
#include "frontends/kit/metrics.h"
#include "frontends/mail/queue/mail_store.h"

struct mail_queue;

/** The pointers are borrowed until mail_queue_close(), the store for longer; strings are copied. */
struct mail_queue_options {
	struct ev_loop *loop;
	struct store *store;
	struct rng *rng;
	struct metrics *metrics; /* with the rows of mail */
	const char *name;        /* the section */
	struct relay_options relay;
	long workers;     /* sessions at once */
	long limit;       /* messages that wait or are being sent, letters to subscribers apart */
	long retry_first; /* seconds, doubled after each failure */
	long retry_last;  /* at most, and up to a tenth more by chance */
	long lifetime;    /* seconds */
	/** Called at the start with each of the latest answers, the oldest first. */
	void (*on_recent)(void *data, const char *key, const char *sender, int64_t at);
	/** Called if the relay refuses a letter to a subscriber for good; \p sender is its return
	 * path. NULL: it is not wanted. */
	void (*on_refused)(void *data, const char *sender);
	/** Called if mail_queue_failure() has changed. */
	void (*on_state)(void *data);
	void *data;
};

/** How many answers on_recent() tells at the most. */
enum { MAIL_QUEUE_RECENT = 10000 };

/** What became of a message that was added. */
enum mail_queue_verdict {
	MAIL_QUEUE_VERDICT_DURABLE,
	MAIL_QUEUE_VERDICT_REPEATED, /* answered before, so nothing was added */
	MAIL_QUEUE_VERDICT_FAILED,   /* the store failed, which is logged; nothing was added */
};

typedef void mail_queue_callback(void *data, enum mail_queue_verdict verdict);

/** Returns a queue that begins once the loop runs; NULL if no thread can be created. */
struct mail_queue *mail_queue_create(
	const struct mail_queue_options *options, struct error *reterr);

/** Returns whether it has as many messages as its limit, letters to subscribers apart. */
bool mail_queue_is_full(const struct mail_queue *queue);

/**
 * Adds a message: takes over the strings of \p message, and of its other members needs only repeat.
 * For \p key see mail_store_add(). \p callback comes later, once, on the loop.
 */
void mail_queue_add(struct mail_queue *queue, const struct relay_message *message, const char *key,
	mail_queue_callback *callback, void *data);

/** Returns how many letters to subscribers wait or are being sent, as far as is known. */
size_t mail_queue_letters(const struct mail_queue *queue);

/** Looks for what someone else has put in the queue. */
void mail_queue_wake(struct mail_queue *queue);

/** Returns how many messages are being added or sent, and not only waiting to be. */
size_t mail_queue_pending(const struct mail_queue *queue);

/** Returns why the store is of no use at the moment; NULL: it is. */
const char *mail_queue_failure(const struct mail_queue *queue);

/** Begins no further session. */
void mail_queue_drain(struct mail_queue *queue);

/** Makes no further callback, cuts the sessions, and frees itself once their outcomes are written,
 * for which the loop must run on, see store_wait(). NULL is a no-op. */
void mail_queue_close(struct mail_queue *queue);

#endif

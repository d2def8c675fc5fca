/**
 * Sends the letters of each day: when the first subscription is due, puts letters in the queue, a
 * batch at a time and only as long as few wait there, until none is due any more. What it writes is
 * on the store's thread; on the loop it makes one letter for each collection.
 */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_RUN_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_RUN_H

#include "core/base/day.h"
#include "frontends/frontend.h"
#include "frontends/mail/queue/mail_queue.h"
#include "frontends/mail/subscription/subscription_letter.h"

enum { SUBSCRIPTION_RUN_AHEAD = 256 /* letters that wait in the queue */ };

struct subscription_run;

/** All borrowed until subscription_run_close(); the store and the loop for longer. */
struct subscription_run_options {
	const struct frontend_context *context;
	struct mail_queue *queue;
	const char *from_name;
	struct quote_fit fit;
	struct day_clock clock;
	size_t subscribers_row; /* of the metrics: a gauge */
	/** Fills the home, of which the secret is the store's. */
	void (*write_home)(void *data, struct subscription_home *ret_home);
	void *data;
};

/** Begins once the loop runs. Copies \p options. */
struct subscription_run *subscription_run_create(const struct subscription_run_options *options);

/** Looks for what is due, as a subscription has changed. */
void subscription_run_wake(struct subscription_run *run);

/** Puts no more letters in the queue. */
void subscription_run_drain(struct subscription_run *run);

/** Ends it, and frees it once the store is done with it. NULL is a no-op. */
void subscription_run_close(struct subscription_run *run);

#endif

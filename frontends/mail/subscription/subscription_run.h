/**
 * Sends the letters of each day: when the first subscription is due, puts letters in the queue, a
 * batch at a time and only as long as few wait there, until none is due any more. What it writes is
 * on the store's thread; on the loop it makes one letter for each collection.
 */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_RUN_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_RUN_H

#include "frontends/mail/mail_options.h"
#include "frontends/mail/queue/mail_queue.h"

enum { SUBSCRIPTION_RUN_AHEAD = 256 /* letters that wait in the queue */ };

struct subscription_run;

/** Begins once the loop runs. Borrows its arguments until subscription_run_close(), their store and
 * loop for longer. */
struct subscription_run *subscription_run_create(
	const struct mail_section *section, struct mail_queue *queue);

/** Looks for what is due, as a subscription has changed. */
void subscription_run_wake(struct subscription_run *run);

/** Puts no more letters in the queue. */
void subscription_run_drain(struct subscription_run *run);

/** Ends it, and frees it once the store is done with it. NULL is a no-op. */
void subscription_run_close(struct subscription_run *run);

#endif

/** Subscriptions for tests, in a store of the current directory, which is a scratch. */
#ifndef QUOTED_TESTS_SUPPORT_SUBSCRIBERS_H
#define QUOTED_TESTS_SUPPORT_SUBSCRIBERS_H

#include "frontends/frontend.h"
#include "frontends/mail/queue/mail_queue.h"
#include "frontends/mail/subscription/subscriptions.h"
#include "tests/support/quotes.h"

/** A mail section "mail.test" with the address quote@q.example, one quote, a queue without a
 * relay, and at most 3 unconfirmed requests of an address. */
struct subscribers {
	struct ev_loop *loop;
	struct quotes quotes;
	struct searcher *searcher;
	struct frontend_context context;
	struct smtp_address address;
	struct smtp_mailboxes mailboxes;
	struct mail_options mail;
	struct mail_section section;
	struct mail_queue *queue;
	struct subscriptions *subscriptions;
};

/** Opens all that; it must not move until it is finished. Fails the test if it cannot. */
void subscribers_open(struct subscribers *subscribers);

/** Closes it. */
void subscribers_finish(struct subscribers *subscribers);

#endif

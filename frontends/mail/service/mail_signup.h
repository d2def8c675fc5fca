/** Handles what people on other wires want of the daily quote by mail: checks it, has it done, and
 * mails them the request to confirm. */
#ifndef QUOTED_FRONTENDS_MAIL_SERVICE_MAIL_SIGNUP_H
#define QUOTED_FRONTENDS_MAIL_SERVICE_MAIL_SIGNUP_H

#include "frontends/frontend.h"
#include "frontends/mail/autoreply/autoreply.h"
#include "frontends/mail/queue/mail_queue.h"
#include "frontends/mail/subscription/subscriptions.h"
#include "frontends/net/limits.h"

struct mail_signup;

/** All borrowed until mail_signup_destroy(). */
struct mail_signup_options {
	const struct frontend_context *context;
	struct subscriptions *subscriptions;
	struct mail_queue *queue;
	struct limits *limits;                 /* of requests for an address, and of those from
						  a network of visitors */
	const struct autoreply_policy *policy; /* says which addresses are of no person */
	int minute;                            /* of the day, if none is asked for */
};

/** Copies \p options. */
struct mail_signup *mail_signup_create(const struct mail_signup_options *options);

/** As subscribe() of struct frontend_ops. */
void mail_signup_take(struct mail_signup *signup, const struct frontend_wish *wish,
	frontend_wish_callback *callback, void *data);

/** Tells all whose outcome is not known that it failed, and frees; NULL is a no-op. Call it before
 * the queue and the subscriptions are closed. */
void mail_signup_destroy(struct mail_signup *signup);

#endif

/** Subscriptions to a daily quote: makes, confirms and ends them, and has their letters sent. */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTIONS_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTIONS_H

#include "frontends/mail/mail_options.h"
#include "frontends/mail/queue/mail_queue.h"
#include "frontends/mail/subscription/subscription_letter.h"
#include "frontends/mail/subscription/subscription_store.h"

struct subscriptions;
struct subscription_task;

/** What a correspondent wants done. */
enum subscription_action {
	SUBSCRIPTION_ACTION_ASK,         /* address, collection, minute */
	SUBSCRIPTION_ACTION_CONFIRM,     /* token */
	SUBSCRIPTION_ACTION_END,         /* token */
	SUBSCRIPTION_ACTION_END_ADDRESS, /* address */
	SUBSCRIPTION_ACTION_BOUNCE,      /* token */
};

/** That, with what it needs; the strings are copied. */
struct subscription_wish {
	enum subscription_action action;
	const char *address;    /* ASCII, valid */
	const char *collection; /* "": the wire's quotes */
	int minute;             /* of the day; -1: the usual one */
	const char *token;
};

/** What became of it; valid during the callback. */
struct subscription_result {
	struct subscription_wish wish; /* but for its token */
	enum subscription_outcome outcome;
	struct subscription_row row;         /* if DONE; not of END_ADDRESS */
	char token[SUBSCRIPTION_TOKEN_SIZE]; /* of an ASK that is DONE */
};

/** Called once, on the loop, when it is durable. */
typedef void subscription_callback(void *data, const struct subscription_result *result);

/** Those of a mail service, which lend it \p section and \p queue until subscriptions_close();
 * their letters come back to the first of the mailboxes. Begins once the loop runs. */
struct subscriptions *subscriptions_create(
	const struct mail_section *section, struct mail_queue *queue);

/** Fills \p ret_home but for the secret, which is the store's. */
void subscriptions_fill_home(
	const struct mail_section *section, struct subscription_home *ret_home);

/** Does what \p wish says. A token that is none is WRONG. \p callback comes later. */
struct subscription_task *subscriptions_do(struct subscriptions *subscriptions,
	const struct subscription_wish *wish, subscription_callback *callback, void *data);

/** Withdraws the callback of a task that waits for it; NULL is a no-op. */
void subscriptions_abandon(struct subscription_task *task);

/** Returns whether there is a collection of that name; "" is one. If not, appends why. */
bool subscriptions_know(
	const struct subscriptions *subscriptions, const char *collection, struct buffer *reason);

/** Returns the mail that asks for the confirmation of \p wish, an ASK, with its token; the caller's
 * to free. */
char *subscriptions_compose(const struct subscriptions *subscriptions,
	const struct subscription_wish *wish, const char *token);

/** Returns how many wishes are under way. */
size_t subscriptions_pending(const struct subscriptions *subscriptions);

/** Puts no more letters in the queue. */
void subscriptions_drain(struct subscriptions *subscriptions);

/** Makes no further callback, and frees it; the store must run on. NULL is a no-op. */
void subscriptions_close(struct subscriptions *subscriptions);

#endif

/** What people write and read of subscriptions: turns commands and forms into wishes, and results
 * into sentences. */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_DESK_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_DESK_H

#include "frontends/mail/mail_command.h"
#include "frontends/mail/subscription/subscriptions.h"

/** A wish with its own strings; all zero is none. */
struct subscription_order {
	struct subscription_wish wish;
	char *address;
	char *collection;
	char *token;
};

/** Returns whether \p command is about subscriptions. */
bool subscription_desk_is(const struct mail_command *command);

/**
 * Reads what \p command, about subscriptions, wants for \p sender; without a time, at \p minute.
 * Returns false with a sentence in \p reason if it cannot be done. Finish \p ret_order.
 */
bool subscription_desk_read(const struct subscriptions *subscriptions,
	const struct mail_command *command, const char *sender, int minute,
	struct subscription_order *ret_order, struct buffer *reason);

/** Reads what \p wish wants, of someone on another wire; as subscription_desk_read(). */
bool subscription_desk_fill(const struct subscriptions *subscriptions,
	const struct frontend_wish *wish, int minute, struct subscription_order *ret_order,
	struct buffer *reason);

/** Reads what \p token is good for. */
void subscription_desk_redeem(const char *token, struct subscription_order *ret_order);

/** Frees the strings; it is none afterwards. */
void subscription_desk_finish(struct subscription_order *order);

/** Appends sentences on what became of a wish, but for an ASK that is DONE. */
void subscription_desk_explain(enum subscription_action action,
	const struct subscription_result *result, struct buffer *out);

/** Returns whether the message that begins with \p text is a bounce of a letter: a delivery status
 * (RFC 3464) with a failure. */
bool subscription_desk_is_bounce(
	const struct smtp_address *sender, const char *text, size_t length);

#endif

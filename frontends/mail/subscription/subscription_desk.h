/** What people write and read of subscriptions: turns commands and forms into wishes, and results
 * into sentences. */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_DESK_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_DESK_H

#include "frontends/mail/mail_command.h"
#include "frontends/mail/subscription/subscriptions.h"

/** Returns whether \p command is about subscriptions. */
bool subscription_desk_is(const struct mail_command *command);

/**
 * Reads what \p command, about subscriptions, wants for \p sender. Takes the argument of the
 * command apart, and borrows it and the sender. Returns false with a sentence in \p reason if it
 * cannot be done.
 */
bool subscription_desk_read(const struct subscriptions *subscriptions, struct mail_command *command,
	const char *sender, struct subscription_wish *ret_wish, struct buffer *reason);

/** Reads what \p wish, which is borrowed, wants of someone on another wire; as
 * subscription_desk_read(). */
bool subscription_desk_fill(const struct subscriptions *subscriptions,
	const struct frontend_wish *wish, struct subscription_wish *ret_wish,
	struct buffer *reason);

/** Returns what \p token, which is borrowed, is good for. */
struct subscription_wish subscription_desk_redeem(const char *token);

/** Appends sentences on what became of a wish, but for an ASK that is DONE. */
void subscription_desk_explain(const struct subscription_result *result, struct buffer *out);

/** Returns whether the message that begins with \p text is a bounce of a letter: a delivery status
 * (RFC 3464) with a failure. */
bool subscription_desk_is_bounce(
	const struct smtp_address *sender, const char *text, size_t length);

#endif

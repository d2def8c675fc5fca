/** The texts of subscriptions, and the fields of a letter that differ for each subscriber. Pure. */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_LETTER_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_LETTER_H

#include "core/base/buffer.h"
#include "frontends/mail/smtp/smtp_address.h"
#include "frontends/mail/subscription/subscription_token.h"

/** Where mail of subscriptions comes back to; it owns its strings. */
struct subscription_home {
	struct smtp_address mailbox; /* ours */
	char delimiter;              /* of a detail; NUL: there are none */
	char *section;
	char *hostname; /* ours */
	char *page;     /* what a token follows for its page, over https; NULL: there is none */
	unsigned char secret[SUBSCRIPTION_TOKEN_SECRET];
};

/** Frees the strings and overwrites the secret. */
void subscription_home_finish(struct subscription_home *home);

/** The letter of a day for all subscribers of a collection; its creator frees the strings. */
struct subscription_letter {
	const struct subscription_home *home;
	int64_t day;
	char *collection; /* "": the wire's quotes */
	char *text;       /* the message without the fields of a subscriber; NULL: there is none */
};

/** Appends our address with \p token as its detail; without details, our address. */
void subscription_letter_mailbox(
	const struct subscription_home *home, const char *token, struct buffer *out);

/**
 * Appends the letter for the subscription \p id of \p address: To, Message-ID, Reply-To, List-Id,
 * List-Unsubscribe (RFC 2369), which is of one click if there is a page for it (RFC 8058), then the
 * text. Returns its return path, our address with the BOUNCE token; the caller's to free.
 */
char *subscription_letter_write(const struct subscription_letter *letter, int64_t id,
	const char *address, struct buffer *out);

/** Appends "at 07:30, from the collection pears". */
void subscription_letter_time(const char *collection, int minute, struct buffer *out);

/** Appends the body of the mail that asks for a confirmation; \p link is the address of the page
 * for that, NULL: there is none. */
void subscription_letter_ask(
	const char *collection, int minute, const char *link, struct buffer *out);

#endif

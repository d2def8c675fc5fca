/**
 * The tables of subscriptions: requests that wait for a confirmation, and who gets a letter each
 * day at which minute. For the store's thread. Times are milliseconds since 1970, days those of
 * day_of(). A section has one subscription of a mailbox, whatever the case of its letters.
 */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_STORE_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_STORE_H

#include "frontends/mail/queue/mail_store.h"
#include "frontends/mail/subscription/subscription_letter.h"
#include "frontends/mail/subscription/subscription_token.h"

enum {
	SUBSCRIPTION_STORE_BATCH = 64, /* letters of a transaction */
	SUBSCRIPTION_STORE_GAP = 2,    /* days without a bounce after which they count anew */
};

/** How long a request can be confirmed. */
#define SUBSCRIPTION_STORE_REQUEST (7 * INT64_C(86400000))

extern const struct store_schema subscription_store_schema;

/** What became of a change. */
enum subscription_outcome {
	SUBSCRIPTION_OUTCOME_DONE,
	SUBSCRIPTION_OUTCOME_WRONG,   /* no such token, or it is used or too old; no such address */
	SUBSCRIPTION_OUTCOME_CROWDED, /* the mailbox has max_unconfirmed requests */
	SUBSCRIPTION_OUTCOME_FAILED,  /* the store failed; never of a function of this file */
};

/** A request or a subscription; finish it. */
struct subscription_row {
	int64_t id;
	char *section;
	char *address;    /* as it was written */
	char *collection; /* "": the wire's quotes */
	int64_t minute;   /* of the day */
	int64_t day;      /* of the last letter; 0: none */
};

/** Frees the strings and clears the row. */
void subscription_row_finish(struct subscription_row *row);

/** Makes the key of all tokens if there is none. Here and below, returns false if the database
 * failed. */
bool subscription_store_secret(struct db *db, unsigned char ret_secret[SUBSCRIPTION_TOKEN_SECRET]);

/** Keeps the request that \p row is but for its id, and gives its token; CROWDED if the mailbox has
 * \p most already. */
bool subscription_store_request(struct db *db, const struct subscription_row *row, long most,
	int64_t now, char ret_token[SUBSCRIPTION_TOKEN_SIZE],
	enum subscription_outcome *ret_outcome);

/** Makes the request of \p token a subscription, in place of one of that mailbox. Today's letter
 * comes if its minute has not passed. \p ret_row has it if DONE. */
bool subscription_store_confirm(struct db *db, const struct subscription_token *token, int64_t now,
	struct subscription_row *ret_row, enum subscription_outcome *ret_outcome);

/** Ends the subscription of \p token; \p ret_row had it if DONE. */
bool subscription_store_end(struct db *db, const struct subscription_token *token,
	struct subscription_row *ret_row, enum subscription_outcome *ret_outcome);

/** Ends the subscription of \p address, and forgets its requests; WRONG if it has none. */
bool subscription_store_end_address(struct db *db, const char *section, const char *address,
	enum subscription_outcome *ret_outcome);

/**
 * Notes that the letters of \p token bounce on \p day. With \p most such days, of which none is
 * more than SUBSCRIPTION_STORE_GAP after the one before, the subscription is suspended.
 * \p ret_bounces counts them; \p ret_row has the subscription if DONE.
 */
bool subscription_store_bounce(struct db *db, const struct subscription_token *token, int64_t day,
	long most, struct subscription_row *ret_row, int64_t *ret_bounces,
	enum subscription_outcome *ret_outcome);

/** What is to be done next in a section. */
struct subscription_next {
	int64_t due;      /* of the first subscription; 0: none */
	char *collection; /* of that; the caller's to free; NULL: none */
};

/** Finds that, and makes due again what is due in over two days, as the clock was set back. */
bool subscription_store_next(
	struct db *db, const char *section, int64_t now, struct subscription_next *ret_next);

/** Forgets requests that are too old, and counts the subscriptions that are not suspended. */
bool subscription_store_tidy(
	struct db *db, const char *section, int64_t now, int64_t *ret_subscribers);

/** Letters of one collection that are due. */
struct subscription_batch {
	const struct mail_store_place *place;
	const char *collection;
	/** Without a text they are due again in an hour. */
	struct subscription_letter letter;
	size_t sent;
};

/** Puts up to SUBSCRIPTION_STORE_BATCH letters in the queue, each with the note that it is there,
 * and counts them. Never two of a day to one subscriber. Needs the tables of mail too. */
bool subscription_store_send(struct db *db, struct subscription_batch *batch);

#endif

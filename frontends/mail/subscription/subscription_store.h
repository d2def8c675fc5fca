/**
 * The tables of subscriptions: requests that wait for a confirmation, and who gets a letter each
 * day at which minute. Times are milliseconds since 1970, days those of day_of(). A section has one
 * subscription of a mailbox, whatever the case of its letters.
 */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_STORE_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_STORE_H

#include "frontends/mail/subscription/subscription_token.h"
#include "frontends/store/store.h"

enum { SUBSCRIPTION_STORE_GAP = 2 /* days without a bounce after which they count anew */ };

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
	int64_t id; /* from 1; 0: there is none */
	char *section;
	char *address;    /* as it was written */
	char *collection; /* "": the wire's quotes */
	int64_t minute;   /* of the day */
	int64_t expires;  /* of a request, which has nothing below; 0: a subscription */
	int64_t since;
	bool suspended;
	int64_t day; /* of the last letter; 0: none */
	int64_t due; /* the next letter */
	int64_t bounces;
	int64_t bounce_day; /* the last; 0: none */
};

/** What a statement selects that subscription_row_read() reads. */
#define SUBSCRIPTION_ROWS                                                                          \
	"SELECT id, section, address, collection, minute, 0, since, suspended, day, due, bounces," \
	" bounce_day FROM subscription"

/** Returns the row that a statement is at. */
struct subscription_row subscription_row_read(struct db_statement *statement);

/** Runs a statement that returns one row or none. Here and below, returns false if the database
 * failed. */
bool subscription_row_find(struct db_statement *statement, struct subscription_row *ret_row);

/** Frees the strings and clears the row. */
void subscription_row_finish(struct subscription_row *row);

/** Makes the key of all tokens if there is none. */
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
 * more than SUBSCRIPTION_STORE_GAP after the one before, the subscription is suspended. \p ret_row
 * has it, with the bounces so far, if DONE.
 */
bool subscription_store_bounce(struct db *db, const struct subscription_token *token, int64_t day,
	long most, struct subscription_row *ret_row, enum subscription_outcome *ret_outcome);

/** Forgets requests that are too old, and counts the subscriptions that are not suspended. */
bool subscription_store_tidy(
	struct db *db, const char *section, int64_t now, int64_t *ret_subscribers);

/** Calls \p each with every subscription and every request of all sections. */
bool subscription_store_list(
	struct db *db, void (*each)(void *data, const struct subscription_row *row), void *data);

/** Forgets the subscriptions and the requests of \p address in all sections, and counts them. For a
 * transaction. */
bool subscription_store_erase(
	struct db *db, const char *address, int64_t *ret_subscriptions, int64_t *ret_requests);

#endif

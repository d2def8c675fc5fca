/** Subscriptions for tests, in the current directory, which is a scratch. */
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

/** The tables of subscriptions without a loop, of the section "mail.test". */
struct subscriber_tables {
	struct db *db;
	int64_t now; /* the test moves it */
	struct subscription_home home;
};

/** Opens the tables, at 06:00 or 07:00 in Berlin. */
void subscriber_tables_open(struct subscriber_tables *tables);

/** Asks for a letter a day from the collection "pears"; an address can have two requests. */
enum subscription_outcome subscriber_tables_ask(struct subscriber_tables *tables,
	const char *section, const char *address, int minute,
	char ret_token[SUBSCRIPTION_TOKEN_SIZE]);

/** Confirms a request. */
enum subscription_outcome subscriber_tables_confirm(
	struct subscriber_tables *tables, const char *token);

/** Does both. */
void subscriber_tables_add(
	struct subscriber_tables *tables, const char *section, const char *address, int minute);

/** Queues the letters that are due, and returns how many. */
size_t subscriber_tables_send(struct subscriber_tables *tables, bool with_letter);

/** Returns when the next letter is due; 0: none is. */
int64_t subscriber_tables_next(struct subscriber_tables *tables);

/** Writes a token of the first subscription. */
void subscriber_tables_write_token(struct subscriber_tables *tables,
	enum subscription_token_kind kind, const char *address,
	char ret_token[SUBSCRIPTION_TOKEN_SIZE]);

/** Closes the tables. */
void subscriber_tables_finish(struct subscriber_tables *tables);

#endif

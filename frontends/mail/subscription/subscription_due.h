/** Which subscriptions are due, and their letters. For the store's thread. */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_DUE_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIPTION_DUE_H

#include "frontends/mail/queue/mail_store.h"
#include "frontends/mail/subscription/subscription_letter.h"
#include "frontends/mail/subscription/subscription_store.h"

enum { SUBSCRIPTION_DUE_BATCH = 64 /* letters of a transaction */ };

/** Finds the subscription of the section that is due first, and makes due again what is due in over
 * two days, as the clock was set back. Here and below, returns false if the database failed. */
bool subscription_due_next(
	struct db *db, const char *section, int64_t now, struct subscription_row *ret_row);

/** Puts up to SUBSCRIPTION_DUE_BATCH letters in the queue of \p place, each with the note that it
 * is there, and counts them. Never two of a day to one subscriber. Without a text they are due
 * again in an hour. Needs the tables of mail too. */
bool subscription_due_send(struct db *db, const struct mail_store_place *place,
	const struct subscription_letter *letter, size_t *ret_sent);

#endif

/** The tables of subscriptions, as a person lists and erases what they have. Times are milliseconds
 * since 1970, days those of day_of(). */
#ifndef QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIBER_STORE_H
#define QUOTED_FRONTENDS_MAIL_SUBSCRIPTION_SUBSCRIBER_STORE_H

#include "frontends/store/store.h"

/** A subscription, or a request that was not confirmed; borrowed. */
struct subscriber_row {
	int64_t id;
	const char *section;
	const char *address;
	const char *collection; /* "": the wire's quotes */
	int64_t minute;         /* of the day */
	int64_t expires;        /* of a request, which has nothing below; 0: a subscription */
	int64_t since;
	bool suspended;
	int64_t day; /* of the last letter; 0: none */
	int64_t due; /* the next letter */
	int64_t bounces;
	int64_t bounce_day; /* the last; 0: none */
};

/** Calls \p each with every subscription and every request of all sections. Here and below, returns
 * false if the database failed. */
bool subscriber_store_list(
	struct db *db, void (*each)(void *data, const struct subscriber_row *row), void *data);

/** Forgets the subscriptions and the requests of \p address, whatever the case of its letters, in
 * all sections, and counts them. For a transaction. */
bool subscriber_store_erase(
	struct db *db, const char *address, int64_t *ret_subscriptions, int64_t *ret_requests);

#endif

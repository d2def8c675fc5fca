/** The tables of mail: the queue, and what was answered. Times are milliseconds since 1970. */
#ifndef QUOTED_FRONTENDS_MAIL_QUEUE_MAIL_STORE_H
#define QUOTED_FRONTENDS_MAIL_QUEUE_MAIL_STORE_H

#include "frontends/mail/relay/relay.h"
#include "frontends/store/store.h"

/** What has become of a message. */
enum mail_state {
	MAIL_STATE_WAITING,
	MAIL_STATE_SENDING,
	MAIL_STATE_UNKNOWN, /* perhaps sent; not tried again by itself */
	MAIL_STATE_FAILED,  /* refused, or too old */
	MAIL_STATE_COUNT,
};

/** How long it is remembered what was answered, and UNKNOWN or FAILED messages are kept. */
#define MAIL_STORE_KEPT (7 * INT64_C(86400000))

extern const struct store_schema mail_store_schema;

/** Whose queue, and when. */
struct mail_store_place {
	const char *section; /* "mail.default" */
	int64_t run;         /* store_run_number() */
	int64_t now;
	int64_t longest;  /* wait until a message is tried again; due later than that: the clock was
			     set back */
	int64_t lifetime; /* of a message that waits */
};

/** Returns the time. */
int64_t mail_store_now(void);

/**
 * Adds \p message, whose id is set. \p key is that of the message it answers, "" if that has none,
 * or NULL if it is not an answer. \p ret_repeated: that was answered before, and nothing is added.
 * Here and below, returns false if the database failed.
 */
bool mail_store_add(struct db *db, const struct mail_store_place *place,
	struct relay_message *message, const char *key, bool *ret_repeated);

/** Marks up to RELAY_BATCH messages that are due as SENDING and adds them to \p session; those that
 * have failed before only with \p retried, and last; letters to subscribers after all others. */
bool mail_store_claim(struct db *db, const struct mail_store_place *place, bool retried,
	struct relay_session *session);

/** Returns whether \p message is older than the lifetime, so that its next failure is its last. */
bool mail_store_is_old(const struct mail_store_place *place, const struct relay_message *message);

/** Applies the outcome of \p message; it is tried again \p wait later if it may be. */
bool mail_store_settle(struct db *db, const struct mail_store_place *place,
	const struct relay_message *message, int64_t wait);

/** What is in a queue. */
struct mail_store_counts {
	int64_t queued;   /* WAITING or SENDING */
	int64_t bulk;     /* of these, letters to subscribers */
	int64_t due;      /* of these, may be sent now */
	int64_t fresh;    /* of these, never failed */
	int64_t next_due; /* when the next one may; 0: none waits */
};

/** Counts the messages of the place. */
bool mail_store_count(
	struct db *db, const struct mail_store_place *place, struct mail_store_counts *ret_counts);

/** What was SENDING when an earlier run ended becomes UNKNOWN or, if it may be repeated, WAITING.
 * \p ret_unknown counts the former. */
bool mail_store_recover(struct db *db, const struct mail_store_place *place, int64_t *ret_unknown);

/** What has waited for longer than the lifetime becomes FAILED. */
bool mail_store_expire(struct db *db, const struct mail_store_place *place, int64_t *ret_expired);

/** Forgets what was kept for MAIL_STORE_KEPT. */
bool mail_store_clean(struct db *db, const struct mail_store_place *place);

/** Calls \p each with the latest \p limit answers, the oldest of these first. */
bool mail_store_recent(struct db *db, const struct mail_store_place *place, int64_t limit,
	void (*each)(void *data, const char *key, const char *sender, int64_t at), void *data);

/** A row of the queue, borrowed. */
struct mail_store_row {
	int64_t id;
	const char *section;
	enum mail_state state;
	int64_t created;
	int64_t due;
	int64_t tries;
	const char *recipient;
	const char *reason; /* why it was not sent; "" */
};

/** Calls \p each with every message of all queues. */
bool mail_store_list(
	struct db *db, void (*each)(void *data, const struct mail_store_row *row), void *data);

/** Has the message \p id, or all if it is 0, tried again at once as if it were new, or forgets it;
 * not while it is being sent. \p ret_count counts them. */
bool mail_store_retry(struct db *db, int64_t id, int64_t now, int64_t *ret_count);
bool mail_store_drop(struct db *db, int64_t id, int64_t *ret_count);

/** Forgets the letters to \p address, whatever the case of its letters, in all queues, but for one
 * that is being sent. \p ret_count counts them. */
bool mail_store_drop_letters(struct db *db, const char *address, int64_t *ret_count);

#endif

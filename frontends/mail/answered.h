/** What was answered already: a bounded memory of messages, the least recently used forgotten. */
#ifndef QUOTED_FRONTENDS_MAIL_ANSWERED_H
#define QUOTED_FRONTENDS_MAIL_ANSWERED_H

#include <stddef.h>

struct answered;

/** How far the answer to a message has come. */
enum answered_state {
	ANSWERED_STATE_NEW,     /* never seen, or forgotten */
	ANSWERED_STATE_RUNNING, /* the relay is being asked */
	ANSWERED_STATE_FAILED,  /* the relay could not take it; its share of the budget is paid */
	ANSWERED_STATE_DONE,
};

/** Remembers up to \p limit messages, at least 1. */
struct answered *answered_create(size_t limit);

/** Returns the state of the message called \p key; the empty key is always new. */
enum answered_state answered_get(const struct answered *answered, const char *key);

/** Sets the state; the empty key is not remembered. */
void answered_set(struct answered *answered, const char *key, enum answered_state state);

/** Frees it; NULL is a no-op. */
void answered_destroy(struct answered *answered);

#endif

/** Remembers how far the answers to messages have come, in bounded memory: the state set longest
 * ago is forgotten first. */
#ifndef QUOTED_FRONTENDS_MAIL_SERVICE_ANSWERED_H
#define QUOTED_FRONTENDS_MAIL_SERVICE_ANSWERED_H

#include <stddef.h>

struct answered;

/** How far the answer to a message has come. */
enum answered_state {
	ANSWERED_STATE_NEW,     /* never seen, or forgotten */
	ANSWERED_STATE_RUNNING, /* the answer is being searched for or sent */
	ANSWERED_STATE_FAILED,  /* no answer was possible then; the budgets were charged for it */
	ANSWERED_STATE_DONE,
};

/** Remembers \p limit messages, at least 1. */
struct answered *answered_create(size_t limit);

/** Returns the state of the message \p key; that of the empty key is always NEW. */
enum answered_state answered_get(const struct answered *answered, const char *key);

/** Sets the state of the message \p key; the empty key is not remembered. */
void answered_set(struct answered *answered, const char *key, enum answered_state state);

/** Frees it; NULL is a no-op. */
void answered_destroy(struct answered *answered);

#endif

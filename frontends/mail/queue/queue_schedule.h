/** When the messages of a queue are sent, and by how many sessions. Pure. */
#ifndef QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_SCHEDULE_H
#define QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>

#include "frontends/mail/queue/mail_store.h"

/** The caller sets the first four members. */
struct queue_schedule {
	size_t workers;   /* sessions at once */
	long retry_first; /* seconds, doubled after each failure */
	long retry_last;  /* at most */
	struct mail_store_counts counts;
	size_t sessions;
	size_t retrying; /* of these, may have messages that failed before */
};

/** Returns whether messages are due and a session may begin, and then counts it. \p ret_retried:
 * it may also take messages that failed before. */
bool queue_schedule_begin(struct queue_schedule *schedule, bool *ret_retried);

/** Counts a session as ended, which had \p retried. */
void queue_schedule_end(struct queue_schedule *schedule, bool retried);

/** Counts a message that was added and is due. */
void queue_schedule_add(struct queue_schedule *schedule);

/** Returns the seconds from \p now, as mail_store_now(), until the store is to be looked at. */
double queue_schedule_look(const struct queue_schedule *schedule, int64_t now);

/** Returns the milliseconds that a message waits which has failed \p tries times before: doubled
 * each time, and up to a tenth more by \p chance from 0 to 1, so that no two come together. */
int64_t queue_schedule_wait(const struct queue_schedule *schedule, int64_t tries, double chance);

#endif

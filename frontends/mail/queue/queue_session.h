/** The sessions in which a queue sends: each connects, then marks messages as being sent, hands
 * them over, and writes what became of each. Only mail_queue.c uses it. */
#ifndef QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_SESSION_H
#define QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_SESSION_H

#include "frontends/mail/queue/mail_queue.h"

/** Begins a session, which the schedule has counted, and which frees itself. \p retried: it may
 * also take messages that failed before. */
void queue_session_begin(struct mail_queue *queue, bool retried);

/** Cuts the connections of the sessions whose relay has exceeded its time; each second. */
void queue_session_check_all(struct mail_queue *queue);

/** Cuts all connections, so that the outcomes are written soon. */
void queue_session_cut_all(struct mail_queue *queue);

#endif

/** Logs and counts what became of a message. */
#ifndef QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_OUTCOME_H
#define QUOTED_FRONTENDS_MAIL_QUEUE_QUEUE_OUTCOME_H

#include "frontends/mail/queue/mail_queue.h"

/** Tells the outcome of \p message; shortens the recipient in its reason. */
void queue_outcome_tell(const struct mail_queue_options *options, struct relay_message *message);

#endif

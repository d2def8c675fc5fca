#include "frontends/mail/queue/queue_outcome.h"

#include <stdio.h>

#include "frontends/kit/log.h"

enum { MS = 1000 };

static void tell_taken(const struct mail_queue_options *options,
	const struct relay_message *message, const char *recipient)
{
	double seconds = (double)(mail_store_now() - message->created) / MS;
	if (message->bulk) {
		metrics_add(options->metrics, options->rows.letters, 1);
		log_debug(options->name, "sent today's quote to %s", recipient);
		return;
	}
	if (*message->sender != '\0') {
		log_info(options->name, "forwarded a message to postmaster");
		return;
	}
	metrics_add(options->metrics, METRICS_ANSWERS, 1);
	metrics_observe(options->metrics, METRICS_SECONDS, seconds);
	log_info(options->name, "answered %s", recipient);
}

static void tell_failure(const struct mail_queue_options *options,
	const struct relay_message *message, const char *recipient, size_t row, const char *what)
{
	metrics_add(options->metrics, row, 1);
	log_warning(options->name, "message %lld to %s %s: %s", (long long)message->id, recipient,
		what, message->reason);
}

void queue_outcome_tell(const struct mail_queue_options *options, struct relay_message *message)
{
	char recipient[RELAY_REASON_SIZE + 64];
	const struct mail_queue_rows *rows = &options->rows;
	snprintf(recipient, sizeof recipient, "%s", message->recipient);
	log_shorten_mailbox(recipient, sizeof recipient, message->recipient);
	log_shorten_mailbox(message->reason, sizeof message->reason, message->recipient);
	switch (message->outcome) {
	case RELAY_OUTCOME_TAKEN:
		tell_taken(options, message, recipient);
		break;
	case RELAY_OUTCOME_PERMANENT:
		tell_failure(options, message, recipient, rows->permanent, "cannot be delivered");
		if (message->bulk && options->on_refused != NULL)
			options->on_refused(options->data, message->sender);
		break;
	case RELAY_OUTCOME_UNKNOWN:
		tell_failure(options, message, recipient, rows->unknown, "may be lost");
		break;
	case RELAY_OUTCOME_TEMPORARY:
		tell_failure(options, message, recipient, rows->temporary, "is put off");
		break;
	case RELAY_OUTCOME_UNTRIED:
		break;
	}
}

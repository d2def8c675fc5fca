/** What is done with a message: answered, forwarded to the postmaster, or left without an answer.
 */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_SERVICE_H
#define QUOTED_FRONTENDS_MAIL_MAIL_SERVICE_H

#include "frontends/frontend.h"
#include "frontends/mail/autoreply.h"
#include "frontends/mail/relay.h"
#include "frontends/mail/smtp_session.h"

struct mail_service;
struct mail_task;

/** Everything is borrowed and outlives the service. */
struct mail_service_options {
	const struct frontend_context *context;
	const struct smtp_address *address; /* ours */
	const char *from_name;
	const char *hostname;
	const char *postmaster; /* where mail for postmaster goes; "": nowhere */
	struct autoreply_policy policy;
	struct relay_server relay;
	long relay_timeout;   /* seconds */
	long workers;         /* messages handed over at once */
	long queue_limit;     /* messages that wait beyond those */
	long sender_per_hour; /* answers to one sender */
	long total_per_hour;  /* answers in all */
	long max_quote_bytes;
	long max_quote_lines;
};

/** Told once what became of a message. */
typedef void mail_service_callback(
	void *data, const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT]);

/**
 * Copies \p options; what they point to is borrowed. Returns NULL where the system gives no thread.
 */
struct mail_service *mail_service_create(
	const struct mail_service_options *options, struct error *reterr);

/**
 * Takes \p message on. Returns NULL with \p ret_verdicts set where no relay has to be asked, else a
 * task whose \p callback comes later, on the loop.
 */
struct mail_task *mail_service_take(struct mail_service *service,
	const struct smtp_message *message, mail_service_callback *callback, void *data,
	enum smtp_verdict ret_verdicts[SMTP_RECIPIENT_COUNT]);

/** The callback of \p task is not called any more; what the relay is asked goes on. */
void mail_service_abandon(struct mail_task *task);

/** Returns how many messages the relay is being asked about. */
size_t mail_service_pending(const struct mail_service *service);

/** Ends without any further callback; what waits is dropped, unanswered. */
void mail_service_destroy(struct mail_service *service);

#endif

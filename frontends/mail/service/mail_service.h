/** Handles messages: answers them, forwards them to the postmaster, or drops them. */
#ifndef QUOTED_FRONTENDS_MAIL_SERVICE_MAIL_SERVICE_H
#define QUOTED_FRONTENDS_MAIL_SERVICE_MAIL_SERVICE_H

#include "frontends/frontend.h"
#include "frontends/mail/mail_options.h"
#include "frontends/mail/smtp/smtp_session.h"

struct mail_service;
struct mail_task;

/** Called once with the verdicts on a message. */
typedef void mail_service_callback(
	void *data, const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT]);

/** Borrows \p section. Returns NULL if no thread can be created. */
struct mail_service *mail_service_create(const struct mail_section *section, struct error *reterr);

/**
 * Handles \p message. Returns NULL with \p ret_verdicts set if the verdicts are known at once, or
 * else a task whose \p callback is called later, on the loop.
 */
struct mail_task *mail_service_take(struct mail_service *service,
	const struct smtp_message *message, mail_service_callback *callback, void *data,
	enum smtp_verdict ret_verdicts[SMTP_RECIPIENT_COUNT]);

/** Withdraws the callback of \p task, whose search and mail still go on. */
void mail_service_abandon(struct mail_task *task);

/** Returns how many searches are under way and how many messages are being kept or sent. */
size_t mail_service_pending(const struct mail_service *service);

/** Returns why messages are put off, as they cannot be kept; NULL: they are not. */
const char *mail_service_failure(const struct mail_service *service);

/** Begins no further session with the relay. */
void mail_service_drain(struct mail_service *service);

/** Frees it, without any further callback. What is not durable is dropped, unanswered; NULL is a
 * no-op. */
void mail_service_destroy(struct mail_service *service);

#endif

/**
 * A mail_service from inside, for the files that it is made of: mail_service.c decides what to do
 * with a message, mail_task.c has the verdicts on it, mail_question.c what it asks for.
 */
#ifndef QUOTED_FRONTENDS_MAIL_SERVICE_MAIL_SERVICE_PARTS_H
#define QUOTED_FRONTENDS_MAIL_SERVICE_MAIL_SERVICE_PARTS_H

#include "frontends/mail/autoreply/autoreply.h"
#include "frontends/mail/mail_headers.h"
#include "frontends/mail/service/mail_service.h"
#include "frontends/mail/subscription/subscriptions.h"

/** The service of one section. */
struct mail_service {
	const struct mail_section *section;
	struct autoreply_policy policy;
	struct mail_queue *queue;
	struct limits *limits;
	struct answered *answered;
	struct subscriptions *subscriptions; /* NULL: there are none */
	struct mail_task *tasks;
	struct mail_question *questions;
	struct mail_signup *signups;
};

/** A message that is handled: what it waits for, and the verdicts on it. */
struct mail_task {
	struct mail_service *service;
	struct mail_task *next;
	mail_service_callback *callback; /* NULL: abandoned */
	void *data;
	char *key;   /* of the message in answered */
	int pending; /* answers and jobs that are waited for */
	struct subscription_task *bounce;
	enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT];
};

/** Creates a task, which is pending until the first mail_task_finish_part(). */
struct mail_task *mail_task_create(
	struct mail_service *service, mail_service_callback *callback, void *data);

/** Adds one to a row of the metrics. */
void mail_task_count(const struct mail_service *service, size_t row);

/** Writes a sender as the log shows it. */
void mail_task_show_sender(const char *sender, char ret_text[SMTP_ADDRESS_PATH_MAX]);

/**
 * Has \p message sent, as the answer or to the postmaster, and waits until that is durable. Takes
 * over its strings. Returns false, counted and logged, if the queue is full.
 */
bool mail_task_send(
	struct mail_task *task, enum smtp_recipient recipient, const struct relay_message *message);

/** Lets the sender's server try again, and remembers that the budgets were charged. */
void mail_task_put_off(struct mail_task *task);

/** Ends the wait for one answer or job. With the last, tells the verdicts and frees the task. */
void mail_task_finish_part(struct mail_task *task);

/** Frees it without any callback. */
void mail_task_destroy(struct mail_task *task);

/** Who may hear what became of a message. A token says whose it is, although the sender may be
 * forged or a program. */
enum mail_question_hearer {
	MAIL_QUESTION_HEARER_SENDER,
	MAIL_QUESTION_HEARER_OWNER,
	MAIL_QUESTION_HEARER_NOBODY,
};

/** Asks what \p message asks for, and has the answer sent to whom \p hearer says. */
void mail_question_ask(struct mail_task *task, const struct smtp_message *message,
	const struct mail_headers *headers, enum mail_question_hearer hearer);

/** Returns how many questions are not answered yet. */
size_t mail_question_count(const struct mail_service *service);

/** Frees the questions, without any answer. */
void mail_question_drop_all(struct mail_service *service);

#endif

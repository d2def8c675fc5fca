/** What a message asks for. Its task waits for the answer, then until that is durable. */
#ifndef QUOTED_FRONTENDS_MAIL_SERVICE_MAIL_QUESTION_H
#define QUOTED_FRONTENDS_MAIL_SERVICE_MAIL_QUESTION_H

#include "frontends/mail/mail_headers.h"
#include "frontends/mail/service/mail_task.h"

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

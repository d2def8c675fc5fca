/** Writes the body of an answer: a quote, or why there is none and how to ask. Pure. */
#ifndef QUOTED_FRONTENDS_MAIL_MAIL_ANSWER_H
#define QUOTED_FRONTENDS_MAIL_MAIL_ANSWER_H

#include "frontends/frontend.h"
#include "frontends/mail/mail_command.h"

/** The same body twice, UTF-8; lines end in LF. All zero is empty. */
struct mail_answer {
	struct buffer text;
	struct buffer html;
	bool daily; /* set by the caller: there are subscriptions */
};

/** Why \p command, which mail_command_ask() turns into no question, is not answered by a quote, if
 * there are no subscriptions: a sentence, or "" if it is HELP. */
const char *mail_answer_reason(const struct mail_command *command);

/**
 * Appends the first quote of \p found with its id, its permalink if \p context knows one, and a
 * line on how to get more; or the reason of \p found if it has none, and what can be asked.
 * \p fit lays out the quote, which fits.
 */
void mail_answer_write(const struct frontend_context *context, const struct quote_fit *fit,
	const struct ask_answer *found, struct mail_answer *answer);

/** Frees both. */
void mail_answer_finish(struct mail_answer *answer);

#endif

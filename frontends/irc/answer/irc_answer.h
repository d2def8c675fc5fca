/** Answers commands: asks for quotes, lays them out with their ids, and pushes whole answers into
 * the queue. */
#ifndef QUOTED_FRONTENDS_IRC_ANSWER_IRC_ANSWER_H
#define QUOTED_FRONTENDS_IRC_ANSWER_IRC_ANSWER_H

#include <stdbool.h>

#include "frontends/irc/answer/irc_speech.h"
#include "frontends/irc/irc_command.h"

struct irc_answers;

/** Makes it of \p speech, which is borrowed and says what it answers. */
struct irc_answers *irc_answer_create(struct irc_speech *speech);

/** Takes over new options of the speech. */
void irc_answer_change(struct irc_answers *answers);

/** Answers a command, not one for admins, that \p person wrote at \p now. Copies what it needs. */
void irc_answer_command(struct irc_answers *answers, enum irc_command command, const char *argument,
	const struct irc_person *person, double now);

/** Says today's quote in \p channel, or sets it as its topic if \p as_topic and it has room for all
 * of it. If there is none, logs why. */
void irc_answer_daily(struct irc_answers *answers, const char *channel, bool as_topic, double now);

/** Returns how many answers to the person with that key are being found or wait to be sent. */
size_t irc_answer_waiting(const struct irc_answers *answers, const char *key);

/** Drops the questions that have no answer yet. */
void irc_answer_forget(struct irc_answers *answers);

/** Frees it; NULL is a no-op. */
void irc_answer_destroy(struct irc_answers *answers);

#endif

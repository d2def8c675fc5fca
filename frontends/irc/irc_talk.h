/** What the bot makes of messages: whom it hears, which commands they are, and what it says to
 * those who write too many. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_TALK_H
#define QUOTED_FRONTENDS_IRC_IRC_TALK_H

#include <time.h>

#include "frontends/irc/answer/irc_answer.h"
#include "frontends/irc/irc_orders.h"

enum { IRC_TALK_HELPED = 256 }; /* people who had help, remembered */

struct irc_talk;

/** A PRIVMSG. */
struct irc_message {
	const char *origin;  /* the prefix */
	const char *account; /* of the sender; NULL: not known, or none */
	const char *target;
	const char *text;
	bool is_by_bot;  /* says the server */
	bool is_private; /* the target is our nickname, else a channel that we are in */
};

/** Borrows \p speech. Returns NULL if the fallback_charset is not known, or a channel is to show a
 * collection that the wire does not have. */
struct irc_talk *irc_talk_create(
	struct irc_speech *speech, irc_orders_on_order *on_order, void *data, struct error *reterr);

/** Takes over new options of the speech, which irc_talk_create() has accepted. */
void irc_talk_change(struct irc_talk *talk);

/** Hears a message at \p now (seconds, never going backwards). Does not answer servers, ourselves,
 * bots other than bridges, what bots of ours have said and people who are ignored. */
void irc_talk_message(struct irc_talk *talk, const struct irc_message *message, double now);

/** Hears a numeric, as irc_orders_numeric() and irc_daily_numeric(). */
void irc_talk_numeric(
	struct irc_talk *talk, int code, const char *const *params, size_t count, double now);

/** Counts the answers that expired; call it once a second. */
void irc_talk_tick(struct irc_talk *talk);

/** Looks for channels that are to get their quote of the day, as irc_daily_tick(). */
void irc_talk_daily(struct irc_talk *talk, double now, time_t clock);

/** Forgets what was asked on a connection that has ended. */
void irc_talk_forget(struct irc_talk *talk);

/** Frees it; NULL is a no-op. */
void irc_talk_destroy(struct irc_talk *talk);

#endif

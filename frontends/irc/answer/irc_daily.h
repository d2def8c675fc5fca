/**
 * Today's quote in channels that want it, once a day at their time: the setting "daily". Their day
 * is that of their zone, the quote is that of the process's day. The store remembers the last days
 * of each channel. A day is noted before the quote is said: if the connection or the program ends
 * in between, the quote is missed, but it is never repeated.
 */
#ifndef QUOTED_FRONTENDS_IRC_ANSWER_IRC_DAILY_H
#define QUOTED_FRONTENDS_IRC_ANSWER_IRC_DAILY_H

#include <time.h>

#include "frontends/irc/answer/irc_answer.h"

enum {
	IRC_DAILY_LATE = 180,  /* minutes that a quote may be late, on the same day */
	IRC_DAILY_AGAIN = 300, /* seconds to the next try if no one was there or the store failed */
};

struct irc_daily;

/** Borrows both arguments. */
struct irc_daily *irc_daily_create(struct irc_speech *speech, struct irc_answers *answers);

/** Takes over new options of the speech. */
void irc_daily_change(struct irc_daily *daily);

/**
 * Asks the server who is in a channel that is due, one at a time; call it once a second while we
 * are registered. \p now is in seconds and never goes backwards; \p clock is the time of day, and
 * may jump: what it has passed over is caught up with for IRC_DAILY_LATE.
 */
void irc_daily_tick(struct irc_daily *daily, double now, time_t clock);

/** Takes RPL_NAMREPLY (353) and RPL_ENDOFNAMES (366): if others than us are there, notes the day in
 * the store and has the quote said. */
void irc_daily_numeric(struct irc_daily *daily, int code, const char *const *params, size_t count);

/** Forgets what was asked on a connection that has ended. */
void irc_daily_forget(struct irc_daily *daily);

/** Frees it; NULL is a no-op. */
void irc_daily_destroy(struct irc_daily *daily);

#endif

/** What the bot does: events in, lines into the queue. Touches no loop and no socket. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_BOT_H
#define QUOTED_FRONTENDS_IRC_IRC_BOT_H

#include <stdbool.h>
#include <stddef.h>

#include "frontends/frontend.h"
#include "frontends/irc/irc_line.h"
#include "frontends/irc/irc_options.h"
#include "frontends/irc/irc_queue.h"

struct irc_bot;

/** All arguments are borrowed; of the context: the name of the log lines, asker and rng. */
struct irc_bot *irc_bot_create(const struct frontend_context *context,
	const struct irc_options *options, struct irc_queue *queue);

/** Returns what every quote is picked for and must fit: the least room that a configured channel or
 * a nickname of 32 octets leaves. */
struct quote_fit irc_bot_fit(const struct irc_options *options);

/** Begins a connection: not registered, in no channel, called as configured. What was asked on the
 * one before, or before a stop, is not answered any more. */
void irc_bot_begin(struct irc_bot *bot);

/** From now on commands are not answered. */
void irc_bot_mute(struct irc_bot *bot);

/** Whether the server has greeted us, with 001. */
bool irc_bot_is_registered(const struct irc_bot *bot);

/** Each takes an event at \p now (seconds, never going back); nothing in it need be well formed. */
void irc_bot_numeric(
	struct irc_bot *bot, int code, const char *const *params, size_t count, double now);
void irc_bot_message(
	struct irc_bot *bot, const char *origin, const char *target, const char *text, double now);
void irc_bot_nick(struct irc_bot *bot, const char *origin, const char *nick);
void irc_bot_join(struct irc_bot *bot, const char *origin, const char *channel);
void irc_bot_leave(struct irc_bot *bot, const char *nick, const char *channel, double now);

/** Takes RPL_ISUPPORT (005), of which the library would lose all after ten parameters. */
void irc_bot_features(struct irc_bot *bot, const struct irc_line *line);

/** Joins again and asks for the nickname again where that is due; call it once a second. */
void irc_bot_tick(struct irc_bot *bot, double now);

/** Frees it; NULL is a no-op. */
void irc_bot_destroy(struct irc_bot *bot);

#endif

/** The bot's behaviour: takes events and pushes lines into the queue. Has no socket and no timer;
 * the answer to a search comes from the loop. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_BOT_H
#define QUOTED_FRONTENDS_IRC_IRC_BOT_H

#include <stdbool.h>
#include <stddef.h>

#include "frontends/frontend.h"
#include "frontends/irc/connection/irc_line.h"
#include "frontends/irc/connection/irc_presence.h"
#include "frontends/irc/connection/irc_queue.h"
#include "frontends/irc/irc_options.h"
#include "frontends/irc/irc_talk.h"

struct irc_bot;

/** Creates the bot, which borrows all arguments; of \p context it uses name, loop, asker, rng,
 * metrics, store, on_state and write_permalink. Returns NULL for the reasons of irc_talk_create().
 */
struct irc_bot *irc_bot_create(const struct frontend_context *context,
	const struct irc_options *options, struct irc_queue *queue, struct irc_presence *presence,
	struct error *reterr);

/** Takes over \p options, borrowed as those before: joins and leaves channels, and asks for the
 * nickname, at the next irc_bot_tick(). */
void irc_bot_change(struct irc_bot *bot, const struct irc_options *options);

/** Resets the bot for a new connection: not registered, in no channel, with the configured
 * nickname. Drops the questions that have no answer yet. */
void irc_bot_begin(struct irc_bot *bot);

/** Stops answering commands and joining channels, for good. */
void irc_bot_mute(struct irc_bot *bot);

/** Returns whether the server has sent 001 (RPL_WELCOME) on this connection. */
bool irc_bot_is_registered(const struct irc_bot *bot);

/** Each handles an event at \p now (seconds, never going backwards), malformed or not. */
void irc_bot_numeric(
	struct irc_bot *bot, int code, const char *const *params, size_t count, double now);
void irc_bot_message(struct irc_bot *bot, const struct irc_message *message, double now);
void irc_bot_join(struct irc_bot *bot, const char *origin, const char *channel);

/** Handles the lines that the library does not get: RPL_ISUPPORT (005), of which it would drop all
 * but the first ten parameters, and after which the bot mode is set if there is one; PRIVMSG;
 * INVITE of an inviter; CHGHOST. */
void irc_bot_line(struct irc_bot *bot, const struct irc_line *line, double now);

/** Joins channels, asks for the configured nickname and says the quotes of daily when they are due,
 * and counts the answers that expired; call it once a second. */
void irc_bot_tick(struct irc_bot *bot, double now);

/** Frees it; NULL is a no-op. */
void irc_bot_destroy(struct irc_bot *bot);

#endif

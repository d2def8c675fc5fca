/** Who and where we are on the server: registration, login to services, nickname, channels. Pure:
 * pushes lines into the queue. Times are in seconds and never go backwards. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_PRESENCE_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_PRESENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "frontends/irc/connection/irc_channels.h"
#include "frontends/irc/connection/irc_line.h"
#include "frontends/irc/connection/irc_queue.h"
#include "frontends/irc/irc_options.h"

struct irc_presence;

enum { IRC_PRESENCE_REFUSALS = 64 }; /* told once in one connection; further ones are not told */

/** \p name is that of log lines. Borrows all arguments. */
struct irc_presence *irc_presence_create(
	const char *name, const struct irc_options *options, struct irc_queue *queue);

/** Takes over \p options, borrowed: joins, leaves and asks for the nickname at the next tick. */
void irc_presence_change(struct irc_presence *presence, const struct irc_options *options);

/** Identifies with NickServ once registered, before any JOIN, and waits up to services_timeout for
 * its consent. \p password is borrowed; NULL: does not. */
void irc_presence_identify(struct irc_presence *presence, const char *password);

/** Begins a new connection: not registered, in no channel, with the configured nickname. */
void irc_presence_begin(struct irc_presence *presence);

/** Returns whether the server has sent 001 (RPL_WELCOME) on this connection. */
bool irc_presence_is_registered(const struct irc_presence *presence);

/** Returns our nickname. */
const char *irc_presence_nick(const struct irc_presence *presence);

/** Returns whether a prefix, or a nickname, is ours. */
bool irc_presence_is_me(const struct irc_presence *presence, const char *origin);

/** Returns our channels, which it owns: it begins, changes and joins them. */
struct irc_channels *irc_presence_channels(const struct irc_presence *presence);

/** Each handles an event, malformed or not. */
void irc_presence_numeric(struct irc_presence *presence, int code, const char *const *params,
	size_t count, double now);
void irc_presence_features(struct irc_presence *presence, const struct irc_line *line);
void irc_presence_notice(
	struct irc_presence *presence, const char *origin, const char *text, double now);
void irc_presence_renamed(struct irc_presence *presence, const char *origin, const char *nick);

/** Joins channels and asks for the configured nickname when either is due; call it once a second.
 */
void irc_presence_tick(struct irc_presence *presence, double now);

/** Frees it; NULL is a no-op. */
void irc_presence_destroy(struct irc_presence *presence);

#endif

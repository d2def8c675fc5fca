/** The channels of the configuration: joins them, and comes back to them. Pure: pushes lines into
 * the queue. Times are in seconds and never go backwards. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_CHANNELS_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_CHANNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "frontends/irc/connection/irc_queue.h"
#include "frontends/irc/irc_options.h"

struct irc_channels;

/** Octets of a channel's name with its NUL (RFC 2812 1.3). */
enum {
	IRC_CHANNELS_NAME_SIZE = 201,
	IRC_CHANNELS_WAIT = 3600, /* most seconds before a try */
	IRC_CHANNELS_GUESTS = 32, /* channels that are not of the configuration */
};

/** Copies the name from "#name key". Returns the key, "" if there is none; NULL if it is not a
 * channel, or the key not a word. */
const char *irc_channels_read(const char *text, char ret_name[IRC_CHANNELS_NAME_SIZE]);

/** \p name is that of log lines. Borrows all arguments. */
struct irc_channels *irc_channels_create(
	const char *name, const struct irc_options *options, struct irc_queue *queue);

/** Takes over \p options, borrowed: leaves what they do not have, and tries anew what was refused.
 */
void irc_channels_change(struct irc_channels *channels, const struct irc_options *options);

/** Begins a new connection: in no channel. */
void irc_channels_begin(struct irc_channels *channels);

/** Returns whether the channel is of the configuration, or a guest. */
bool irc_channels_has(const struct irc_channels *channels, const char *name);

/**
 * Has the next tick join a channel that need not be of the configuration, or one that
 * irc_channels_part() has left. A channel that is not of the configuration is a guest: it is
 * remembered over reconnects, and forgotten when it refuses us, puts us out or is left. Returns
 * false if there are IRC_CHANNELS_GUESTS.
 */
bool irc_channels_join(struct irc_channels *channels, const char *name, const char *key);

/** Leaves a channel, and does not come back until irc_channels_join(). Returns false if it is
 * neither of the configuration nor a guest. */
bool irc_channels_part(struct irc_channels *channels, const char *name);

/** Joins those that are due. */
void irc_channels_tick(struct irc_channels *channels, double now);

/** Notes that we have joined \p name; leaves it if it is not one of ours, as another was forwarded
 * there or the server has put us there. If it is one of ours with its end cut off, that one is not
 * tried again before irc_channels_begin() or _change(). */
void irc_channels_joined(struct irc_channels *channels, const char *name);

/** Notes that we are no longer in \p name, to come back after rejoin_delay, doubled each time up to
 * IRC_CHANNELS_WAIT, until we were left alone for twice that. \p kicker has put us out; NULL: we
 * have left. */
void irc_channels_left(
	struct irc_channels *channels, const char *name, const char *kicker, double now);

/**
 * Takes a numeric that refuses to let us into a channel, or forwards us: logs the server's words
 * and tries again after four times rejoin_delay, doubled for each refusal, at most
 * IRC_CHANNELS_WAIT; if we are banned (474), not before irc_channels_begin() or _change(). Returns
 * whether it was one.
 */
bool irc_channels_numeric(struct irc_channels *channels, int code, const char *const *params,
	size_t count, double now);

/** Frees it; NULL is a no-op. */
void irc_channels_destroy(struct irc_channels *channels);

#endif

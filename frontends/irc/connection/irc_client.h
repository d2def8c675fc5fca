/** Wraps libircclient, over a socket pair: takes whole, checked lines and gives events and the
 * lines that the library sends. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_CLIENT_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

struct irc_client;

/** Called by irc_client_feed() only, with its time; strings are valid until they return. */
struct irc_client_events {
	void (*on_numeric)(
		void *data, int code, const char *const *params, size_t count, double now);
	void (*on_nick)(void *data, const char *origin, const char *nick);
	void (*on_join)(void *data, const char *origin, const char *channel);
	void (*on_leave)(
		void *data, const char *nick, const char *channel, const char *kicker, double now);
};

/** How the bot registers; copied. A '%' needs no escaping. */
struct irc_client_identity {
	const char *nick;
	const char *username;
	const char *realname;
};

/** Reserves a file descriptor below FD_SETSIZE (1,024), as the library uses select(). Call it
 * early, while some are free. Returns -1 if none is. */
int irc_client_reserve(void);

/** Closes a descriptor of irc_client_reserve(); -1 is a no-op. */
void irc_client_release(int reserved);

/**
 * Creates a session and gives the library one end of a socket pair, whose descriptor is \p
 * *reserved or a lower one: it is released here, or reserved first if -1, and irc_client_destroy()
 * reserves one again. \p events and \p reserved are borrowed. Returns NULL on failure.
 */
struct irc_client *irc_client_create(const struct irc_client_identity *identity,
	const struct irc_client_events *events, void *data, int *reserved, struct error *reterr);

/** Registers: irc_client_read() then gives NICK and USER. */
void irc_client_register(struct irc_client *client);

/** Hands the library one line of irc_line_format() that is to be passed on, to which it sends
 * nothing; its event is called before this returns. Returns false if the library has failed. */
bool irc_client_feed(struct irc_client *client, const char *line, size_t length, double now);

/** Moves up to \p size octets that the library sends into \p out; returns how many, 0 if none. */
size_t irc_client_read(struct irc_client *client, char *out, size_t size);

/** Ends the session and frees it; NULL is a no-op. Must not be called from an event. */
void irc_client_destroy(struct irc_client *client);

#endif

/** libircclient, behind a socket pair: whole, checked lines in, events and its own lines out. */
#ifndef QUOTED_FRONTENDS_IRC_IRC_CLIENT_H
#define QUOTED_FRONTENDS_IRC_IRC_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

struct irc_client;

/** What the library says. Called only from within irc_client_feed; strings are valid until it
 * returns. */
struct irc_client_events {
	void (*on_numeric)(void *data, int code, const char *const *params, size_t count);
	void (*on_message)(void *data, const char *origin, const char *target, const char *text);
	void (*on_nick)(void *data, const char *origin, const char *nick);
	void (*on_join)(void *data, const char *origin, const char *channel);
	void (*on_leave)(void *data, const char *nick, const char *channel);
};

/** Who registers; copied. '%' needs no care. */
struct irc_client_identity {
	const char *nick;
	const char *username;
	const char *realname;
};

/**
 * Reserves a file descriptor below 1,024, the only ones the library can use; call it while there
 * are few. Returns -1 where none is left.
 */
int irc_client_reserve(void);

/** Gives back what irc_client_reserve gave; -1 is a no-op. */
void irc_client_release(int reserved);

/**
 * Makes a session and gives the library one end of a socket pair under the number \p *reserved,
 * which is released for it and reserved again by irc_client_destroy. \p events and \p reserved are
 * borrowed.
 */
struct irc_client *irc_client_create(const struct irc_client_identity *identity,
	const struct irc_client_events *events, void *data, int *reserved, struct error *reterr);

/** Registers: NICK and USER can then be read. */
void irc_client_register(struct irc_client *client);

/** Hands over one line of irc_line_format; its event fires before this returns. */
bool irc_client_feed(struct irc_client *client, const char *line, size_t length);

/** Reads what the library wants sent into \p out; returns how many octets, 0 where there is
 * nothing. */
size_t irc_client_read(struct irc_client *client, char *out, size_t size);

/** Never from within an event. NULL is a no-op. */
void irc_client_destroy(struct irc_client *client);

#endif

/**
 * One connection to a server, between the network and the library. Checks every line, logs in and
 * registers, answers PING, paces the queue and notices a silent server.
 */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_BRIDGE_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_BRIDGE_H

#include <stdbool.h>

#include <ev.h>

#include "frontends/irc/connection/irc_client.h"
#include "frontends/irc/connection/irc_line.h"
#include "frontends/irc/connection/irc_queue.h"
#include "frontends/irc/connection/irc_server.h"
#include "frontends/irc/irc_credentials.h"

struct irc_bridge;

/** How a connection ended. */
enum irc_bridge_end {
	IRC_BRIDGE_END_UNREACHABLE, /* there was none */
	IRC_BRIDGE_END_LOST,
	IRC_BRIDGE_END_REFUSED, /* banned, throttled, or the login failed: not to be repeated soon
				 */
	IRC_BRIDGE_END_QUIT,    /* by irc_bridge_quit() */
};

/** Called from the loop; none may destroy the bridge. Strings are valid until they return; \p now
 * is in seconds and never goes backwards. */
struct irc_bridge_events {
	struct irc_client_events of_library;
	/** Any other line, PRIVMSG with CTCP and RPL_ISUPPORT (005) too: that has more parameters
	 * than the library takes. */
	void (*on_line)(void *data, const struct irc_line *line, double now);
	void (*on_tick)(void *data, double now); /* once a second, while connected */
	/** Once, when the connection has ended or could not be made. */
	void (*on_closed)(void *data, enum irc_bridge_end end, const char *reason);
};

/** Everything is borrowed and must outlive the bridge. */
struct irc_bridge_parts {
	struct ev_loop *loop;
	const char *name;
	const struct irc_options *options;
	const struct host_port *server;
	const struct irc_credentials *credentials;
	struct irc_queue *queue;
	int *reserved; /* for irc_client_create() */
	const struct irc_bridge_events *events;
	void *data;
};

/** Copies \p parts. Returns NULL if the library cannot get a descriptor that it can use. */
struct irc_bridge *irc_bridge_create(const struct irc_bridge_parts *parts, struct error *reterr);

/** Looks up the server and connects to one of its addresses. */
void irc_bridge_connect(struct irc_bridge *bridge);

/** From now on keeps the time limits of \p options; its server and identity are not used again. */
void irc_bridge_change(struct irc_bridge *bridge, const struct irc_options *options);

/** Sends QUIT once the queue is empty, and closes a second later; closes from the loop's next turn
 * if not registered. */
void irc_bridge_quit(struct irc_bridge *bridge);

/** Frees it without calling on_closed; NULL is a no-op. Lines in the queue stay there. */
void irc_bridge_destroy(struct irc_bridge *bridge);

#endif

/**
 * One connection to the server, between the network and the library. Checks every line, answers
 * PING, paces the queue and notices a silent server. SASL would go into on_connected(), before the
 * library registers.
 */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_BRIDGE_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_BRIDGE_H

#include <stdbool.h>

#include <ev.h>

#include "frontends/irc/connection/irc_queue.h"
#include "frontends/irc/irc_bot.h"
#include "frontends/irc/irc_options.h"

struct irc_bridge;

/** Everything is borrowed and must outlive the bridge. */
struct irc_bridge_parts {
	struct ev_loop *loop;
	const char *name;
	const struct irc_options *options;
	const char *password; /* NULL: none */
	struct irc_bot *bot;
	struct irc_queue *queue;
	int *reserved; /* for irc_client_create() */
	/** Called once, from the loop, when the connection has ended or could not be made. Must not
	 * destroy the bridge. */
	void (*on_closed)(void *data, const char *reason);
	void *data;
};

/** Copies \p parts. Returns NULL if the library cannot get a descriptor that it can use. */
struct irc_bridge *irc_bridge_create(const struct irc_bridge_parts *parts, struct error *reterr);

/** Looks up the configured server and tries its addresses in turn. */
void irc_bridge_connect(struct irc_bridge *bridge);

/** From now on keeps the time limits of \p options; its server and identity are not used again. */
void irc_bridge_change(struct irc_bridge *bridge, const struct irc_options *options);

/** Sends QUIT once the queue is empty, and closes a second later; closes from the loop's next turn
 * if not registered. */
void irc_bridge_quit(struct irc_bridge *bridge);

/** Frees it without calling on_closed; NULL is a no-op. Lines in the queue stay there. */
void irc_bridge_destroy(struct irc_bridge *bridge);

#endif

/**
 * One connection: what stands between the network and the library. It checks every line, answers
 * PING, paces what the queue holds, and notices a silent server. SASL has its place in
 * on_connected, before the library registers.
 */
#ifndef QUOTED_FRONTENDS_IRC_IRC_BRIDGE_H
#define QUOTED_FRONTENDS_IRC_IRC_BRIDGE_H

#include <stdbool.h>

#include <ev.h>

#include "frontends/irc/irc_bot.h"
#include "frontends/irc/irc_options.h"
#include "frontends/irc/irc_queue.h"

struct irc_bridge;

/** All is borrowed and outlives the bridge. */
struct irc_bridge_parts {
	struct ev_loop *loop;
	const char *name;
	const struct irc_options *options;
	struct irc_bot *bot;
	struct irc_queue *queue;
	int *reserved; /* of irc_client_create */
	/** The connection has ended, or never came to be; called once, from the loop. The bridge is
	 * not to be destroyed in it. */
	void (*on_closed)(void *data, const char *reason);
	void *data;
};

/** Copies \p parts. Fails where the library gets no descriptor. */
struct irc_bridge *irc_bridge_create(const struct irc_bridge_parts *parts, struct error *reterr);

/** Looks up the configured server and connects; every address is tried. */
void irc_bridge_connect(struct irc_bridge *bridge);

/** Says QUIT once the queue is empty and closes soon after. */
void irc_bridge_quit(struct irc_bridge *bridge);

/** NULL is a no-op; the queue stays as it is. */
void irc_bridge_destroy(struct irc_bridge *bridge);

#endif

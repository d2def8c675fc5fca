/** One connection to the server, with or without TLS: nothing outside this file knows what carries
 * the octets. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_NETWORK_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_NETWORK_H

#include <stddef.h>

#include <ev.h>

#include "frontends/kit/address.h"
#include "frontends/tls/tls_stream.h"

struct irc_network;

enum { IRC_NETWORK_UNSENT = 65536 }; /* octets that may wait for a slow server */

/** Called from the loop; must not destroy the network. */
struct irc_network_events {
	/** \p tls describes protocol and cipher; NULL: none. */
	void (*on_connected)(void *data, const char *tls);
	void (*on_data)(void *data, const char *octets, size_t length);
	void (*on_closed)(void *data, const char *reason); /* once; nothing comes after it */
};

/** \p events and \p data are borrowed. */
struct irc_network *irc_network_create(
	struct ev_loop *loop, const struct irc_network_events *events, void *data);

/**
 * Connects to one of the addresses, as irc_race, and shakes hands for a certificate of \p host,
 * without blocking and without a time limit. If all fail, on_closed() gets the reason of the last.
 * Copies the addresses and the host, and borrows \p tls, which is NULL to do without TLS. Call it
 * once.
 */
void irc_network_connect(struct irc_network *network, const struct address *addresses, size_t count,
	struct tls_context *tls, const char *host);

/** Sends, and keeps what the socket does not accept yet; more than IRC_NETWORK_UNSENT octets of
 * that close the connection. Does nothing unless connected. */
void irc_network_send(struct irc_network *network, const char *octets, size_t length);

/** Closes the connection; on_closed() gets the reason, from the loop's next turn. */
void irc_network_close(struct irc_network *network, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** Closes at once, without on_closed(), and frees it; NULL is a no-op. */
void irc_network_destroy(struct irc_network *network);

#endif

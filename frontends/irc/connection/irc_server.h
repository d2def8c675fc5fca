/** A server of the setting "server": a host and a port. Pure. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_SERVER_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"

enum {
	IRC_SERVER_HOST_SIZE = 256, /* of the longest host name, with its NUL */
	IRC_SERVER_PORT = 6667,
	IRC_SERVER_PORT_TLS = 6697,
};

/** A host, and the port if one was written. */
struct irc_server {
	char host[IRC_SERVER_HOST_SIZE]; /* a name or an address, without brackets */
	uint16_t port;                   /* 0: none was written */
};

/**
 * Reads "irc.example.net", "irc.example.net:6697", "192.0.2.1:6697", "2001:db8::1" or
 * "[2001:db8::1]:6697". Says of a URL, a "/port" or "+port" of other programs how to write it.
 */
bool irc_server_parse(const char *text, struct irc_server *ret_server, struct error *reterr);

/** Checks that irc_server_parse() reads \p text. */
bool irc_server_check(const char *text, struct error *reterr);

/** Checks that \p port is not the one that servers keep for connections of the other kind. */
bool irc_server_check_port(long port, bool tls, struct error *reterr);

/** Returns the address of a channel there, the caller's to free: "ircs://irc.example.net/quotes".
 * What follows a blank in \p channel is its key, and left out. */
char *irc_server_url(const struct irc_server *server, bool tls, const char *channel);

#endif

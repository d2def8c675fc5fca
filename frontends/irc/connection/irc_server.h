/** Servers of the setting "server". Pure. */
#ifndef QUOTED_FRONTENDS_IRC_CONNECTION_IRC_SERVER_H
#define QUOTED_FRONTENDS_IRC_CONNECTION_IRC_SERVER_H

#include <stdbool.h>

#include "core/base/error.h"
#include "frontends/kit/host_port.h"

enum { IRC_SERVER_PORT = 6667, IRC_SERVER_PORT_TLS = 6697 };

/**
 * Reads "irc.example.net", "irc.example.net:6697", "192.0.2.1:6697", "2001:db8::1" or
 * "[2001:db8::1]:6697". Says of a URL, a "/port" or "+port" of other programs how to write it.
 */
bool irc_server_parse(const char *text, struct host_port *ret_server, struct error *reterr);

/** Checks that irc_server_parse() reads \p text. */
bool irc_server_check(const char *text, struct error *reterr);

/** Checks that \p port is not the one that servers keep for connections of the other kind. */
bool irc_server_check_port(long port, bool tls, struct error *reterr);

/** Returns the address of a channel there, the caller's to free: "ircs://irc.example.net/quotes".
 * What follows a blank in \p channel is its key, and left out. */
char *irc_server_url(const struct host_port *server, bool tls, const char *channel);

#endif

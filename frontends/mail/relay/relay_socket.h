/** Makes a TCP connection to the relay, within a deadline. Blocks, so it is for worker threads. */
#ifndef QUOTED_FRONTENDS_MAIL_RELAY_RELAY_SOCKET_H
#define QUOTED_FRONTENDS_MAIL_RELAY_RELAY_SOCKET_H

#include <stdbool.h>

#include "core/base/error.h"
#include "frontends/kit/host_port.h"

/** Parses "localhost:25", "192.0.2.1:25" or "[2001:db8::1]:25". */
bool relay_socket_parse(const char *text, struct host_port *ret_server, struct error *reterr);

/**
 * Tries the addresses of \p server in turn, for \p seconds in all; looking up a name takes as long
 * as the system's resolver does. Returns a blocking socket, or -1.
 */
int relay_socket_connect(const struct host_port *server, double seconds, struct error *reterr);

/**
 * Waits at most \p seconds for the greeting of a new connection, and leaves it to be read. Returns
 * false with the relay's words if it is not 220 (RFC 5321 4.3.2), or has no end.
 */
bool relay_socket_greets(int fd, double seconds, struct error *reterr);

#endif

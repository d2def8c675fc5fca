/** Hosts with ports, as people write them. Pure. */
#ifndef QUOTED_FRONTENDS_KIT_HOST_PORT_H
#define QUOTED_FRONTENDS_KIT_HOST_PORT_H

#include <stdbool.h>
#include <stdint.h>

/** Of the longest name of the DNS, with its NUL. */
enum { HOST_PORT_HOST_SIZE = 256 };

/** A host, and the port if one was written. */
struct host_port {
	char host[HOST_PORT_HOST_SIZE]; /* a name or an address, without brackets */
	uint16_t port;                  /* 0: none was written */
};

/**
 * Splits "HOST", "HOST:PORT", "[HOST]", "[HOST]:PORT" or a plain IPv6 address, which has no port.
 * \p ret_port is what follows the colon, any text; NULL: there is none. Returns false if the host
 * is empty, too long, or not followed by a colon or the end.
 */
bool host_port_split(const char *text, char ret_host[HOST_PORT_HOST_SIZE], const char **ret_port);

/** Reads a port, one to five digits, from 0 to 65535. */
bool host_port_read(const char *text, uint16_t *ret_port);

/** Splits \p text and reads its port, which is from 1 to 65535. */
bool host_port_parse(const char *text, struct host_port *ret_target);

#endif

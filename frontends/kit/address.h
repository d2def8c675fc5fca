/** Addresses to listen on, as text and as sockaddr, and the prefixes that limits are counted by. */
#ifndef QUOTED_FRONTENDS_KIT_ADDRESS_H
#define QUOTED_FRONTENDS_KIT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "core/base/error.h"

/** Room for any address as text, with its NUL: that of the longest unix socket path. */
enum { ADDRESS_TEXT_SIZE = 128 };

/** An address as bind() and accept() know it; the first length octets of storage count. */
struct address {
	struct sockaddr_storage storage;
	socklen_t length;
};

/** A network prefix: IPv4 by /24, IPv6 by /56, all unix sockets as one. Compare with memcmp. */
struct prefix {
	uint8_t octets[8];
};

/**
 * Reads "127.0.0.1:17", "[::1]:17", "localhost:17" (both loopback addresses), "*:17" (every address
 * of both families) or "unix:/path". Port 0: the system chooses. Asks no name server.
 */
bool address_parse(
	const char *text, struct address ret_addresses[2], size_t *ret_count, struct error *reterr);

/** Checks that address_parse() reads \p text. */
bool address_check(const char *text, struct error *reterr);

/** Writes "127.0.0.1:17", "[::1]:17" or "unix:/path". An IPv4-mapped address is written as IPv4. */
void address_format(const struct address *address, char ret_text[ADDRESS_TEXT_SIZE]);

/** Writes the host alone: "127.0.0.1", "::1", or "unix" for a unix socket. */
void address_format_host(const struct address *address, char ret_text[ADDRESS_TEXT_SIZE]);

/** Returns the address with all that is not of its prefix set to 0: the port too, and of a unix
 * socket the path. */
struct address address_shorten(const struct address *address);

/** Writes the prefix: "192.0.2.0/24", "2001:db8::/56", or "unix" for unix sockets. */
void address_format_prefix(const struct address *address, char ret_text[ADDRESS_TEXT_SIZE]);

/** Returns the prefix; an IPv4-mapped address counts as IPv4. */
struct prefix address_prefix(const struct address *address);

/** Returns the port in host order, 0 for a unix socket. */
uint16_t address_port(const struct address *address);

/** Whether sockets of one type cannot be bound to both: the same path of a unix socket; or the same
 * port, not 0, of one family, and the same host or a wildcard. */
bool address_overlaps(const struct address *left, const struct address *right);

/** Whether only this machine can reach it: 127.0.0.0/8, ::1, a unix socket. */
bool address_is_loopback(const struct address *address);

#endif
